import Solvers

/// Buying from the best set of sellers.
enum SellerSelectionFunctions {
  static var all: [Function] { [optimal, greedy, lowest, procurement, utility, market] }

  private static let example = "bids = { 0.04, 0.035, 0.03 }, sizes = { 9600, 3100, 15600 }, emds = { 1.5, 0.1, 1.6 }"
  private static var options: [any AnyParameter] {
    [SellerOptions.bids] + SellerOptions.all + [SellerOptions.valueScale]
  }

  private static func choice(_ choice: SubsetSelection.Choice) -> LuaValue {
    .record(["winners": .integers(choice.winners.map { $0 + 1 }), "welfare": .number(choice.welfare)])
  }

  private static var optimal: Function {
    Function(
      Signature(
        "auction.optimal_subset", "The set of sellers that is worth most after their bids, of all sets.", options,
        result: "a table with winners (from 1) and welfare", errors: SellerOptions.errors, source: "TBCIM (1)",
        example: "auction.optimal_subset{ \(example) }")
    ) { arguments in
      choice(try SubsetSelection(SellerOptions.sellers(arguments)).optimal(bids: arguments[SellerOptions.bids]))
    }
  }

  private static var greedy: Function {
    Function(
      Signature(
        "auction.greedy_subset", "Adds the seller who gains most, as long as anybody gains.", options,
        result: "a table with winners (from 1) and welfare", errors: SellerOptions.errors, source: "TBCIM (1)",
        example: "auction.greedy_subset{ \(example) }")
    ) { arguments in
      choice(try SubsetSelection(SellerOptions.sellers(arguments)).greedy(bids: arguments[SellerOptions.bids]))
    }
  }

  private static var lowest: Function {
    let count = Parameter<Int>.integer("count", "how many, at least 0")
    return Function(
      Signature(
        "auction.lowest_bids", "The sellers with the lowest bids, whatever their data are like.", options + [count],
        result: "a table with winners (from 1) and welfare", errors: SellerOptions.errors, source: "TBCIM figure 11",
        example: "auction.lowest_bids{ \(example), count = 2 }")
    ) { arguments in
      choice(
        try SubsetSelection(SellerOptions.sellers(arguments)).lowestBids(
          bids: arguments[SellerOptions.bids], count: arguments[count]))
    }
  }

  /// Who pays what for the best set.
  private enum Rule: String, CaseIterable { case vcg, myerson }

  private static var procurement: Function {
    let rule = Parameter<Rule>.choice(
      "rule", "truthful and efficient, or truthful and best for a buyer who knows the costs' bounds", default: .vcg)
    let reserve = Parameter<Double>.number("reserve", "vcg: the most that anybody is paid, at least 0", unit: "money")
      .optional("no limit")
    let low = Parameter<Double>.number("lowest_cost", "myerson: costs are uniform from here", unit: "money", default: 0)
    let high = Parameter<Double>.number("highest_cost", "myerson: to here", unit: "money", default: 1)
    return Function(
      Signature(
        "auction.procurement", "Buys data by a truthful auction: who sells, and what each is paid.",
        options + [rule, reserve, low, high],
        result: "a result with winners (from 1), payments, utility, welfare, buyer_surplus; with myerson also "
          + "virtual_costs and virtual_surplus",
        errors: SellerOptions.errors, source: "Vickrey, Clarke, Groves; Myerson 1981; TBCIM leaves payments to RANet",
        example: "auction.procurement{ \(example), rule = \"myerson\", highest_cost = 0.06 }")
    ) { arguments in
      let selection = try SubsetSelection(SellerOptions.sellers(arguments))
      let bids = arguments[SellerOptions.bids]
      switch arguments[rule] {
      case .vcg:
        return .object(
          SellerSelectionReport.result(
            try selection.vickrey(bids: bids, reserve: arguments[reserve]), bids: bids, sellers: selection.sellers,
            title: "VCG procurement"))
      case .myerson:
        let best = try selection.myerson(bids: bids, low: arguments[low], high: arguments[high])
        return .object(
          SellerSelectionReport.result(
            best.outcome, bids: bids, sellers: selection.sellers, title: "optimal procurement",
            more: [
              "virtual_costs": .numbers(best.virtualCosts), "virtual_surplus": .number(best.virtualSurplus),
            ]))
      }
    }
  }

  private static var utility: Function {
    let chances = Parameter.numbers("chances", "z: each seller's chance to win, from 0 to 1")
    let mode = Parameter<AllocationUtility.Mode>.choice(
      "mode", "shares of data are bought (as printed), one seller wins, or each wins by itself", default: .multilinear)
    return Function(
      Signature(
        "auction.allocation_utility", "What chances to win are worth to the buyer, with the derivative by each.",
        [chances] + SellerOptions.all + [SellerOptions.valueScale, mode], result: "a table with value and gradient",
        errors: SellerOptions.errors, source: "TBCIM (1)",
        example: """
          auction.allocation_utility{ chances = { 0.2, 0.5 }, sizes = { 9000, 4000 }, emds = { 1.2, 0.4 } }.value
          """)
    ) { arguments in
      let utility = try AllocationUtility(SellerOptions.sellers(arguments), mode: arguments[mode])
      let value = try utility.value(arguments[chances])
      return .record(["value": .number(value.value), "gradient": .numbers(value.gradient)])
    }
  }

  /// Who sells to whom, as a mechanism.
  private enum MarketRule: String, CaseIterable { case vcg, myerson, greedy, lowest }

  private static var market: Function {
    let rule = Parameter<MarketRule>.choice(
      "rule", "truthful and efficient, best for the buyer, seller by seller, or the lowest bids; the last two pay bids",
      default: .vcg)
    let cost = MechanismFunction.interval("cost", "between which costs and bids lie, at least 0")
    let reserve = Parameter<Double>.number("reserve", "vcg: the most that anybody is paid, at least 0", unit: "money")
      .optional("no limit")
    let count = Parameter<Int>.integer("count", "lowest: how many sell", default: 1, domain: .between(1, 20))
    return Function(
      Signature(
        "auction.seller_market", "A market in which one buyer buys data, as a mechanism.",
        SellerOptions.all + [SellerOptions.valueScale, rule, cost, reserve, count],
        result: "a mechanism whose sellers report { cost, samples, EMD }, of which the cost alone is private",
        errors: SellerOptions.errors, source: "TBCIM (1); Vickrey, Clarke, Groves; Myerson 1981",
        example: """
          auction.seller_market{ sizes = { 9600, 3100, 15600 }, emds = { 1.5, 0.1, 1.6 }, cost = { 0, 0.06 } }:audit{
            trials = 100 }
          """)
    ) { arguments in
      let selected: SellerSelectionMechanism.Rule =
        switch arguments[rule] {
        case .vcg: .vickrey(reserve: arguments[reserve])
        case .myerson: .myerson
        case .greedy: .greedy
        case .lowest: .lowestBids(count: arguments[count])
        }
      return .object(
        MechanismObject(
          try SellerSelectionMechanism(
            SellerOptions.sellers(arguments), rule: selected, costs: arguments[cost])))
    }
  }
}

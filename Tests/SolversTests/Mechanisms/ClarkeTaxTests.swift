import Tensor
import Testing

@testable import Solvers

/// What the three taxes promise, tried on every lie of finite grids and against the definition.
@Suite struct ClarkeTaxTests {
  private typealias Reports = ProjectReports<Int128>
  private typealias Shares = ProjectShares<Int128>

  private func reports(_ owners: [[Int128]], _ stations: [[Int128]]) throws -> Reports {
    try Reports(owners: MoneyTable(owners), stations: MoneyTable(stations))
  }

  private func equalShares(_ prices: [Int128], owners: Int, stations: Int) throws -> Shares {
    func table(_ count: Int) throws -> MoneyTable<Int128> {
      let columns = try prices.map { try CostShares.equal($0, among: count) }
      return try MoneyTable((0..<count).map { row in columns.map { $0[row] } })
    }
    return try Shares(owners: table(owners), stations: table(stations))
  }

  private func utility(
    of participant: Int, truth: Reports, said: Reports, _ shares: Shares, _ rule: TaxRule
  ) throws -> Int128 {
    let result = try ProjectUtilities(
      truth: truth, shares: shares, tax: ClarkeTax(said, shares: shares, rule: rule))
    return (result.owners + result.stations)[participant]
  }

  /// Every report on two models with amounts of the list.
  private func pairs(_ amounts: [Int128]) -> [[Int128]] { amounts.flatMap { a in amounts.map { [a, $0] } } }

  /// How many lies pay, over two owners and a station, two models and all amounts of the list.
  private func profitableLies(_ rule: TaxRule, prices: [Int128], amounts: [Int128]) throws -> Int {
    let shares = try equalShares(prices, owners: 2, stations: 1)
    let grid = pairs(amounts)
    var found = 0
    for first in grid {
      for second in grid {
        for cost in grid {
          let truth = try reports([first, second], [cost])
          for participant in 0..<3 {
            let honest = try utility(of: participant, truth: truth, said: truth, shares, rule)
            for lie in grid {
              let said = truth.replacing(participant, with: lie)
              if try utility(of: participant, truth: truth, said: said, shares, rule) > honest { found += 1 }
            }
          }
        }
      }
    }
    return found
  }

  @Test(arguments: [[4, 3], [0, 0], [2, 6]] as [[Int128]])
  func truthIsDominantUnderTheJointTax(prices: [Int128]) throws {
    #expect(try profitableLies(.joint, prices: prices, amounts: [0, 2, 5]) == 0)
  }

  @Test(arguments: [TaxRule.side, .printed])
  func liesPayUnderTheOthers(rule: TaxRule) throws {
    #expect(try profitableLies(rule, prices: [4, 3], amounts: [0, 2, 5, 9]) > 0)
  }

  /// The specification's witness: owner 1 bids 9 for a value of 5 and goes from -2 to 7.
  @Test func overbiddingPaysAsPrinted() throws {
    let truth = try reports([[5, 0], [2, 5]], [[3, 0]])
    let shares = try Shares(owners: MoneyTable([[2, 2], [2, 1]]), stations: MoneyTable([[4, 3]]))
    let said = truth.replacing(0, with: [9, 0])
    #expect(try utility(of: 0, truth: truth, said: truth, shares, .printed) == -2)
    #expect(try utility(of: 0, truth: truth, said: said, shares, .printed) == 7)
    let (honest, lying) = (
      try utility(of: 0, truth: truth, said: truth, shares, .joint),
      try utility(of: 0, truth: truth, said: said, shares, .joint)
    )
    #expect(lying <= honest)
  }

  /// Two owners who both claim 1000 are no pivots: the tax is no proof against coalitions.
  @Test func coalitionsGain() throws {
    let truth = try reports([[12, 6], [12, 6], [0, 40]], [[0, 0]])
    let shares = try equalShares([30, 30], owners: 3, stations: 1)
    let said = truth.replacing(0, with: [1000, 6]).replacing(1, with: [1000, 6])
    for owner in [0, 1] {
      #expect(
        try utility(of: owner, truth: truth, said: said, shares, .joint)
          > utility(of: owner, truth: truth, said: truth, shares, .joint))
    }
  }

  // MARK: The definition

  /// W_-i summed anew for everybody, as the formula stands.
  private func byDefinition(_ reports: Reports, _ shares: Shares, _ rule: TaxRule) -> [Int128] {
    let owners = reports.owners.rows
    func net(_ participant: Int, _ model: Int) -> Int128 {
      participant < owners
        ? reports.owners[participant, model] - shares.owners[participant, model]
        : shares.stations[participant - owners, model] - reports.stations[participant - owners, model]
    }
    let chosen = reports.selected
    return (0..<reports.participants).map { absent in
      let others = (0..<reports.participants).filter {
        $0 != absent && (rule == .joint || ($0 < owners) == (absent < owners))
      }
      let welfare = (0..<reports.models).map { model in others.reduce(Int128(0)) { $0 + net($1, model) } }
      let best = Reports.best(welfare)
      let (atBest, atChosen) = (best.map { welfare[$0] } ?? 0, chosen.map { welfare[$0] } ?? 0)
      if rule != .printed { return atBest - atChosen }
      if best == chosen { return 0 }
      return chosen == nil ? abs(atBest) : abs(atChosen) - atBest
    }
  }

  @Test(arguments: TaxRule.allCases)
  func subtractingOnesOwnColumnIsTheDefinition(rule: TaxRule) throws {
    var random = RandomStream(seed: 3, purpose: "clarke")
    for _ in 0..<300 {
      let (owners, stations, models) = (
        Int.random(in: 1...5, using: &random), Int.random(in: 1...4, using: &random),
        Int.random(in: 1...6, using: &random)
      )
      func table(_ rows: Int) -> [[Int128]] {
        (0..<rows).map { _ in (0..<models).map { _ in Int128.random(in: 0...6, using: &random) } }
      }
      let reports = try reports(table(owners), table(stations))
      let shares = try equalShares(table(1)[0], owners: owners, stations: stations)
      let tax = try ClarkeTax(reports, shares: shares, rule: rule)
      #expect(tax.taxes == byDefinition(reports, shares, rule))
      if rule != .printed { #expect(tax.taxes.allSatisfy { $0 >= 0 }) }
      if rule == .joint {
        #expect(zip(tax.taxes, tax.pivots).allSatisfy { $0 == 0 || $1 }, "who is no pivot pays no tax")
        let truthful = try ProjectUtilities(truth: reports, shares: shares, tax: tax)
        #expect(truthful.isBudgetBalanced)
        // u_i >= min(0, the least net of i): the bound that deposits rest on.
        for (owner, utility) in truthful.owners.enumerated() {
          let worst = (0..<models).map { reports.owners[owner, $0] - shares.owners[owner, $0] }.min() ?? 0
          #expect(utility >= min(0, worst))
        }
      }
    }
  }

  @Test func wholeUnitsAndDoublesAgree() throws {
    let owners: [[Int128]] = [[10, 0], [2, 6]]
    let exact = try ClarkeTax(
      reports(owners, [[1, 0]]), shares: equalShares([4, 4], owners: 2, stations: 1), rule: .joint)
    let real = try ClarkeTax(
      ProjectReports<Double>(owners: MoneyTable([[10, 0], [2, 6]]), stations: MoneyTable([[1, 0]])),
      shares: ProjectShares(equalSharesOf: [4, 4], owners: 2, stations: 1), rule: .joint)
    #expect(real.taxes == exact.taxes.map { Double($0) } && real.selected == exact.selected)
  }

  @Test func unbalancedSharesAreRefused() throws {
    #expect(throws: ProjectError.self) {
      try Shares(owners: MoneyTable([[2, 2], [2, 2]]), stations: MoneyTable([[4, 5]]))
    }
    #expect(throws: ProjectError.self) { try reports([], [[1]]) }
    #expect(throws: ProjectError.self) { try reports([[1, 2]], [[1]]) }
    #expect(throws: ProjectError.self) { try reports([[-1]], [[1]]) }
  }

  // MARK: As a mechanism

  @Test func theMechanismIsTheTax() throws {
    let mechanism = try PublicProjectMechanism(
      owners: 2, stations: 1, prices: [4, 4], largestValue: 20, largestCost: 20)
    let outcome = try mechanism.run([[10, 0], [2, 6], [0, 0]])
    #expect(outcome.coefficients.rows == [[1, 0], [1, 0], [-1, 0]])
    // Shares of 2, 2 and -4, and a tax of 4 on owner 1.
    #expect(outcome.payments == [6, 2, -4])
    #expect(outcome.surplus == 4)
    #expect(try mechanism.optimalWelfare(Profile([[10, 0], [2, 6], [0, 0]])) == 12)
  }
}

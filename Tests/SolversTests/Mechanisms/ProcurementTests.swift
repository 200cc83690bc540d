import Tensor
import Testing

@testable import Solvers

/// Optimal purchases and their payments: nothing is bought better, nobody gains by lying, nobody loses.
@Suite struct ProcurementTests {
  private struct Market {
    let procurement: DataProcurement
    let supplies: Matrix
    let costTypes: [Double]
  }

  private func market(_ number: Int, quadratic: Bool) throws -> Market {
    var random = RandomStream(seed: UInt64(number), purpose: "procurement")
    let families = ConcaveIncome.Family.allCases
    let family = families[number % families.count]
    let income = try ConcaveIncome(
      family, scale: family == .linear ? random.uniform(0.5, 2) : random.uniform(3, 12),
      saturation: random.uniform(1, 6))
    let (providers, kinds) = (Int.random(in: 1...4, using: &random), Int.random(in: 1...3, using: &random))
    func numbers(_ count: Int, _ low: Double, _ high: Double) -> [Double] {
      (0..<count).map { _ in random.uniform(low, high) }
    }
    let procurement = try DataProcurement(
      income: income, quality: numbers(kinds, 0.4, 1.2), unitCosts: numbers(kinds, 0.3, 1.5),
      curvature: quadratic ? numbers(kinds, 0.3, 1.2) : nil)
    return Market(
      procurement: procurement,
      supplies: Matrix(rows: providers, columns: kinds, elements: numbers(providers * kinds, 0.2, 3)),
      costTypes: numbers(providers, 0.3, 2))
  }

  @Test(arguments: [false, true])
  func nothingBetterIsFeasible(quadratic: Bool) throws {
    for number in 0..<40 {
      let market = try market(number, quadratic: quadratic)
      let best = try market.procurement.optimal(supplies: market.supplies, costTypes: market.costTypes)
      #expect(zip(best.amounts.elements, market.supplies.elements).allSatisfy { $0 >= 0 && $0 <= $1 })
      var random = RandomStream(seed: UInt64(number), purpose: "feasible plans")
      for _ in 0..<300 {
        // Near the optimum as well as anywhere.
        let closeness = random.uniform()
        let elements = zip(best.amounts.elements, market.supplies.elements).map { amount, supply in
          closeness * amount + (1 - closeness) * random.uniform(0, supply)
        }
        let plan = ProcurementPlan(
          Matrix(rows: market.supplies.rows, columns: market.supplies.columns, elements: elements),
          of: market.procurement, costTypes: market.costTypes)
        #expect(plan.surplus <= best.surplus + 1e-9)
      }
    }
  }

  @Test(arguments: [false, true])
  func truthIsDominantAndNobodyLoses(quadratic: Bool) throws {
    for number in 0..<24 {
      let market = try market(number, quadratic: quadratic)
      let (_, honest) = try market.procurement.settled(supplies: market.supplies, costTypes: market.costTypes)
      #expect(honest.isIndividuallyRational)
      #expect(honest.isWeaklyBudgetBalanced, "one concave aggregate pays for itself")
      for provider in 0..<market.supplies.rows {
        for typeFactor in [0, 0.5, 0.9, 1, 1.1, 2, 10] {
          for supplyFactor in [0, 0.5, 1] {
            var costTypes = market.costTypes
            costTypes[provider] *= typeFactor
            var supplies = market.supplies
            for kind in 0..<supplies.columns { supplies[provider, kind] *= supplyFactor }
            let (plan, lying) = try market.procurement.settled(supplies: supplies, costTypes: costTypes)
            let cost = market.procurement.cost(market.costTypes[provider], delivering: plan.amounts.row(provider))
            #expect(lying.payments[provider] - cost <= honest.utilities[provider] + 1e-9)
          }
        }
      }
    }
  }

  @Test func aLevelProcurementAgreesWithACloseGrid() throws {
    let income = try ConcaveIncome(.sqrt, scale: 4)
    let market = try DataProcurement(income: income, quality: [1], unitCosts: [0.8], curvature: [0.5])
    let (plan, settlement) = try market.settled(
      supplies: Matrix(rows: 2, columns: 1, elements: [2, 3]), costTypes: [1, 0.7])
    let steps = 400
    func amount(_ provider: Int, _ level: Int) -> Double { Double(level) / Double(steps) * [2, 3][provider] }
    let levels = try LevelProcurement(
      levels: [steps + 1, steps + 1],
      income: (0...steps).flatMap { a in (0...steps).map { income.value(amount(0, a) + amount(1, $0)) } })
    let (_, grid) = try levels.settled(
      costs: (0..<2).map { provider in
        (0...steps).map { market.cost([1, 0.7][provider], delivering: [amount(provider, $0)]) }
      })
    #expect(grid.surplus <= plan.surplus && plan.surplus - grid.surplus < 1e-4)
    for provider in 0..<2 { #expect(abs(grid.utilities[provider] - settlement.utilities[provider]) < 2e-4) }
  }

  @Test func complementsBreakTheBudget() throws {
    let both = try LevelProcurement(levels: [2, 2], income: [0, 0, 0, 1])
    let (levels, settlement) = try both.settled(costs: [[0, 0.1], [0, 0.2]])
    #expect(levels == [1, 1] && settlement.isIndividuallyRational && !settlement.isWeaklyBudgetBalanced)
    #expect(throws: ProcurementError.self) { try both.settled(costs: [[1, 2], [0, 1]]) }
    #expect(throws: SolverError.self) { try both.settled(costs: [[0, 2]]) }
  }

  // MARK: Adjustments

  private func complements(_ costs: [[Double]]) throws -> AdjustmentProgramme {
    let both = try LevelProcurement(levels: [2, 2], income: [0, 0, 0, 1])
    let count = costs[0].count * costs[1].count
    return try AdjustmentProgramme(
      typeCounts: costs.map(\.count), prior: Array(repeating: 1 / Double(count), count: count)
    ) { profile in
      try both.settled(costs: (0..<2).map { [0, costs[$0][profile[$0]]] }).settlement
    }
  }

  /// With a type that may drop out there is no adjustment: in the weighted demands all adjustments cancel.
  @Test func theContradictionOfComplements() throws {
    let programme = try complements([[0.1, 5], [0.1, 5]])
    #expect(!programme.isFeasible && abs(programme.violation - 4.0 / 15) < 1e-9)
    var sums: [[Int]: Double] = [:]
    var budgets = 0.0
    var total = 0.0
    let both = try LevelProcurement(levels: [2, 2], income: [0, 0, 0, 1])
    for demand in programme.contradiction {
      let settlement = try both.settled(costs: demand.profile.map { [0, [0.1, 5][$0]] }).settlement
      #expect(demand.weight > 0)
      total += demand.weight
      switch demand.kind {
      case .participation(let provider):
        sums[[provider, demand.profile[1 - provider]], default: 0] += demand.weight
        budgets -= demand.weight * settlement.utilities[provider]
      case .budget:
        for provider in 0..<2 { sums[[provider, demand.profile[1 - provider]], default: 0] -= demand.weight }
        budgets -= demand.weight * settlement.profit
      }
    }
    #expect(sums.values.allSatisfy { abs($0) < 1e-9 }, "the adjustments cancel")
    #expect(abs(total - 1) < 1e-9)
    #expect(abs(budgets - programme.violation) < 1e-9, "what is left is the violation")
  }

  @Test func adjustmentsKeepTheirPromises() throws {
    let programme = try complements([[0.1, 0.2], [0.1, 0.2]])
    #expect(programme.isFeasible && programme.contradiction.isEmpty)
    let both = try LevelProcurement(levels: [2, 2], income: [0, 0, 0, 1])
    for profile in 0..<4 {
      let types = [profile / 2, profile % 2]
      let (_, settlement) = try both.settled(
        costs: types.map { [0, [0.1, 0.2][$0]] }, adjustments: programme.adjustments.map { $0[profile] })
      #expect(settlement.utilities.allSatisfy { $0 > -1e-7 } && settlement.profit > -1e-7)
      // An adjustment does not change with its receiver's own type.
      #expect(programme.adjustments[0][profile] == programme.adjustments[0][profile % 2])
      #expect(programme.adjustments[1][profile] == programme.adjustments[1][profile - profile % 2])
    }
  }

  // MARK: As a mechanism

  @Test func theMechanismPunishesWhoCannotDeliver() throws {
    let procurement = try DataProcurement(
      income: ConcaveIncome(.sqrt, scale: 10), quality: [1], unitCosts: [0.5], curvature: [0.5])
    let mechanism = try ProcurementMechanism(
      procurement, providers: 2, largestSupply: 5, costTypes: 0.1...3, deposit: 2)
    let truth = Profile([[1, 0.5], [2, 1]])
    let honest = try mechanism.run(truth.rows)
    for provider in 0..<2 { #expect(try mechanism.utility(of: provider, true: truth, outcome: honest) > 0) }
    // Provider 1 has 1 unit but claims 5, is asked for more than one, and fails.
    let outcome = try mechanism.run([[5, 0.5], [2, 1]])
    #expect(try mechanism.utility(of: 0, true: truth, outcome: outcome) == -2)
    #expect(try mechanism.utility(of: 1, true: truth, outcome: outcome) >= 0)
  }
}

import Synchronization
import Tensor
import Testing

@testable import Core

/// Whole economies: conserved every week, the same for any number of threads, and moved the right way by their rules.
@Suite struct EconomySimulationTests {
  private func ensemble(
    _ scenarios: [EconomyScenario], weeks: Int = 60, runs: Int = 3, seed: UInt64 = 7, threads: Int = 1
  ) throws -> EconomyEnsemble {
    try EconomyEnsemble(scenarios, weeks: weeks, runs: runs, seed: seed, threads: threads)
  }

  private func scenario(_ change: (inout EconomyScenario) -> Void = { _ in }) -> EconomyScenario {
    var scenario = EconomyScenario()
    change(&scenario)
    return scenario
  }

  @Test func threadsDoNotChangeABit() throws {
    let scenarios = [scenario(), scenario { $0.burn = 5000 }]
    let one = try ensemble(scenarios)
    #expect(try ensemble(scenarios, threads: 4).tables == one.tables)
    #expect(try ensemble(scenarios, seed: 8).tables != one.tables)
    // Runs of one number meet the same shocks, whatever else is simulated beside them.
    #expect(try ensemble([scenarios[1]]).tables[0] == one.tables[1])
    #expect(one.tables[0][0] != one.tables[0][1])
  }

  /// Random rules and crowds; every week checks its own conservation and throws when it fails.
  @Test func noUnitIsEverLost() throws {
    var random = RandomEconomy("economies")
    for _ in 0..<40 {
      let changed = scenario {
        $0.supply = Amount(units: 1_000_000_000_000_000_000_000 + random.whole(below: 1 << 95))
        $0.burn = random.integer(0...10_000)
        $0.tailInflation = random.integer(0...20_000)
        $0.emissionRate = random.integer(0...50_000)
        $0.exit = .init(keepExponent: random.integer(0...3), principalPenalty: random.integer(0...10_000))
        $0.slashing = .init(
          maximum: random.integer(0...10_000), reporterShare: random.integer(0...9999),
          burn: random.integer(0...10_000))
        $0.detection = 0.5
        $0.boost = random.pick(BoostMode.allCases)
        $0.vestingWeeks = random.integer(1...60)
        $0.usage = Double(random.integer(0...10_000_000))
      }
      let table = try ensemble([changed], weeks: 40, runs: 1).tables[0][0]
      #expect(table.steps == 41)
      for (supply, burned) in zip(table[.supply], table[.burned]) {
        #expect(supply + burned <= (changed.supply.tokens + table[.minted][40]) * (1 + 1e-12))
      }
      for measure in EconomyMeasure.allCases { #expect(table[measure].allSatisfy { $0.isFinite && $0 >= 0 }) }
    }
  }

  /// Conservation is looked at, not assumed: a unit too many stops the economy.
  @Test func aForgedUnitIsNoticed() throws {
    var economy = try Economy(scenario(), seed: 1, run: 1)
    try economy.advance([])
    economy.treasury = try economy.treasury + Amount(units: 1)
    #expect(throws: EconomyError.self) { try economy.advance([]) }
  }

  /// Rates and pools are the schedule's own.
  @Test func emissionFollowsTheSchedule() throws {
    let table = try ensemble([scenario()], weeks: 104, runs: 1).tables[0][0]
    let course = try EmissionSchedule().course(
      pool: Amount(tokens: 750_000_000), supply: TokenDistribution.defaultSupply, epochs: 104)
    #expect(table[.poolLeft][104] == course.poolLeft.tokens)
    #expect(table[.emitted][104] == (try Amount.total(course.emitted).tokens))
  }

  @Test func burningShrinksTheSupply() throws {
    let ends = try ensemble([scenario(), scenario { $0.burn = 5000 }]).tables.map { $0[0][.supply][60] }
    #expect(ends[0] == 1e9 && ends[1] < 1e9)
  }

  /// As printed, who locks for a year and leaves at once keeps the premium; with the square it goes to the others.
  @Test func earlyExitsPayOnlyAsPrinted() throws {
    func forfeited(_ exponent: Int) throws -> Double {
      try ensemble([scenario { $0.exit.keepExponent = exponent }]).tables[0][0][.forfeited][60]
    }
    #expect(try forfeited(0) == 0)
    #expect(try forfeited(2) > 0)
  }

  @Test func slashingTakesFromCheats() throws {
    let found = try ensemble([scenario { $0.detection = 0.5 }, scenario { $0.detection = 0 }])
    let attackers = found.tables.map { runs in runs.map { $0["wealth_attackers"]?.last ?? 0 }.reduce(0, +) }
    #expect(found.tables[1][0][.slashed][60] == 0 && found.tables[0][0][.slashed][60] > 0)
    #expect(attackers[0] < attackers[1])
  }

  @Test func aBehaviourOfOnesOwnIsAsked() throws {
    let group = AgentGroup(name: "mine", behaviour: .custom(0), count: 3)
    let asked = Mutex(0)
    let result = try EconomyEnsemble(
      [EconomyScenario(groups: [group])],
      custom: [
        { seen in
          asked.withLock { $0 += 1 }
          var decision = Decision()
          decision.stake = seen.liquid
          decision.lockDays = 30
          return decision
        }
      ], weeks: 10, runs: 2, seed: 1)
    #expect(asked.withLock { $0 } == 60)
    #expect(result.tables[0][0][.lockedShare][10] > 0)
  }

  @Test func interruptsAreHeard() throws {
    #expect(throws: Cancelled.self) {
      try EconomyEnsemble(
        [scenario()], weeks: 1000, runs: 10, seed: 1, threads: 2, cancellation: Cancellation { true })
    }
  }

  @Test func aTradeKeepsTheProduct() throws {
    var random = RandomEconomy("pool")
    for _ in 0..<500 {
      var pool = LiquidityPool(tokens: random.positive(), cash: random.positive())
      for _ in 0..<10 {
        let (before, amount) = (pool, random.amount())
        if random.flip() {
          let out = try pool.buy(with: amount)
          #expect(try pool.tokens + out == before.tokens)
        } else {
          let out = try pool.sell(amount)
          #expect(try pool.cash + out == before.cash)
        }
        let (now, then) = (
          pool.tokens.units.multipliedFullWidth(by: pool.cash.units),
          before.tokens.units.multipliedFullWidth(by: before.cash.units)
        )
        #expect((now.high, now.low) >= (then.high, then.low))
      }
    }
  }

  @Test func bandsAreOrdered() throws {
    let band = EconomyBand((1...100).map { [Double($0), 5] }, coverage: 0.9)
    #expect(band.mean == [50.5, 5] && band.median == [50.5, 5])
    #expect(abs(band.low[0] - 5.95) < 1e-12 && abs(band.high[0] - 95.05) < 1e-12)
  }

  @Test func theClaimsComeOutAsTheTheorySays() throws {
    let claims = try EconomyPaperCheck.claims()
    #expect(claims.filter(\.holds).map(\.id) == ["T1"])
    for claim in claims { #expect(claim.corrected.holds, "\(claim.id)") }
  }
}

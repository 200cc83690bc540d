import Testing

@testable import Core

/// What is released and shared out adds up, and rounds the way the specification says.
@Suite struct SupplyTests {
  @Test func everyTokenOfGenesisIsSomebodys() throws {
    var random = RandomEconomy("genesis")
    #expect(TokenDistribution.percentSum == 100)
    for _ in 0..<2000 {
      let supply = random.amount()
      let table = try TokenDistribution(supply: supply)
      #expect(try Amount.total(table.amounts) == supply)
      // Within a unit of the ideal.
      for (line, amount) in zip(TokenDistribution.Line.allCases, table.amounts) {
        let floor = try supply.portion(UInt128(line.percent), of: 100)
        #expect(amount == floor || amount.units == floor.units + 1)
      }
    }
  }

  @Test func vestingGrowsFromNothingToEverything() throws {
    var random = RandomEconomy("vesting")
    for _ in 0..<500 {
      let schedule = try Vesting(
        total: random.amount(), cliffDay: random.integer(0...400), durationDays: random.integer(1...2000))
      var before = Amount.zero
      for day in stride(from: 0, through: 2400, by: 37) {
        let now = try schedule.amounts(on: day)
        #expect(try now.vested + now.locked == schedule.total)
        #expect(now.vested >= before)
        if day < schedule.cliffDay { #expect(now.vested.isZero) }
        if day >= max(schedule.cliffDay, schedule.durationDays) { #expect(now.locked.isZero) }
        before = now.vested
      }
    }
    #expect(throws: EconomyError.self) { try Vesting(total: .zero, cliffDay: 0, durationDays: 0) }
    #expect(throws: EconomyError.self) { try Vesting(total: .zero, cliffDay: 0, durationDays: 5).amounts(on: -1) }
  }

  /// The default rate halves the pool in 208 weeks: 0.996673^208 = 0.49994.
  @Test func thePoolHalvesInFourYears() throws {
    let pool = Amount(tokens: 750_000_000)
    let course = try EmissionSchedule().course(pool: pool, supply: TokenDistribution.defaultSupply, epochs: 208)
    #expect(abs(course.poolLeft.tokens / pool.tokens - 0.5) < 1e-3)
    #expect(course.supplyEnd == TokenDistribution.defaultSupply)
  }

  /// A year of tail inflation mints at least the yearly share but for rounding, and by compounding hardly more.
  @Test func theTailMintsItsShareAYear() throws {
    let supply = TokenDistribution.defaultSupply
    let course = try EmissionSchedule(rate: 0, tail: 20_000).course(pool: .zero, supply: supply, epochs: 52)
    let growth = course.supplyEnd.tokens / supply.tokens - 1
    #expect(growth > 0.02 && growth < 0.0203)
    #expect(throws: EconomyError.inflationCapExceeded(tail: 20_001, cap: 20_000)) {
      try EmissionSchedule(tail: 20_001)
    }
  }

  @Test func theTeamsTenthIsRoundedDown() throws {
    var random = RandomEconomy("release")
    for _ in 0..<2000 {
      let amount = random.amount()
      let split = try ReleaseSplit(amount)
      #expect(split.team.units == amount.units / 10)
      // Debiting the two pools side by side gives the same split.
      #expect(try ReleaseSplit.team(besides: split.contributors).units / 1 >= split.team.units)
      let whole = try split.contributors + ReleaseSplit.team(besides: split.contributors)
      #expect(try ReleaseSplit(whole).contributors == split.contributors)
    }
  }

  @Test func gasPaysCostsFirstAndLosesNothing() throws {
    var random = RandomEconomy("gas")
    for _ in 0..<3000 {
      let (gross, deficit) = (random.amount(), random.amount())
      let costs = random.list(0...4) { $0.amount() }
      let burn = random.integer(0...10_000)
      let week = try GasRevenue(gross: gross, costs: costs, deficitIn: deficit, burn: burn)
      let due = try Amount.total(costs + [deficit])
      #expect(try week.operationsPaid + week.burned + week.developers + week.stakers == gross)
      #expect(try week.operationsPaid + week.deficitOut == due)
      #expect(week.net.isZero || week.deficitOut.isZero)
      #expect(week.stakers.units >= 3 * week.developers.units)
    }
    #expect(throws: EconomyError.self) { try GasRevenue(gross: .zero, costs: [], burn: 10_001) }
  }

  @Test func aStreamKeepsItsDust() throws {
    var random = RandomEconomy("stream")
    for _ in 0..<200 {
      let weights = random.list(0...8) { $0.flip() ? 0 : $0.whole(below: 1 << 100) }
      var (given, paid, carry) = (Amount.zero, Amount.zero, Amount.zero)
      for _ in 0..<20 {
        let amount = random.amount()
        let split = try StreamSplit(amount, weights: weights, carryIn: carry)
        given = try given + amount
        paid = try paid + Amount.total(split.shares)
        carry = split.carryOut
        #expect(try paid + carry == given)
        // The dust is less than a unit a part, unless nobody has any weight.
        if weights.contains(where: { $0 > 0 }) { #expect(carry.units < UInt128(weights.count)) }
      }
    }
  }
}

import Testing

@testable import Core

/// Locks, boosts, weekly settlements and early exits.
@Suite struct StakingTests {
  @Test func boostsMeetTheirEndPoints() throws {
    #expect(try Boost(lockDays: 365).value == 1.75)
    #expect(try Boost(lockDays: 0).value == 1)
    #expect(try Boost(lockDays: 365, mode: .linear7).value == 1.75)
    #expect(try Boost(lockDays: 7, mode: .linear7).value == 1)
    #expect(try Boost(lockDays: 365, mode: .proportional).value == 1.75)
    #expect(try Boost(lockDays: 7, mode: .proportional).value < 1)
    for days in [-1, 1, 6, 366, .max] {
      #expect(throws: EconomyError.invalidLockPeriod(days)) { try Boost(lockDays: days) }
    }
    for days in 8...365 { #expect(try Boost(lockDays: days).value > Boost(lockDays: days - 1).value) }
  }

  @Test func votesEndWithTheLock() throws {
    var random = RandomEconomy("votes")
    for _ in 0..<1000 {
      let (amount, days, start) = (random.amount(), random.integer(7...365), random.integer(0...1000))
      let minted = try VoteEscrow.minted(amount, lockDays: days)
      #expect(minted <= amount)
      var before = minted
      for served in 0...days {
        let constant = try VoteEscrow.balance(amount, lockDays: days, startDay: start, now: start + served)
        let linear = try VoteEscrow.balance(
          amount, lockDays: days, startDay: start, now: start + served, decay: .linear)
        #expect(constant.isExpired == (served == days))
        #expect(constant.votes == (served == days ? .zero : minted))
        #expect(linear.votes <= before)
        before = linear.votes
      }
      #expect(before.isZero)
    }
    #expect(throws: EconomyError.self) {
      try VoteEscrow.balance(.zero, lockDays: 7, startDay: 5, now: 4)
    }
    #expect(throws: EconomyError.self) { try VoteEscrow.balance(.zero, lockDays: 7, startDay: .min, now: .max) }
  }

  @Test func settlementsNeverPayMoreThanThereIs() throws {
    var random = RandomEconomy("settlement")
    for _ in 0..<400 {
      let start = random.integer(0...500)
      let stakes = (0..<random.integer(0...12)).map { index in
        WeeklySettlement.Stake(
          id: "\(index)", amount: random.amount(), stakeDay: random.integer(0...510),
          lockStart: random.integer(0...510), lockDays: random.flip() ? 0 : random.integer(7...365))
      }
      let (pool, carry) = (random.amount(), random.amount())
      let mode = random.pick(BoostMode.allCases)
      let week = try WeeklySettlement(pool: pool, weekStart: start, stakes: stakes, carryIn: carry, mode: mode)
      #expect(try Amount.total(week.payouts) + week.carryOut == pool + carry)
      for index in stakes.indices {
        #expect(try week.baseParts[index] + week.premiumParts[index] == week.payouts[index])
        if stakes[index].lockDays == 0 { #expect(week.premiumParts[index].isZero) }
      }
    }
  }

  /// Who stakes on the last day of a week earns a seventh of who was there all week.
  @Test func daysCountNotSnapshots() throws {
    let stakes = [0, 6].map { day in
      WeeklySettlement.Stake(id: "\(day)", amount: Amount(tokens: 10), stakeDay: day)
    }
    let week = try WeeklySettlement(pool: Amount(tokens: 800), weekStart: 0, stakes: stakes)
    #expect(week.payouts == [Amount(tokens: 700), Amount(tokens: 100)])
  }

  /// The yearly rate is what an unlocked token really gets in 52 such weeks, but for the 365th day.
  @Test func theRateIsWhatIsPaid() throws {
    let stakes = [
      WeeklySettlement.Stake(id: "free", amount: Amount(tokens: 1000), stakeDay: 0),
      WeeklySettlement.Stake(id: "year", amount: Amount(tokens: 3000), stakeDay: 0, lockStart: 0, lockDays: 365),
    ]
    let week = try WeeklySettlement(pool: Amount(tokens: 25), weekStart: 7, stakes: stakes)
    let yearly = week.payouts[0].tokens / 1000 / 7 * 365
    #expect(abs(week.baseAPR - yearly) < 1e-12)
    #expect(abs(week.payouts[1].tokens / week.payouts[0].tokens - 3 * 1.75) < 1e-12)
  }

  @Test func anExitAccountsForEverything() throws {
    var random = RandomEconomy("exit")
    for _ in 0..<3000 {
      let (amount, escrow) = (random.positive(), random.amount())
      let days = random.integer(7...365)
      let withdrawn = Amount(units: random.whole(below: amount.units) + 1)
      let terms = EarlyUnstake.Terms(
        keepExponent: random.integer(0...6), principalPenalty: random.integer(0...10_000))
      let now = random.integer(0...400)
      let exit = try EarlyUnstake(
        amount: amount, lockDays: days, startDay: 0, now: now, withdrawing: withdrawn, escrow: escrow, terms: terms)
      #expect(try exit.principalOut + exit.principalPenalty == withdrawn)
      #expect(try exit.premiumKept + exit.premiumForfeited + exit.escrowLeft == escrow)
      #expect(try exit.amountLeft + withdrawn == amount)
      #expect(exit.isEarly == (now < days))
      if !exit.isEarly { #expect(exit.principalPenalty.isZero && exit.premiumForfeited.isZero) }
      #expect(exit.votesAfter <= (try VoteEscrow.minted(exit.amountLeft, lockDays: days)))
    }
  }

  /// With k = 2 the lock that one means is the only best one; with k = 1 longer ones tie, with k = 0 a year is best
  /// (specification 2.3, horizons 7, 90 and 200 over all locks).
  @Test(arguments: [7, 90, 200]) func theHonestLockIsBestOnlyWithTheSquare(horizon: Int) throws {
    func kept(_ days: Int, _ exponent: Int) throws -> Double {
      try EconomyPaperCheck.keptPremium(lockDays: days, horizon: horizon, keepExponent: exponent)
    }
    let honest = try kept(horizon, 2)
    for days in 7...365 where days != horizon { #expect(try kept(days, 2) < honest) }
    for days in (horizon + 1)...365 { #expect(abs(try kept(days, 1) - honest) < 1e-9 * honest) }
    for days in 7..<365 { #expect(try kept(days, 0) < kept(365, 0)) }
  }

  @Test func overflowingPowersAreRefused() throws {
    let one = Amount(tokens: 1)
    #expect(throws: EconomyError.self) {
      try EarlyUnstake(
        amount: one, lockDays: 365, startDay: 0, now: 364, withdrawing: one, escrow: one,
        terms: .init(keepExponent: 1000))
    }
  }

  // MARK: Positions

  /// Random lives: what was staked and credited is paid, lost, or still there, and states follow the table.
  @Test func positionsLoseNothing() throws {
    var random = RandomEconomy("positions")
    for _ in 0..<2000 {
      var position = StakingPosition()
      var (put, out, day) = (UInt128(0), UInt128(0), 0)
      for _ in 0..<25 {
        day += random.integer(0...60)
        let before = position
        do {
          var effect = StakingPosition.Effect()
          switch random.integer(0...4) {
          case 0:
            let amount = random.amount()
            try position.stake(amount, on: day)
            put += amount.units
            #expect(before.state == .none && position.state == .unlocked)
          case 1:
            effect = try position.lock(days: random.integer(5...400), on: day)
            #expect(position.state == .locked && position.voteEscrow <= position.amount)
          case 2:
            effect = try position.unstake(random.amount(), on: day)
            #expect(position.amount < before.amount)
          case 3:
            effect = try position.pass(to: day)
            let premium = random.amount()
            put += premium.units
            let credited = try position.credit(premium: premium)
            effect.premiumPaid = try effect.premiumPaid + credited.premiumPaid
          default: effect = try position.pass(to: day)
          }
          out += [effect.paid, effect.principalPenalty, effect.premiumPaid, effect.premiumForfeited].reduce(0) {
            $0 + $1.units
          }
        } catch is EconomyError {
          // Time may have passed; money has not moved.
          #expect(position.amount == before.amount)
        }
        #expect(position.amount.units + position.escrow.units + out == put)
        #expect((position.state == .none) == position.amount.isZero)
        if position.state != .locked { #expect(position.escrow.isZero && position.voteEscrow.isZero) }
      }
    }
  }
}

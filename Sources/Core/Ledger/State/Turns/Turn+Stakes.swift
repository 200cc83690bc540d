import Tensor

extension Turn {
  func perform(_ action: StakeAction, _ state: inout LedgerState) throws(Refusal) {
    switch action {
    case .stake(let amount):
      try state.debit(amount, from: sender)
      var stake = Stake(owner: sender)
      try asked { try stake.position.stake(amount, on: today) }
      state.set(.stake(LedgerIdentifier.stake(owner: sender, nonce: nonce)), .stake(stake))
    case .lock(let id, let days):
      var stake = try ownStake(id, state)
      let effect = try asked { try stake.position.lock(days: Int(days), on: today) }
      try settle(effect, of: stake, id, &state)
    case .unstake(let id, let amount):
      var stake = try ownStake(id, state)
      let effect = try asked { try stake.position.unstake(amount, on: today) }
      try settle(effect, of: stake, id, &state)
    case .slash(let id, let severity, let reporters): try slash(id, severity, reporters, &state)
    case .distribute(let amount, let weekStart): try distribute(amount, Int(weekStart), &state)
    }
  }

  /// Days of the scenario's clock.
  var today: Int { Int(clamping: now.microseconds / 86_400_000_000) }

  /// Puts the stake back, pays its owner, and gives what was forfeited to all who stake.
  private func settle(
    _ effect: StakingPosition.Effect, of stake: Stake, _ id: Digest, _ state: inout LedgerState
  ) throws(Refusal) {
    state.set(.stake(id), .stake(stake))
    let paid = try asked { try effect.paid + effect.premiumPaid }
    let forfeited = try asked { try effect.principalPenalty + effect.premiumForfeited }
    try state.credit(paid, to: stake.owner)
    if !forfeited.isZero {
      state.set(.stakerPool, .stakerPool(try asked { try state.stakerPool + forfeited }))
    }
  }

  private func slash(
    _ id: Digest, _ severity: UInt16, _ reporters: [Address], _ state: inout LedgerState
  ) throws(Refusal) {
    _ = try issuerChain(state)
    guard var stake = state.stake(id) else { throw .stake(.unknownPosition(id)) }
    for reporter in reporters { _ = try state.existingAccount(reporter) }
    let slashing = try asked {
      try Slashing(
        pledge: stake.position.amount, severity: Int(severity), reporters: reporters.map(\.description))
    }
    try asked { try stake.position.slash(slashing.slashed) }
    state.set(.stake(id), .stake(stake))
    for (reporter, reward) in zip(reporters, slashing.rewards) { try state.credit(reward, to: reporter) }
    // By the usual terms nothing is burned: what the reporters do not get is the treasury's.
    try state.credit(slashing.treasury, to: sender)
  }

  /// Base parts go to the owners, premiums of locked positions are kept back until the lock ends; what cannot be shared
  /// stays in the stakers' pool.
  private func distribute(_ amount: Amount, _ weekStart: Int, _ state: inout LedgerState) throws(Refusal) {
    // Who stakes today would count as having staked through a week that is still to come.
    guard weekStart + 7 <= today else { throw .stake(.weekNotOver(start: weekStart, today: today)) }
    try state.debit(amount, from: sender)
    let entries = state.stakes.filter { $0.stake.position.state != .none }
    let settlement = try asked {
      try WeeklySettlement(
        pool: amount, weekStart: weekStart,
        stakes: entries.map { entry in
          let position = entry.stake.position
          return WeeklySettlement.Stake(
            id: entry.id.description, amount: position.amount, stakeDay: position.stakeDay,
            lockStart: position.lockStart, lockDays: position.lockDays, effectiveDays: position.effectiveDays)
        }, carryIn: state.stakerPool)
    }
    state.set(.stakerPool, .stakerPool(settlement.carryOut))
    for (place, entry) in entries.enumerated() {
      var stake = entry.stake
      let effect = try asked { try stake.position.credit(premium: settlement.premiumParts[place]) }
      state.set(.stake(entry.id), .stake(stake))
      try state.credit(try asked { try settlement.baseParts[place] + effect.premiumPaid }, to: stake.owner)
    }
  }

  private func ownStake(_ id: Digest, _ state: LedgerState) throws(Refusal) -> Stake {
    guard let stake = state.stake(id) else { throw .stake(.unknownPosition(id)) }
    guard stake.owner == sender else {
      throw .stake(.notHolder(account: try state.existingAccount(sender).name, position: id))
    }
    return stake
  }

  /// What the economy's rules refuse, as a refusal.
  func asked<Value>(_ body: () throws -> Value) throws(Refusal) -> Value {
    do {
      return try body()
    } catch let error as any Diagnosable {
      throw .stake(.rule(kind: error.kind, message: error.message))
    } catch {
      throw .stake(.rule(kind: "InvalidParameter", message: "\(error)"))
    }
  }
}

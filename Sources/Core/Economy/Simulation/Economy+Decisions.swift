import Tensor

// What agents see and do at the end of a week.
extension Economy {
  /// Everybody decides on the same view of the market and acts in an order drawn by lot.
  mutating func act(_ custom: [(Observation) throws -> Decision]) throws {
    var random = streams.stream("decisions", week: week)
    let order = random.permutation(agents.count)
    let view = try marketView()
    for place in order {
      let index = Int(place)
      var seen = view
      observe(index, &seen)
      seen.draw = random.uniform()
      let behaviour = scenario.groups[agents[index].group].behaviour
      let decision: Decision
      if case .custom(let function) = behaviour, custom.indices.contains(function) {
        decision = try custom[function](seen)
      } else {
        decision = behaviour.decide(seen)
      }
      try carryOut(decision, of: index)
    }
  }

  /// What is the same for everybody.
  private func marketView() throws -> Observation {
    let (now, before) = (market.price, prices.last ?? market.price)
    let recent = prices.suffix(13)
    let mean = recent.reduce(0, +) / Double(max(1, recent.count))
    let circulation = try self.circulation
    let staked = agents.reduce(UInt128(0)) { $0 + $1.position.amount.units }
    return Observation(
      week: week, price: now, priceChange: before > 0 ? now / before - 1 : 0, priceGap: mean > 0 ? now / mean - 1 : 0,
      baseAPR: flows.baseAPR,
      stakedShare: circulation.isZero ? 0 : Amount(units: staked).tokens / circulation.tokens,
      circulation: circulation, isElection: week % 13 == 12, liquid: .zero, cash: .zero, staked: .zero, escrow: .zero,
      lockedDays: 0, income: .zero, tier: .none, capacity: 0, group: "", agent: 0, draw: 0, hurdle: 0,
      preferredLock: 0)
  }

  private func observe(_ index: Int, _ seen: inout Observation) {
    let agent = agents[index]
    let group = scenario.groups[agent.group]
    (seen.liquid, seen.cash, seen.staked) = (agent.liquid, agent.cash, agent.position.amount)
    (seen.escrow, seen.income, seen.tier) = (agent.position.escrow, agent.income, agent.tier)
    (seen.capacity, seen.group, seen.agent) = (group.capacity, group.name, index)
    (seen.hurdle, seen.preferredLock) = (agent.hurdle, group.lockDays)
    seen.lockedDays =
      agent.position.state == .locked ? max(0, agent.position.lockStart + agent.position.lockDays - today) : 0
  }

  private mutating func carryOut(_ decision: Decision, of index: Int) throws {
    try unstake(min(decision.unstake, agents[index].position.amount), of: index)
    let sold = min(decision.sell, agents[index].liquid)
    if !sold.isZero {
      agents[index].liquid = try agents[index].liquid - sold
      agents[index].cash = try agents[index].cash + market.sell(sold)
    }
    let spent = min(decision.buy, agents[index].cash)
    if !spent.isZero {
      agents[index].cash = try agents[index].cash - spent
      agents[index].liquid = try agents[index].liquid + market.buy(with: spent)
    }
    try stake(min(decision.stake, agents[index].liquid), of: index)
    if decision.lockDays != 0, agents[index].position.state == .unlocked {
      try agents[index].position.lock(days: decision.lockDays, on: today)
    }
    agents[index].isCheating = decision.cheats && agents[index].capacity > 0
  }

  private mutating func unstake(_ amount: Amount, of index: Int) throws {
    guard !amount.isZero else { return }
    let wasLocked = agents[index].position.state == .locked
    let effect = try agents[index].position.unstake(amount, on: today, terms: scenario.exit)
    agents[index].liquid = try agents[index].liquid + effect.paid + effect.premiumPaid
    treasury = try treasury + effect.principalPenalty
    stakersPool = try stakersPool + effect.premiumForfeited
    flows.forfeited = try flows.forfeited + effect.premiumForfeited
    if wasLocked { flows.earlyExits += 1 }
  }

  /// Adds to what is staked and free; while a lock lasts nothing is added.
  private mutating func stake(_ amount: Amount, of index: Int) throws {
    guard !amount.isZero, agents[index].position.state != .locked else { return }
    let standing = agents[index].position.amount
    if !standing.isZero { _ = try agents[index].position.unstake(standing, on: today) }
    agents[index].liquid = try agents[index].liquid - amount
    try agents[index].position.stake(standing + amount, on: today)
  }
}

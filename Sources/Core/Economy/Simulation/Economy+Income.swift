import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// What comes in during a week, and who is paid.
extension Economy {
  /// Frees what seed and private sale owe.
  mutating func vest() throws {
    guard !grantsLeft.isZero else { return }
    let weeks = scenario.vestingWeeks
    guard week + 1 >= weeks / 4 else { return }
    let share = UInt128(min(week + 1, weeks))
    for index in agents.indices {
      let due = try agents[index].grant.portion(share, of: UInt128(weeks))
      let freed = try due - agents[index].vested
      agents[index].vested = due
      agents[index].liquid = try agents[index].liquid + freed
      grantsLeft = try grantsLeft - freed
    }
  }

  /// Users buy the gas they need on the market; costs are paid, and what is left is shared.
  mutating func takeFees() throws {
    var random = streams.stream("usage", week: week)
    usage *= exp(scenario.usageGrowth / 52 + scenario.usageVolatility * random.normal())
    usage = min(usage, 1e15)
    let spent = Amount.modelled(usage)
    cashIn = try cashIn + spent
    flows.fees = try market.buy(with: spent)
    let price = market.price
    let cost = Amount.modelled(price > 0 ? scenario.operatingCost / price : 0)
    let revenue = try GasRevenue(gross: flows.fees, costs: [cost], deficitIn: deficit, burn: scenario.burn)
    deficit = revenue.deficitOut
    burned = try burned + revenue.burned
    stakersPool = try stakersPool + revenue.stakers
    // Operators are paid in tokens and need cash; developers keep half.
    cashOut = try cashOut + market.sell(revenue.operationsPaid)
    let sold = revenue.developers.part(0.5)
    developers = try developers + revenue.developers - sold
    cashOut = try cashOut + market.sell(sold)
    flows.developers = revenue.developers
  }

  /// Classes and committee, for a quarter.
  mutating func elect() throws {
    let thresholds = try self.thresholds
    for index in agents.indices {
      agents[index].sitsInCommittee = false
      agents[index].tier =
        agents[index].capacity > 0 ? thresholds.tier(ofPledge: agents[index].position.amount) : .none
    }
    // Seats that super nodes leave empty go to the first tier.
    for least in [NodeTier.super, .tier1] {
      let candidates = agents.indices.filter { agents[$0].tier >= least }
      guard candidates.count >= Committee.leastSize else { continue }
      let committee = try Committee(
        size: min(scenario.committeeSize, candidates.count),
        candidates: candidates.map { index in
          Committee.Candidate(
            id: String(index), pledge: agents[index].position.amount, reputation: agents[index].isCheating ? 0 : 1,
            contribution: agents[index].capacity)
        }, weights: scenario.committeeWeights)
      for member in committee.members.compactMap({ Int($0) }) { agents[member].sitsInCommittee = true }
      return
    }
  }

  /// Releases the week's emission to workers, by role, with the team's tenth beside it.
  mutating func release() throws {
    let emitted = try schedule.emission(from: miningPool)
    let fresh = try schedule.minting(on: supply)
    miningPool = try miningPool - emitted
    minted = try minted + fresh
    flows.emitted = try flows.emitted + emitted
    flows.team = min(try ReleaseSplit.team(besides: emitted), teamLeft)
    teamLeft = try teamLeft - flows.team
    team = try team + flows.team

    let workers = agents.indices.filter { agents[$0].capacity > 0 && !agents[$0].position.amount.isZero }
    func points(atLeast tier: NodeTier) -> [UInt128] {
      workers.map { agents[$0].tier >= tier ? claim(of: agents[$0]) : 0 }
    }
    let committee = workers.filter { agents[$0].sitsInCommittee }
    let epoch = try RoleRewardEpoch(
      pool: emitted + fresh, quotas: scenario.quotas, trainers: workers.map { claim(of: agents[$0]) },
      localValidators: points(atLeast: .ordinary), aggregators: points(atLeast: .tier1), committee: committee.count,
      carryIn: roleCarry)
    roleCarry = epoch.carryOut
    for index in agents.indices { agents[index].income = .zero }
    for (place, worker) in workers.enumerated() {
      try pay(worker, epoch.trainers[place] + epoch.localValidators[place] + epoch.aggregators[place])
    }
    for (place, member) in committee.enumerated() { try pay(member, epoch.globalValidators[place]) }
    flows.trainers = try Amount.total(epoch.trainers)
    flows.localValidators = try Amount.total(epoch.localValidators)
    flows.aggregators = try Amount.total(epoch.aggregators)
    flows.globalValidators = try Amount.total(epoch.globalValidators)
  }

  /// The work that an agent says it did.
  private func claim(of agent: Agent) -> UInt128 {
    agent.isCheating ? agent.capacity * UInt128(scenario.inflatedClaim) : agent.capacity
  }

  private mutating func pay(_ index: Int, _ amount: Amount) throws {
    agents[index].liquid = try agents[index].liquid + amount
    agents[index].income = try agents[index].income + amount
  }

  /// Shares the stakers' pool; premiums of locks wait in escrow.
  mutating func settleStakes() throws {
    let staked = agents.indices.filter { agents[$0].position.state != .none }
    let stakes = staked.map { index in
      let position = agents[index].position
      return WeeklySettlement.Stake(
        id: "", amount: position.amount, stakeDay: position.stakeDay, lockStart: position.lockStart,
        lockDays: position.lockDays, effectiveDays: position.effectiveDays)
    }
    let settlement = try WeeklySettlement(
      pool: stakersPool, weekStart: 7 * week, distinct: stakes, carryIn: stakersCarry, mode: scenario.boost)
    stakersPool = .zero
    stakersCarry = settlement.carryOut
    flows.baseAPR = settlement.baseAPR
    flows.stakers = try Amount.total(settlement.payouts)
    for (place, index) in staked.enumerated() {
      let effect = try agents[index].position.credit(premium: settlement.premiumParts[place])
      let released = try agents[index].position.pass(to: today)
      try pay(index, settlement.baseParts[place] + effect.premiumPaid + released.premiumPaid)
    }
  }

  /// Finds some of those who claimed too much, and slashes them; an honest worker drawn by lot is the reporter.
  mutating func catchCheats() throws {
    guard agents.contains(where: \.isCheating) else { return }
    var random = streams.stream("detection", week: week)
    let honest = agents.indices.filter { agents[$0].capacity > 0 && !agents[$0].isCheating }
    for index in agents.indices where agents[index].isCheating {
      let (found, lot) = (random.uniform() < scenario.detection, random.uniform())
      guard found, !agents[index].position.amount.isZero else { continue }
      let reporter = honest.isEmpty ? nil : honest[min(honest.count - 1, Int(lot * Double(honest.count)))]
      let slashing = try Slashing(
        pledge: agents[index].position.amount, severity: scenario.severity,
        reporters: reporter.map { ["\($0)"] } ?? [], terms: scenario.slashing)
      try agents[index].position.slash(slashing.slashed)
      if let reporter, let reward = slashing.rewards.first { try pay(reporter, reward) }
      burned = try burned + slashing.burned
      treasury = try treasury + slashing.treasury
      flows.slashed = try flows.slashed + slashing.slashed
    }
  }
}

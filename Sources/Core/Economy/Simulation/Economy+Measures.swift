// The row that a week leaves.
extension Economy {
  mutating func measure() throws {
    let circulation = try self.circulation
    let (supply, price) = (try self.supply, market.price)
    var (staked, locked, votes, attackers, superPower): (Double, Double, Double, Double, Double) = (0, 0, 0, 0, 0)
    var wealth: [Double] = []
    wealth.reserveCapacity(agents.count)
    var byGroup = scenario.groups.map { _ in 0.0 }
    for agent in agents {
      let amount = agent.position.amount.tokens
      let power = amount + agent.position.voteEscrow.tokens
      let held = Amount(units: agent.wealth).tokens
      staked += amount
      votes += power
      if agent.position.state == .locked { locked += amount }
      if agent.tier == .super { superPower += power }
      if scenario.groups[agent.group].behaviour == .attacker { attackers += power }
      wealth.append(held)
      byGroup[agent.group] += held
    }
    let total = wealth.reduce(0, +)
    let attack = try attackTokens(votes: votes, superPower: superPower)
    func ratio(_ part: Double, _ whole: Double) -> Double { whole > 0 ? part / whole : 0 }
    let row = EconomyMeasure.allCases.map { measure in
      switch measure {
      case .supply: supply.tokens
      case .circulation: circulation.tokens
      case .burned: burned.tokens
      case .minted: minted.tokens
      case .emitted: flows.emitted.tokens
      case .poolLeft: miningPool.tokens
      case .staked: staked
      case .stakedShare: ratio(staked, circulation.tokens)
      case .lockedShare: ratio(locked, circulation.tokens)
      case .baseAPR: flows.baseAPR
      case .price: price
      case .marketCap: circulation.tokens * price
      case .fees: flows.fees.tokens
      case .gini: Self.gini(&wealth, total)
      case .stakers: flows.stakers.tokens
      case .trainers: flows.trainers.tokens
      case .localValidators: flows.localValidators.tokens
      case .aggregators: flows.aggregators.tokens
      case .globalValidators: flows.globalValidators.tokens
      case .developers: flows.developers.tokens
      case .team: flows.team.tokens
      case .slashed: flows.slashed.tokens
      case .forfeited: flows.forfeited.tokens
      case .earlyExits: Double(flows.earlyExits)
      case .treasury: treasury.tokens
      case .attackerPower: ratio(attackers, votes)
      case .attackTokens: attack
      case .attackCost: attack * price
      }
    }
    table.append(row + byGroup.map { ratio($0, total) })
  }

  /// Who locks a token for a year has a power of 2. To decide a key proposal against everybody takes more than all other
  /// power for the majority, two thirds of the super chamber, and the pledge of a super node.
  private func attackTokens(votes: Double, superPower: Double) throws -> Double {
    max(max(votes, 2 * superPower) / 2, try thresholds.super.tokens)
  }

  /// 2 sum(i x_i) / (n sum x) - (n + 1) / n over the sorted fortunes.
  private static func gini(_ wealth: inout [Double], _ total: Double) -> Double {
    guard total > 0 else { return 0 }
    wealth.sort()
    let count = Double(wealth.count)
    var ranked = 0.0
    for (index, value) in wealth.enumerated() { ranked += Double(index + 1) * value }
    return 2 * ranked / (count * total) - (count + 1) / count
  }
}

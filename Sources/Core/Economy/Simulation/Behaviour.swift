/// What an agent sees at the end of a week.
public struct Observation: Sendable {
  public var week: Int
  public var price: Double
  /// The price's relative change over the week, and its distance from the mean of the last quarter.
  public var priceChange: Double
  public var priceGap: Double
  public var baseAPR: Double
  public var stakedShare: Double
  public var circulation: Amount
  /// Whether an election is open.
  public var isElection: Bool
  public var liquid: Amount
  public var cash: Amount
  public var staked: Amount
  public var escrow: Amount
  /// Days until the lock opens; 0 without one.
  public var lockedDays: Int
  public var income: Amount
  public var tier: NodeTier
  public var capacity: Int
  public var group: String
  /// Place in the simulation, from 0.
  public var agent: Int
  /// A uniform number of the agent's own.
  public var draw: Double
  /// The return below which a staker does not bother, and the lock that its group prefers.
  public var hurdle: Double
  public var preferredLock: Int
}

/// What an agent does: in this order, and of everything at most what it has.
public struct Decision: Sendable, Equatable {
  public var unstake = Amount.zero
  public var sell = Amount.zero
  /// Cash to spend on tokens.
  public var buy = Amount.zero
  /// Joins what is staked and not locked.
  public var stake = Amount.zero
  /// Locks what is staked, if it is not locked yet; 0 does not.
  public var lockDays = 0
  /// Claims more work than it does.
  public var cheats = false

  public init() {}
}

extension AgentGroup.Behaviour {
  /// What one of the built-in kinds does; nothing for a custom one.
  func decide(_ seen: Observation) -> Decision {
    switch self {
    case .staker: stakerDecision(seen)
    case .miner: minerDecision(seen)
    case .attacker: attackerDecision(seen)
    case .speculator: speculatorDecision(seen)
    case .custom: Decision()
    }
  }

  /// Stakes what it has while the return, with the boost of its lock, is above its hurdle; lives on a twentieth of its
  /// free tokens a week; gives up unlocked stakes slowly when the return is less than half of the hurdle.
  private func stakerDecision(_ seen: Observation) -> Decision {
    var decision = Decision()
    let boost = Boost(servedDays: seen.preferredLock, mode: .linear0).value
    decision.sell = seen.liquid.part(0.05)
    if seen.week == 0 || seen.baseAPR * boost >= seen.hurdle {
      decision.stake = seen.liquid
      decision.lockDays = seen.preferredLock
    } else if seen.lockedDays == 0, seen.baseAPR * boost < seen.hurdle / 2 {
      decision.unstake = seen.staked.part(0.25)
    }
    return decision
  }

  /// Sells three fifths of what it earned for power and machines, and pledges the rest.
  private func minerDecision(_ seen: Observation) -> Decision {
    var decision = Decision()
    decision.sell = min(seen.income.part(0.6), seen.liquid)
    decision.stake = seen.liquid
    return decision
  }

  /// Claims too much; locks for a year for the boost and for votes, and leaves at once; spends a tenth of its cash on
  /// tokens when an election is open.
  private func attackerDecision(_ seen: Observation) -> Decision {
    var decision = Decision()
    decision.cheats = true
    if seen.lockedDays > 0 { decision.unstake = seen.staked }
    if seen.isElection { decision.buy = seen.cash.part(0.1) }
    decision.stake = Amount.maximum
    decision.lockDays = LockPeriod.days.upperBound
    return decision
  }

  /// Follows last week's change, and leans against the distance from the mean; a tenth of its holdings at most.
  private func speculatorDecision(_ seen: Observation) -> Decision {
    var decision = Decision()
    let signal = seen.priceChange - 0.5 * seen.priceGap + 0.1 * (seen.draw - 0.5)
    if signal > 0 {
      decision.buy = seen.cash.part(min(0.1, signal))
    } else {
      decision.sell = seen.liquid.part(min(0.1, -signal))
    }
    return decision
  }
}

/// Agents of one kind.
public struct AgentGroup: Sendable {
  public enum Behaviour: Sendable, Equatable {
    /// Stakes and locks for as long as it likes, while the return is worth it.
    case staker
    /// Offers capacity, sells what its machines cost, stakes the rest as its pledge.
    case miner
    /// Claims more than it delivers, locks for a year and leaves after a week, buys votes with its cash.
    case attacker
    /// Trades on the price's momentum and on its distance from the mean.
    case speculator
    /// The function of that number, given to the run.
    case custom(Int)
  }

  public var name: String
  public var behaviour: Behaviour
  public var count: Int
  /// The group's part of what is sold and given away at genesis, relative to the other groups'.
  public var share: Double
  /// Cash of each agent.
  public var cash: Double
  /// The standard deviation of the logarithm of wealth inside the group.
  public var inequality: Double
  /// How long a staker locks; 0 leaves it unlocked.
  public var lockDays: Int
  /// Units of work a week that each agent offers; 0 for who offers none.
  public var capacity: Int

  public init(
    name: String, behaviour: Behaviour, count: Int, share: Double = 1, cash: Double = 0, inequality: Double = 1,
    lockDays: Int = 0, capacity: Int = 0
  ) {
    self.name = name
    self.behaviour = behaviour
    self.count = count
    self.share = share
    self.cash = cash
    self.inequality = inequality
    self.lockDays = lockDays
    self.capacity = capacity
  }

  /// A network of a hundred: long and short stakers, miners, a few attackers, speculators.
  public static let standard = [
    AgentGroup(name: "long_stakers", behaviour: .staker, count: 30, share: 4, lockDays: 365),
    AgentGroup(name: "short_stakers", behaviour: .staker, count: 20, share: 2, lockDays: 28),
    AgentGroup(name: "miners", behaviour: .miner, count: 30, share: 2, capacity: 100),
    AgentGroup(name: "attackers", behaviour: .attacker, count: 5, share: 0.5, cash: 100_000, capacity: 100),
    AgentGroup(name: "speculators", behaviour: .speculator, count: 15, share: 1.5, cash: 100_000),
  ]

  static let largestCount = 1_000_000

  func validate() throws(EconomyError) {
    guard (0...Self.largestCount).contains(count) else {
      throw .invalidRate(name: "count of '\(name)'", given: "\(count)", allowed: "0 to \(Self.largestCount)")
    }
    guard lockDays == 0 || LockPeriod.days.contains(lockDays) else { throw .invalidLockPeriod(lockDays) }
    for (what, value, most) in [("share", share, 1e9), ("cash", cash, 1e12), ("inequality", inequality, 5)] {
      guard (0...most).contains(value) else {
        throw .invalidRate(name: "\(what) of '\(name)'", given: "\(value)", allowed: "0 to \(most)")
      }
    }
    guard (0...1_000_000_000).contains(capacity) else {
      throw .invalidRate(name: "capacity of '\(name)'", given: "\(capacity)", allowed: "0 to 1000000000")
    }
  }
}

/// Somebody in a simulated economy.
struct Agent {
  let group: Int
  let capacity: UInt128
  /// What seed and private sale owe it, and how much of that is free.
  let grant: Amount
  var vested = Amount.zero
  var liquid: Amount
  var cash: Amount
  var position = StakingPosition()
  /// The return below which a staker does not bother.
  let hurdle: Double
  var isCheating = false
  /// Rewards of the last week.
  var income = Amount.zero
  /// Its class since the last election.
  var tier = NodeTier.none
  var sitsInCommittee = false

  /// Free, staked and in escrow.
  var wealth: UInt128 { liquid.units + position.amount.units + position.escrow.units }
}

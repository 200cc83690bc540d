/// A node's way through the network.
///
///     NONE -> REGISTERED -> ELIGIBLE -> ELECTED | ALTERNATE -> EXITING -> RELEASED
///     SLASHED from any active state, with its class taken anew; BLACKLISTED is the end
///
/// Source: specification 2.4. The pledge stays at stake while a node is exiting, 14 days.
public struct NodeRegistration: Sendable, Equatable {
  public enum State: String, CaseIterable, Sendable {
    case none = "NONE"
    case registered = "REGISTERED"
    case eligible = "ELIGIBLE"
    case elected = "ELECTED"
    case alternate = "ALTERNATE"
    case exiting = "EXITING"
    case released = "RELEASED"
    case slashed = "SLASHED"
    case blacklisted = "BLACKLISTED"
  }

  public static let exitDelay = 14

  public private(set) var state = State.none
  public private(set) var pledge = Amount.zero
  public private(set) var tier = NodeTier.none
  private var exitDay = 0

  public init() {}

  public mutating func register(pledge: Amount) throws(EconomyError) {
    try require([.none], "register")
    guard !pledge.isZero else { throw .invalidAmount("a pledge is more than 0 tokens") }
    (state, self.pledge) = (.registered, pledge)
  }

  /// Reads the class anew, at an election: a node with one is eligible. A slashed node that tops up is too.
  public mutating func assess(_ thresholds: NodeThresholds, toppingUp extra: Amount = .zero) throws {
    try require([.registered, .eligible, .elected, .alternate, .slashed], "assess the node")
    pledge = try pledge + extra
    tier = thresholds.tier(ofPledge: pledge)
    state = tier == .none ? .registered : .eligible
  }

  public mutating func settle(isElected: Bool) throws(EconomyError) {
    try require([.eligible], "settle the election")
    state = isElected ? .elected : .alternate
  }

  /// An alternate takes the seat of a leaver.
  public mutating func promote() throws(EconomyError) {
    try require([.alternate], "promote the node")
    state = .elected
  }

  public mutating func exit(on day: Int) throws(EconomyError) {
    try require([.registered, .eligible, .elected, .alternate, .slashed], "exit")
    guard (0...Int.max / 2).contains(day) else { throw .invalidTime("a day is counted from 0 on, not \(day)") }
    (state, exitDay) = (.exiting, day)
  }

  /// - Returns: the pledge, given back.
  public mutating func release(on day: Int) throws(EconomyError) -> Amount {
    try require([.exiting], "release the pledge")
    guard day >= exitDay + Self.exitDelay else {
      throw .invalidTime("cannot release the pledge on day \(day): not before day \(exitDay + Self.exitDelay)")
    }
    defer { (state, pledge, tier) = (.released, .zero, .none) }
    return pledge
  }

  /// - Returns: what the slash does with the cut.
  public mutating func slash(_ slashing: Slashing, thresholds: NodeThresholds) throws {
    try require([.registered, .eligible, .elected, .alternate, .exiting, .slashed], "slash the node")
    pledge = slashing.pledgeAfter
    tier = thresholds.tier(ofPledge: pledge)
    // Who is leaving goes on leaving, with less.
    if state != .exiting { state = .slashed }
  }

  public mutating func blacklist() throws(EconomyError) {
    try require(State.allCases.filter { $0 != .blacklisted && $0 != .none && $0 != .released }, "blacklist the node")
    state = .blacklisted
  }

  private func require(_ states: [State], _ event: String) throws(EconomyError) {
    guard states.contains(state) else { throw .wrongState(event: event, state: state.rawValue) }
  }
}

/// How much a node pledges puts it into a class.
public enum NodeTier: String, CaseIterable, Sendable, Comparable {
  case none
  case ordinary
  case tier1
  case `super`

  public static func < (left: NodeTier, right: NodeTier) -> Bool { left.rank < right.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// The pledges at which classes begin: a half, a quarter and an eighth of a percent of the circulation, rounded up.
///
/// Source: Network3 4.2. They are read anew at each election.
public struct NodeThresholds: Sendable, Equatable {
  public let `super`: Amount
  public let tier1: Amount
  public let ordinary: Amount

  /// - Parameter minimumSuper: what a super node pledges at least; while little circulates, half a percent is within
  ///   anybody's reach.
  /// - Throws: `EconomyError.zeroCirculation`.
  public init(circulation: Amount, minimumSuper: Amount = .zero) throws {
    guard !circulation.isZero else { throw EconomyError.zeroCirculation }
    `super` = max(try circulation.portion(1, of: 200, rounding: .up), minimumSuper)
    tier1 = try `super`.portion(1, of: 2, rounding: .up)
    ordinary = try tier1.portion(1, of: 2, rounding: .up)
  }

  public func tier(ofPledge pledge: Amount) -> NodeTier {
    if pledge >= `super` { return .super }
    if pledge >= tier1 { return .tier1 }
    return pledge >= ordinary ? .ordinary : .none
  }
}

/// What a role asks as a pledge.
///
/// Source: Network3 4.2; the trainer's two unit prices are parameters.
public enum RolePledge {
  public enum Role: String, CaseIterable, Sendable {
    case trainer
    case localValidator = "local_validator"
    case aggregator
    case globalValidator = "global_validator"
  }

  /// ceil(u1 units + u2 throughput): both products are whole units of 10^-18 already, so nothing is left to round.
  public static func trainer(
    computeUnits: UInt64, computePrice: Amount, throughput: UInt64, throughputPrice: Amount
  ) throws -> Amount {
    try computePrice * computeUnits + throughputPrice * throughput
  }

  /// The least pledge of a role that hangs on a class; nil for trainers, whose pledge follows their machines.
  public static func least(_ role: Role, _ thresholds: NodeThresholds) -> Amount? {
    switch role {
    case .trainer: nil
    case .localValidator: thresholds.ordinary
    case .aggregator: thresholds.tier1
    case .globalValidator: thresholds.super
    }
  }
}

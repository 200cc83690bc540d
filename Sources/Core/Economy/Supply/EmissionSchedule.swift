import Tensor

/// How tokens are released: a fixed share of what is left in a finite pool every epoch, and an inflation tail on top.
///
///     e_k = floor(R_k rate / 10^6),              R_{k+1} = R_k - e_k
///     m_k = floor(S_k tail / (10^6 epochs)),     S_{k+1} = S_k + m_k
///
/// Network3 asks for "controlled inflation" only; rates and cap are ours (half-life 208 weeks, cap 2 % a year).
public struct EmissionSchedule: Sendable, Equatable {
  /// Parts per million of the pool that an epoch releases.
  public let rate: Int
  /// Parts per million of the supply that a year mints.
  public let tail: Int
  public let epochsPerYear: Int

  public static let defaultRate = 3327
  public static let defaultTailCap = 20_000
  public static let million: UInt128 = 1_000_000

  /// - Throws: `EconomyError.invalidRate`, `.invalidSchedule`, `.inflationCapExceeded`.
  public init(
    rate: Int = defaultRate, tail: Int = 0, epochsPerYear: Int = 52, tailCap: Int = defaultTailCap
  ) throws(EconomyError) {
    guard (0...1_000_000).contains(rate) else {
      throw .invalidRate(name: "rate_ppm", given: "\(rate)", allowed: "0 to 1000000")
    }
    guard tail >= 0, tailCap >= 0 else {
      throw .invalidRate(name: "the tail inflation and its cap", given: "\(min(tail, tailCap))", allowed: "at least 0")
    }
    guard epochsPerYear >= 1 else {
      throw .invalidSchedule("a year has at least 1 epoch, not \(epochsPerYear)")
    }
    guard tail <= tailCap else { throw .inflationCapExceeded(tail: tail, cap: tailCap) }
    self.rate = rate
    self.tail = tail
    self.epochsPerYear = epochsPerYear
  }

  /// What one epoch releases from a pool.
  public func emission(from pool: Amount) throws -> Amount {
    try pool.portion(UInt128(rate), of: Self.million)
  }

  /// What one epoch mints on a supply.
  public func minting(on supply: Amount) throws -> Amount {
    try supply.portion(UInt128(tail), of: Self.million * UInt128(epochsPerYear))
  }

  /// Some epochs from a pool and a supply on.
  public struct Course: Sendable, Equatable {
    public var emitted: [Amount] = []
    public var minted: [Amount] = []
    public var poolLeft: Amount
    public var supplyEnd: Amount
  }

  /// - Throws: `EconomyError.invalidSchedule` for a negative number of epochs, `AmountError.overflow`, `Cancelled`.
  public func course(
    pool: Amount, supply: Amount, epochs: Int, cancellation: Cancellation = .never
  ) throws -> Course {
    guard epochs >= 0 else { throw EconomyError.invalidSchedule("a number of epochs is at least 0, not \(epochs)") }
    var course = Course(poolLeft: pool, supplyEnd: supply)
    for epoch in 0..<epochs {
      if epoch % 1024 == 0 { try cancellation.check() }
      let (emitted, minted) = (try emission(from: course.poolLeft), try minting(on: course.supplyEnd))
      course.emitted.append(emitted)
      course.minted.append(minted)
      course.poolLeft = try course.poolLeft - emitted
      course.supplyEnd = try course.supplyEnd + minted
    }
    try Conservation.check("emission", [pool], equal: course.emitted + [course.poolLeft])
    try Conservation.check("minting", course.minted + [supply], equal: [course.supplyEnd])
    return course
  }
}

/// The 90/10 release: of everything released a tenth, rounded down, is the team's (Network3 3.1.4).
public struct ReleaseSplit: Sendable, Equatable {
  public let contributors: Amount
  public let team: Amount

  public init(_ amount: Amount) throws {
    team = try amount.portion(1, of: 10)
    contributors = try amount - team
    try Conservation.check("release", amount, equal: contributors, team)
  }

  /// The team's part of the release whose contributors' part is given: the two pools are debited side by side.
  public static func team(besides contributors: Amount) throws -> Amount { try contributors.portion(1, of: 9) }
}

/// Tokens that move freely, among them locked and staked ones.
public enum Circulation {
  /// Genesis amounts unlocked + emitted + minted - burned.
  ///
  /// - Throws: `AmountError.negative` when more is burned than there is, `AmountError.overflow`.
  public static func amount(unlocked: Amount, emitted: Amount, minted: Amount, burned: Amount) throws -> Amount {
    try unlocked + emitted + minted - burned
  }
}

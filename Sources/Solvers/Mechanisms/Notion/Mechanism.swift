import Tensor

/// A rule that maps what its participants report to who gets what and who pays what.
///
/// One notion serves every auction, tax and contract here, so that one auditor can judge them all. A report is a vector
/// of numbers. What a participant gets is a vector of coefficients of the same length, and its utility is linear in
/// its true report t: the product of t and the coefficients, less its payment. A buyer who gets two units of what it
/// values at t has the coefficient 2; a seller who delivers one at a cost of t has -1; a public project gives everybody
/// the vector that is 1 at the project chosen; a part of a report that is no taste, such as a number of samples, has
/// the coefficient 0. A mechanism whose utilities are not of this kind says so by `utility(of:true:outcome:)`.
///
/// Staying away is worth 0 to everybody.
public protocol Mechanism {
  /// What it is called, in a few words.
  var name: String { get }

  /// Who reports, and what may be reported.
  var participants: [Participant] { get }

  /// Decides on a profile of reports.
  ///
  /// - Parameters:
  ///   - reports: inside every participant's space; what lies outside is refused by whoever reads reports from a user.
  ///   - outcome: of this mechanism's shape, all zero.
  /// - Throws: whatever prevents a decision; a mechanism in doubt refuses rather than trades.
  func settle(_ reports: Profile, into outcome: inout MechanismOutcome) throws

  /// What an outcome is worth to a participant whose true report is given, after its payment, in money.
  func utility(of participant: Int, true types: Profile, outcome: MechanismOutcome) throws -> Double

  /// What makes an outcome impossible to carry out, such as more units given away than there are; nil if nothing does.
  func infeasibility(of outcome: MechanismOutcome, reports: Profile) throws -> String?

  /// The largest total of values less costs that any feasible outcome has; nil where nobody has said how to find it.
  func optimalWelfare(_ types: Profile) throws -> Double?

  /// What the public learns beside the outcome, by name: a price, a number of trades, the project chosen.
  func publicFacts(_ reports: Profile, outcome: MechanismOutcome) throws -> [PublicFact]
}

/// A mechanism that several threads may ask at once.
public protocol ConcurrentMechanism: Mechanism, Sendable {}

/// One named number that a mechanism publishes.
public struct PublicFact: Equatable, Sendable {
  public let name: String
  public let value: Double

  public init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }
}

extension Mechanism {
  public func utility(of participant: Int, true types: Profile, outcome: MechanismOutcome) throws -> Double {
    types.product(with: outcome.coefficients, of: participant) - outcome.payments[participant]
  }

  public func infeasibility(of outcome: MechanismOutcome, reports: Profile) throws -> String? { nil }

  public func optimalWelfare(_ types: Profile) throws -> Double? { nil }

  public func publicFacts(_ reports: Profile, outcome: MechanismOutcome) throws -> [PublicFact] { [] }

  /// How many numbers each participant reports.
  public var widths: [Int] { participants.map(\.space.fields.count) }

  /// The outcome on a profile.
  ///
  /// - Throws: `ShapeMismatch`, `NotFinite`, `InvalidParameter` for reports outside their space; whatever the
  ///   mechanism throws.
  public func run(_ reports: [[Double]]) throws -> MechanismOutcome {
    let profile = try Profile(reports, within: participants)
    var outcome = MechanismOutcome(widths: widths)
    try settle(profile, into: &outcome)
    return outcome
  }
}

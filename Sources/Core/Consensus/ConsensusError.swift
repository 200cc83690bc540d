import Tensor

/// Why a simulation of consensus cannot be set up.
public struct ConsensusError: Diagnosable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    case invalidParameter = "InvalidParameter"
    case committeeTooSmall = "CommitteeTooSmall"
    case zeroWeight = "ZeroWeight"
  }

  public let reason: Kind
  public let message: String
  public let hint: String?

  public var kind: String { reason.rawValue }

  init(_ reason: Kind, _ message: String, hint: String? = nil) {
    self.reason = reason
    self.message = message
    self.hint = hint
  }

  static func check(_ isRight: Bool, _ message: @autoclosure () -> String) throws(ConsensusError) {
    guard isRight else { throw ConsensusError(.invalidParameter, message()) }
  }
}

import Tensor

/// Why a simulation of consensus cannot be set up.
public typealias ConsensusError = NamedError<ConsensusErrorKind>

public enum ConsensusErrorKind: String, Sendable, CaseIterable {
  case invalidParameter = "InvalidParameter"
  case committeeTooSmall = "CommitteeTooSmall"
  case zeroWeight = "ZeroWeight"
}

extension ConsensusError {
  static func check(_ isRight: Bool, _ message: @autoclosure () -> String) throws(ConsensusError) {
    guard isRight else { throw ConsensusError(.invalidParameter, message()) }
  }
}

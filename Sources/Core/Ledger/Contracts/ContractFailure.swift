import Tensor

/// Why a contract's run came to nothing. The chain then undoes all that the run did and keeps the gas that it used.
public struct ContractFailure: Error, Diagnosable, Hashable, Sendable {
  public enum Cause: String, Hashable, Sendable, CaseIterable {
    /// The contract raised an error of its own, or did what Lua does not allow.
    case contractError = "ContractError"
    case outOfGas = "OutOfGas"
    case outOfMemory = "OutOfMemory"
    /// The source does not compile, is no source text, or has no such function.
    case invalidContract = "InvalidContract"
    /// A value that cannot cross between contract and ledger: a function, a fraction, one too large or too deep.
    case invalidValue = "InvalidValue"
    /// A contract that is running already was called.
    case reentrancy = "Reentrancy"
    case insufficientBalance = "InsufficientBalance"
    case unknownContract = "UnknownContract"
    case unknownAccount = "UnknownAccount"
    /// Contracts call one another too deeply.
    case callDepth = "CallDepthExceeded"
    case amountOverflow = "AmountOverflow"
    /// The host cannot do what was asked, for a reason of its own.
    case refused = "Refused"
    /// The user stopped the run. That is no outcome: it stands in no block, and nothing is charged.
    case interrupted = "Interrupted"
  }

  public let cause: Cause
  public let message: String
  /// The line of the contract's source, counted from 1, where it is known.
  public let line: Int?

  public init(_ cause: Cause, _ message: String, line: Int? = nil) {
    (self.cause, self.message, self.line) = (cause, message, line)
  }

  public var kind: String { cause.rawValue }

  /// Where it happened, and what to do about it.
  public var hint: String? {
    let advice: String? =
      switch cause {
      case .outOfGas: "give the call more gas, or let the contract do less in one call"
      case .outOfMemory: "let the contract hold less in one call; storage holds what must last"
      default: nil
      }
    guard let line else { return advice }
    let place = "see line \(line) of the contract's source"
    return advice.map { "\(place); \($0)" } ?? place
  }

  public var description: String {
    line.map { "\(kind): line \($0): \(message)" } ?? "\(kind): \(message)"
  }
}

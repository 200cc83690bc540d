/// What runs contracts. Core says what it is; Scripting supplies Lua's.
///
/// A run is a pure function of its invocation and of what the host answers: the same calls of the host, the same result
/// and the same gas, on every machine and however many runs go on beside it.
public protocol ContractRuntime: Sendable {
  /// Compiles the source and runs none of it.
  ///
  /// - Throws: `ContractFailure` of cause `.invalidContract`, with the line.
  func check(_ source: [UInt8]) throws(ContractFailure)

  /// Runs one function. Whatever the source does, this returns, with a gas of at most the limit.
  func run(_ invocation: ContractInvocation, host: any ContractHost) -> ContractOutcome
}

public struct ContractOutcome: Hashable, Sendable {
  /// What the function returned, or why all that it did must be undone.
  public let result: Result<ContractValue, ContractFailure>
  /// Gas is due whether or not the run succeeded.
  public let gasUsed: UInt64

  public init(result: Result<ContractValue, ContractFailure>, gasUsed: UInt64) {
    (self.result, self.gasUsed) = (result, gasUsed)
  }
}

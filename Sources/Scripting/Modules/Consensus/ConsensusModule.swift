/// `consensus`: how long a network takes to agree, simulated.
enum ConsensusModule {
  static func module(_ context: RunContext) -> Module {
    Module(
      name: "consensus", summary: "blocks on a simulated network: proof of work, proof of stake, PBFT",
      functions: [
        ProofOfWorkFunction.function(context), ProofOfStakeFunction.function(context), PBFTFunction.function(context),
      ] + ConsensusTheoryFunctions.all(context))
  }

  /// Members by their numbers in Lua.
  ///
  /// - Throws: `InvalidParameter` for a number that no member has.
  static func members(_ numbers: [Int], of count: Int, option: String) throws -> [Int] {
    try numbers.map { number in
      guard (1...max(1, count)).contains(number) else {
        throw ScriptError.invalidParameter("option '\(option)' names \(number), but the members are 1 to \(count)")
      }
      return number - 1
    }
  }
}

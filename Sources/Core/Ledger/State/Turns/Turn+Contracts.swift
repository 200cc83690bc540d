extension Turn {
  /// Runs a contract on the sender's account.
  ///
  /// - Parameter gasLimit: what is left for the run once the transaction itself is paid for.
  /// - Returns: what became of it, the gas that the run used, and the events. A run that failed has changed nothing.
  /// - Throws: `Refusal` when there is nothing to run.
  func perform(
    _ action: ContractAction, gasLimit: UInt64, _ state: inout LedgerState
  ) throws(Refusal) -> (outcome: Receipt.Outcome, gasUsed: UInt64, events: [LedgerEvent]) {
    guard let runtime = context.runtime else { throw .contract(.noRuntime) }
    let checkpoint = state.checkpoint
    let (address, function, arguments, deposit): (Address, String, [ContractValue], Amount)
    switch action {
    case .deploy(let name, let source, let values, let amount):
      do { try runtime.check(source) } catch { throw .contract(.invalidSource(error)) }
      guard state.address(named: name) == nil else { throw .nameTaken(name) }
      (address, function, arguments, deposit) = (
        LedgerIdentifier.contract(deployer: sender, nonce: nonce), "", values, amount
      )
      state.set(.name(name), .name(address))
      state.set(.contract(address), .contract(DeployedContract(name: name, deployer: sender, source: source)))
    case .call(let contract, let name, let values, let amount):
      guard state.contract(contract) != nil else { throw .contract(.unknownContract(contract)) }
      // The empty name is the constructor's, which runs once.
      (address, function, arguments, deposit) = (contract, name.isEmpty ? "?" : name, values, amount)
    }
    try state.debit(deposit, from: sender)
    let host = ContractScope(runtime: runtime, context: context, state: &state)
    let (result, gasUsed) = host.run(
      address, function, arguments, from: sender, value: deposit, gasLimit: gasLimit)
    let events = host.release(to: &state)
    switch result {
    case .success(let value): return (.succeeded(value), gasUsed, events)
    case .failure(let failure) where failure.cause == .interrupted: throw .contract(.interrupted)
    case .failure(let failure):
      state.rollBack(to: checkpoint)
      return (.failed(failure), gasUsed, [])
    }
  }
}

import Tensor

/// Why a contract is not run at all; one that ran and broke down has a receipt instead.
public enum ContractRefusal: Diagnosable, Equatable {
  case noRuntime
  case unknownContract(Address)
  case invalidSource(ContractFailure)
  /// An organisation's proposal cannot be charged for gas.
  case withinProposal
  case interrupted

  public var kind: String {
    switch self {
    case .noRuntime: "NoContractRuntime"
    case .unknownContract: "UnknownContract"
    case .invalidSource(let failure): failure.kind
    case .withinProposal: "InvalidParameter"
    case .interrupted: "Interrupted"
    }
  }

  public var message: String {
    switch self {
    case .noRuntime: "this ledger was opened without anything that runs contracts"
    case .unknownContract(let address): "no contract has the address \(address)"
    case .invalidSource(let failure): failure.message
    case .withinProposal: "an organisation's proposal calls no contract: nobody is there to pay for its gas"
    case .interrupted: "the contract's run was interrupted; the ledger is as before"
    }
  }
}

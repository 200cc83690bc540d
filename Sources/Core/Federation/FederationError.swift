import Tensor

/// Why a round came to nothing. The federation then stands where the last finished round left it.
public enum FederationError: Diagnosable, Equatable {
  case diverged(round: Int, member: String, step: Int)
  case foreignSamples(member: String, largest: Int, available: Int)

  public var kind: String {
    switch self {
    case .diverged: "Diverged"
    case .foreignSamples: "InvalidParameter"
    }
  }

  public var message: String {
    switch self {
    case .diverged(let round, let member, let step):
      "training diverged in round \(round) at \(member), step \(step): the loss is not a finite number; "
        + "the model of the round before is kept"
    case .foreignSamples(let member, let largest, let available):
      "\(member) holds sample \(largest), allowed is 0 to \(available - 1)"
    }
  }

  public var hint: String? {
    switch self {
    case .diverged: "a smaller learning rate, clipped gradients, or a larger epsilon keep the loss finite"
    case .foreignSamples: nil
    }
  }
}

import Tensor

/// Why shares, ratings or envelopes cannot be made or opened. The kinds bear the names of the specification.
public struct SecrecyError: Diagnosable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    case invalidParameter = "InvalidParameter"
    case notEnoughShares = "NotEnoughShares"
    case duplicateShare = "DuplicateShare"
    case tooFewRaters = "TooFewRaters"
    case ratingOutOfRange = "RatingOutOfRange"
    case duplicateVote = "DuplicateVote"
    case unknownParticipant = "UnknownParticipant"
    case decryptionFailed = "DecryptionFailed"
    case wrongState = "WrongState"
    case dimensionMismatch = "DimensionMismatch"
    case signcryptionInvalid = "SigncryptionInvalid"
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
}

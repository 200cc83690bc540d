import Tensor

/// Why shares, ratings or envelopes cannot be made or opened. The kinds bear the names of the specification.
public typealias SecrecyError = NamedError<SecrecyErrorKind>

public enum SecrecyErrorKind: String, Sendable, CaseIterable {
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

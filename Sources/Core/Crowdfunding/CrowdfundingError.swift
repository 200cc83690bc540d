import Solvers
import Tensor

/// Why a round of crowdfunding refuses an operation. The kinds bear the names of the specification.
public typealias CrowdfundingError = NamedError<CrowdfundingErrorKind>

public enum CrowdfundingErrorKind: String, Sendable, CaseIterable {
  case alreadyRegistered = "AlreadyRegistered"
  case amountOverflow = "AmountOverflow"
  case badReveal = "BadReveal"
  case dimensionMismatch = "DimensionMismatch"
  case duplicateCommit = "DuplicateCommit"
  case duplicateProposal = "DuplicateProposal"
  case duplicateReport = "DuplicateReport"
  case duplicateReveal = "DuplicateReveal"
  case duplicateUpdate = "DuplicateUpdate"
  case duplicateVote = "DuplicateVote"
  case insufficientDeposit = "InsufficientDeposit"
  case invalidAccuracy = "InvalidAccuracy"
  case invalidParameter = "InvalidParameter"
  case invalidSchedule = "InvalidSchedule"
  case invalidTime = "InvalidTime"
  case moneyNotConserved = "MoneyNotConserved"
  case notAuthorized = "NotAuthorized"
  case nothingToWithdraw = "NothingToWithdraw"
  case wrongState = "WrongState"
}

/// Between the ledger's amounts and the whole numbers that public projects are settled in.
enum WholeMoney {
  /// - Throws: `AmountOverflow` above 10^30 units, the most that a project may be about.
  static func of(_ amount: Amount, _ what: @autoclosure () -> String) throws(CrowdfundingError) -> Int128 {
    guard amount.units <= Int128.largestAmount.magnitude else {
      throw CrowdfundingError(
        .amountOverflow, "\(what()) must be at most \(Int128.largestAmount) units, but is \(amount.units)")
    }
    return Int128(amount.units)
  }

  /// - Precondition: known to be at least 0.
  static func amount(_ whole: Int128) -> Amount { Amount(units: whole.magnitude) }

  static func largest(of amounts: [Amount]) -> Amount { amounts.max() ?? .zero }
}

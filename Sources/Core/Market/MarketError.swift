import Tensor

/// Why a step of a market cannot be taken; the ledger is as before.
public enum MarketError: Diagnosable, Equatable {
  case wrongCount(what: String, expected: Int, given: Int)
  /// A step that comes before or after its turn.
  case wrongStage(step: String, stage: SealedBidAuction.Stage)
  /// A step that comes after closing, tried when the time for bids is over and nobody has closed.
  case notClosed(step: String, deadline: Timestamp)
  case deficit(payments: Amount, receipts: Amount, subsidy: Amount)
  /// A market that lacks one of its sides.
  case nobody(side: String)

  public var kind: String {
    switch self {
    case .wrongCount: "ShapeMismatch"
    case .wrongStage, .notClosed: "WrongStage"
    case .deficit: "BudgetDeficit"
    case .nobody: "EmptyInput"
    }
  }

  public var message: String {
    switch self {
    case .wrongCount(let what, let expected, let given): "expected \(expected) \(what), and \(given) were given"
    case .wrongStage(let step, let stage): "cannot \(step): \(stage.explanation)"
    case .notClosed(let step, let deadline):
      "cannot \(step): bidding is over since \(deadline), but the auction is not closed yet"
    case .deficit(let payments, let receipts, let subsidy):
      "sellers are to receive \(receipts) tokens and buyers pay \(payments); the auctioneer has \(subsidy) to add"
    case .nobody(let side): "a market needs \(side), but there are none"
    }
  }

  public var hint: String? {
    switch self {
    case .deficit: "the rule does not balance its budget: give the auctioneer money, or clear by another rule"
    case .notClosed: "sale:close() comes next"
    case .wrongStage: "an auction is opened, takes bids, is closed, has its bids opened, is cleared, and settled"
    default: nil
    }
  }
}

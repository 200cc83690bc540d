import Solvers

/// The options that the functions of public projects share.
enum ProjectOption {
  static let ownerBids = Parameter.wholeAmountTable("owner_bids", "what each owner (row) bids for each model (column)")
  static let stationClaims = Parameter.wholeAmountTable(
    "station_claims", "what each station (row) claims for its work on each model (column)")
  static let ownerShares = Parameter.wholeAmountTable(
    "owner_shares", "what each owner pays of each model's total payment, posted before the claims")
  static let stationShares = Parameter.wholeAmountTable(
    "station_shares", "what each station receives of each model's total payment, posted before the claims")
  static let rule = Parameter<TaxRule>.choice(
    "rule", "over both sides together, over each side by itself, or as the paper prints it", default: .joint)

  static let errors = [
    "NoParticipants", "EmptyInput", "ShapeMismatch", "NegativeAmount", "AmountOverflow", "NotFinite",
  ]

  static func reports(_ arguments: Arguments) throws -> ProjectReports<Int128> {
    try ProjectReports(owners: arguments[ownerBids], stations: arguments[stationClaims])
  }

  static func shares(_ arguments: Arguments) throws -> ProjectShares<Int128> {
    try ProjectShares(owners: arguments[ownerShares], stations: arguments[stationShares])
  }
}

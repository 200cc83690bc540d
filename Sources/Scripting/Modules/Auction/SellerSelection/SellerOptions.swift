import Solvers

/// Options that say who sells data and what sets of sellers are worth.
enum SellerOptions {
  static let sizes = Parameter.numbers("sizes", "D: the samples that each seller offers, at least 0", unit: "samples")
  static let emds = Parameter.numbers("emds", "theta: the EMD of each seller's labels to those wanted, from 0 to 2")
  static let bids = Parameter.numbers("bids", "what each seller asks, at least 0", unit: "money")
  static let valueScale = Parameter<Double>.number(
    "value_scale", "what all values are multiplied by, above 0", default: 1)
  static let empty = Parameter<DataQuality.Empty>.choice(
    "empty", "what buying nothing is worth: what the formula says, or 0", default: .literal)

  static let errors = [
    "EmptyInput", "LengthMismatch", "NonFinite", "Negative", "NonPositive", "OutOfRange", "TooManyBidders",
  ]

  /// All but the value scale, whose default differs.
  static var all: [any AnyParameter] {
    [sizes, emds] + DataQualityOptions.ofUtility + [DataQualityOptions.variant, empty]
  }

  static func sellers(_ arguments: Arguments, scale: Parameter<Double> = valueScale) throws -> DataSellers {
    try DataSellers(
      sizes: arguments[sizes], distances: arguments[emds],
      quality: DataQualityOptions.quality(arguments, variant: arguments[DataQualityOptions.variant]),
      empty: arguments[empty], valueScale: arguments[scale])
  }
}

import Solvers
import Tensor

/// The options that the functions of procurement share.
enum ProcurementOption {
  static let family = Parameter<ConcaveIncome.Family>.choice(
    "income", "A sqrt(X), A ln(1 + X / B), A (1 - exp(-X / B)) or A X of the useful data X")
  static let scale = Parameter<Double>.number("scale", "A", unit: "money", domain: .money)
  static let saturation = Parameter<Double>.number(
    "saturation", "B, of log and exp, above 0", unit: "data", default: 1)
  static let quality = Parameter.numbers("quality", "q, what a unit of each kind of data adds to X")
  static let unitCosts = Parameter.numbers("unit_costs", "u, by kind")
  static let curvature = Parameter.numbers(
    "curvature", "v, by kind, of costs gamma (u x + v x^2 / 2); none for linear ones"
  ).optional()

  static let errors = ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter"]

  /// A list of lists of numbers, which may differ in length.
  static func lists(_ name: String, _ summary: String, unit: String? = nil) -> Parameter<[[Double]]> {
    Parameter(
      name: name, summary: summary, typeName: "a list of rows of numbers, perhaps of different lengths", unit: unit,
      domain: nil, fallback: nil, fallbackText: nil, choices: []
    ) { stack, index in
      try ListReader.elements(stack, index, expected: "a list of rows of numbers") {
        try ListReader.numbers(stack, $0, expected: "a list of numbers")
      }
    }
  }

  static func procurement(_ arguments: Arguments) throws -> DataProcurement {
    try DataProcurement(
      income: ConcaveIncome(arguments[family], scale: arguments[scale], saturation: arguments[saturation]),
      quality: arguments[quality], unitCosts: arguments[unitCosts], curvature: arguments[curvature])
  }
}

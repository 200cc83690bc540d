import Solvers

/// The constants of the incentive game as options, with the specification's defaults.
struct IncentiveOptions {
  private static let standard = IncentiveParameters()

  /// An option that is one field of the parameters.
  private struct Constant {
    let parameter: Parameter<Double>
    let field: WritableKeyPath<IncentiveParameters, Double>

    init(
      _ name: String, _ summary: String, unit: String? = nil, _ field: WritableKeyPath<IncentiveParameters, Double>
    ) {
      parameter = .number(name, summary, unit: unit, default: IncentiveOptions.standard[keyPath: field])
      self.field = field
    }
  }

  private let constants = [
    Constant("quality_scale", "mu_0", \.qualityScale),
    Constant("loss_offset", "mu_1", \.lossOffset),
    Constant("reference_age", "T_ref", unit: "s", \.referenceAge),
    Constant("energy_weight", "alpha, 0 to 1", \.energyWeight),
    Constant("privacy_weight", "beta", \.privacyWeight),
    Constant("capacitance", "zeta", unit: "F", \.capacitance),
    Constant("cycles_per_sample", "z", unit: "cycles", \.cyclesPerSample),
    Constant("batch", "s", unit: "samples", \.batchSize),
    Constant("memory_ratio", "xi, 0 to 1", \.memoryRatio),
    Constant("memory", "theta", unit: "GB", \.memory),
    Constant("concavity", "sigma; members need it below 1 to take part", \.concavity),
    Constant("period", "T: decision period", unit: "s", \.decisionPeriod),
    Constant("min_privacy_budget", "least epsilon", \.minimumPrivacyBudget),
    Constant("max_privacy_budget", "largest epsilon", \.maximumPrivacyBudget),
    Constant("message_bits", "d: size of an update", unit: "bit", \.messageBits),
    Constant("bandwidth", "omega", unit: "Hz", \.bandwidth),
    Constant("sinr", "signal-to-interference-plus-noise ratio, linear", \.signalToNoise),
  ]
  private let limit = Parameter<Double>.number("max_iterations", "k_max for every member")
    .optional("from the decision period")

  var parameters: [any AnyParameter] { constants.map(\.parameter) + [limit] }

  func values(_ arguments: Arguments) -> IncentiveParameters {
    var result = Self.standard
    for constant in constants { result[keyPath: constant.field] = arguments[constant.parameter] }
    result.maximumIterations = arguments[limit]
    return result
  }
}

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

  /// What a federation knows of itself: its devices and what an iteration of it is.
  struct Federated {
    var cyclesPerSample: Double
    /// Samples of one local iteration.
    var iterationSamples: Double
    var messageBits: Double
    var bandwidth: Double
    var signalToNoise: Double
  }

  private let constants = [
    Constant("quality_scale", "mu_0", \.qualityScale),
    Constant("loss_offset", "mu_1", \.lossOffset),
    Constant("reference_age", "T_ref", unit: "s", \.referenceAge),
    Constant("energy_weight", "alpha, 0 to 1", \.energyWeight),
    Constant("privacy_weight", "beta", \.privacyWeight),
    Constant("capacitance", "zeta", unit: "F", \.capacitance),
    Constant("memory_ratio", "xi, 0 to 1", \.memoryRatio),
    Constant("memory", "theta", unit: "GB", \.memory),
    Constant("concavity", "sigma; members need it below 1 to take part", \.concavity),
    Constant("period", "T: decision period", unit: "s", \.decisionPeriod),
    Constant("min_privacy_budget", "least epsilon", \.minimumPrivacyBudget),
    Constant("max_privacy_budget", "largest epsilon", \.maximumPrivacyBudget),
  ]

  /// An option whose default is the federation's own value, where one plays.
  private struct Device {
    let parameter: Parameter<Double?>
    let field: WritableKeyPath<IncentiveParameters, Double>
    let federated: KeyPath<Federated, Double>

    init(
      _ name: String, _ summary: String, unit: String? = nil, _ field: WritableKeyPath<IncentiveParameters, Double>,
      _ federated: KeyPath<Federated, Double>
    ) {
      let standard = NumberFormat.shortest(IncentiveOptions.standard[keyPath: field])
      parameter = Parameter<Double>.number(name, summary, unit: unit).optional("the federation's, or \(standard)")
      self.field = field
      self.federated = federated
    }
  }

  private let devices = [
    Device("cycles_per_sample", "z", unit: "cycles", \.cyclesPerSample, \.cyclesPerSample),
    Device("batch", "s: samples of one local iteration", unit: "samples", \.batchSize, \.iterationSamples),
    Device("message_bits", "d: size of an update", unit: "bit", \.messageBits, \.messageBits),
    Device("bandwidth", "omega", unit: "Hz", \.bandwidth, \.bandwidth),
    Device("sinr", "signal-to-interference-plus-noise ratio, linear", \.signalToNoise, \.signalToNoise),
  ]
  private let limit = Parameter<Double>.number("max_iterations", "k_max for every member")
    .optional("from the decision period")

  var parameters: [any AnyParameter] {
    constants.map(\.parameter) + devices.map(\.parameter) + [limit]
  }

  func values(_ arguments: Arguments, federated: Federated? = nil) -> IncentiveParameters {
    var result = Self.standard
    for device in devices {
      if let value = arguments[device.parameter] ?? federated?[keyPath: device.federated] {
        result[keyPath: device.field] = value
      }
    }
    for constant in constants { result[keyPath: constant.field] = arguments[constant.parameter] }
    result.maximumIterations = arguments[limit]
    return result
  }
}

import Solvers

/// What effort costs, and how long it takes.
enum CostFunctions {
  static var all: [Function] {
    [unitComputationCost, unitPrivacyCost, totalCost, trainingTime, uploadTime, maximumIterations]
  }

  private static let frequency = Parameter.numbers("frequency", "f: each member's CPU clock, above 0", unit: "Hz")
  private static let anyFrequency = Parameter.numbers(
    "frequency", "f: CPU clock, above 0, per member or one for all", unit: "Hz", scalar: true)
  private static func cycles(_ fallback: Double? = nil) -> Parameter<[Double]> {
    .numbers(
      "cycles_per_sample", "z: CPU cycles to train on one sample, above 0", unit: "cycles", scalar: true,
      default: fallback.map { [$0] }, defaultText: fallback.map(NumberFormat.shortest))
  }

  private static var unitComputationCost: Function {
    let weight = Parameter<Double>.number(
      "energy_weight", "alpha: the weight of energy against memory, 0 to 1", default: 0.3)
    let capacitance = Parameter.numbers(
      "capacitance", "zeta: effective capacitance, above 0", unit: "F", scalar: true, default: [1e-27],
      defaultText: "1e-27")
    let cycles = cycles(1.5625e7)
    let batch = Parameter.numbers(
      "batch", "s: batch size", unit: "samples", scalar: true, default: [64], defaultText: "64")
    let ratio = Parameter.numbers(
      "memory_ratio", "xi: share of memory in use, 0 to 1", scalar: true, default: [0.5], defaultText: "0.5")
    let memory = Parameter.numbers(
      "memory", "theta: device memory", unit: "GB", scalar: true, default: [8], defaultText: "8")
    return Function(
      Signature(
        "game.unit_computation_cost",
        "C^c = alpha zeta z s f^2 + (1 - alpha) xi theta: what one local iteration costs each member.",
        [weight, capacitance, cycles, batch, frequency, ratio, memory], result: "a list, one cost per member",
        errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter"], source: "FL-NFT (3), PMS-AM (6)",
        example: "game.unit_computation_cost{ frequency = { 3e9, 5e9 } }")
    ) { arguments in
      .numbers(
        try IncentiveModel.unitComputationCost(
          energyWeight: arguments[weight], capacitance: arguments[capacitance], cyclesPerSample: arguments[cycles],
          batchSize: arguments[batch], frequencies: arguments[frequency], memoryRatio: arguments[ratio],
          memory: arguments[memory]))
    }
  }

  private static var unitPrivacyCost: Function {
    let weight = Parameter<Double>.number("privacy_weight", "beta, at least 0", default: 0.5)
    let norms = Parameter.numbers("gradient_norm", "|g|: norm of each member's last clipped gradient before noise")
    return Function(
      Signature(
        "game.unit_privacy_cost", "C^p = beta ln(1 + |g|): what a unit of privacy budget costs each member.",
        [weight, norms], result: "a list, one cost per member",
        errors: ["EmptyInput", "NotFinite", "InvalidParameter"],
        source: "FL-NFT (4), PMS-AM (7); on the gradient before noise",
        example: "game.unit_privacy_cost{ gradient_norm = { 0.5, 2 } }")
    ) { arguments in
      .numbers(try IncentiveModel.unitPrivacyCost(privacyWeight: arguments[weight], gradientNorms: arguments[norms]))
    }
  }

  private static var totalCost: Function {
    let iterations = Parameter.numbers("iterations", "k: local iterations of each member")
    let budget = Parameter.numbers("privacy_budget", "epsilon: privacy budget of each member")
    return Function(
      Signature(
        "game.total_cost", "C = C^c k + C^p epsilon: what each member spends in a round.",
        [GameOption.computationCost, iterations, GameOption.privacyCost, budget], result: "a list, one cost per member",
        errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter"], source: "FL-NFT (2), PMS-AM (5)",
        example:
          "game.total_cost{ computation_cost = { 7.6 }, iterations = { 5 }, privacy_cost = { 0.35 }, privacy_budget = { 1 } }"
      )
    ) { arguments in
      .numbers(
        try IncentiveModel.totalCost(
          computationCost: arguments[GameOption.computationCost], iterations: arguments[iterations],
          privacyCost: arguments[GameOption.privacyCost], privacyBudgets: arguments[budget]))
    }
  }

  private static var trainingTime: Function {
    let losses = Parameter.numbers("losses", "H: mean cross entropy, above 0", unit: "nats", scalar: true)
    let sizes = Parameter.numbers("sizes", "|D|: training samples", unit: "samples", scalar: true)
    let cycles = cycles(1.5625e7)
    let variant = GameOption.variant("ln(1/H) D / f, negative where H exceeds 1")
    return Function(
      Signature(
        "game.training_time", "T^m = ln(1 + 1/H) z D / f: how long local training takes, for planning.",
        [losses, sizes, anyFrequency, cycles, variant], result: "a list of seconds, one per member",
        errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter"],
        source: "FL-NFT and PMS-AM, T^m before (8) and (11)",
        example: "game.training_time{ losses = { 0.5 }, sizes = 5000, frequency = { 3e9 } }")
    ) { arguments in
      .numbers(
        try IncentiveModel.trainingTime(
          losses: arguments[losses], dataSizes: arguments[sizes], frequencies: arguments[anyFrequency],
          cyclesPerSample: arguments[cycles], variant: arguments[variant]))
    }
  }

  private static var uploadTime: Function {
    let bits = Parameter.numbers("bits", "d: size of the message", unit: "bit", scalar: true)
    let bandwidth = Parameter.numbers(
      "bandwidth", "omega, above 0", unit: "Hz", scalar: true, default: [1e6], defaultText: "1e6")
    let ratio = Parameter.numbers(
      "sinr", "signal-to-interference-plus-noise ratio, linear, above 0", scalar: true, default: [100],
      defaultText: "100")
    return Function(
      Signature(
        "game.upload_time", "T^l = d / (omega log2(1 + SINR)): how long sending the update takes.",
        [bits, bandwidth, ratio], result: "a list of seconds, one per member",
        errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter"],
        source: "FL-NFT after (8), PMS-AM after (11)", example: "game.upload_time{ bits = 1628480 }")
    ) { arguments in
      .numbers(
        try IncentiveModel.uploadTime(
          bits: arguments[bits], bandwidth: arguments[bandwidth], signalToNoise: arguments[ratio]))
    }
  }

  private static var maximumIterations: Function {
    let period = Parameter.numbers(
      "period", "T: decision period", unit: "s", scalar: true, default: [10], defaultText: "10")
    let cycles = cycles(1.5625e7)
    let batch = Parameter.numbers(
      "batch", "s: batch size", unit: "samples", scalar: true, default: [64], defaultText: "64")
    let capacitance = Parameter.numbers(
      "capacitance", "zeta, read by the printed rule", unit: "F", scalar: true, default: [1e-27], defaultText: "1e-27")
    let bandwidth = Parameter.numbers(
      "bandwidth", "read by the printed rule", unit: "Hz", scalar: true, default: [1e6], defaultText: "1e6")
    let communication = Parameter.numbers(
      "communication_time", "T^l: time to send the update", unit: "s", scalar: true, default: [0], defaultText: "0")
    let variant = GameOption.variant("whose units do not fit")
    return Function(
      Signature(
        "game.max_iterations", "f (T - T^l) / (z s): how many local iterations the decision period leaves time for.",
        [period, cycles, batch, anyFrequency, capacitance, bandwidth, communication, variant],
        result: "a list, not rounded, one per member",
        errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter", "Infeasible"],
        source: "C2 of FL-NFT (12), PMS-AM (15)", example: "game.max_iterations{ frequency = { 3e9, 5e9 } }")
    ) { arguments in
      .numbers(
        try IncentiveModel.maximumIterations(
          period: arguments[period], cyclesPerSample: arguments[cycles], batchSize: arguments[batch],
          frequencies: arguments[anyFrequency], capacitance: arguments[capacitance], bandwidth: arguments[bandwidth],
          communicationTime: arguments[communication], variant: arguments[variant]))
    }
  }
}

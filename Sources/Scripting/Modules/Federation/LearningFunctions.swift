import Core
import Solvers
import Tensor

/// The pieces that training is made of, one by one.
enum LearningFunctions {
  static var all: [Function] {
    [
      clip, sensitivity, laplaceScale, laplaceQuantile, noisyGradient, sgdStep, fedavg, crossEntropy, selectClients,
      mintingTime,
    ]
  }

  private static var clip: Function {
    let vector = Parameter.numbers("vector", "what to clip")
    let bound = Parameter<Double>.number("bound", "c: the largest norm allowed, above 0")
    let norm = Parameter<GradientNorm>.choice("norm", "which norm", default: .l1)
    return Function(
      Signature(
        "fl.clip", "Scales a vector down to a norm, if it exceeds it.", [vector, bound, norm], result: "a list",
        errors: ["EmptyInput", "NotFinite", "InvalidParameter"], source: "PMS-AM (4) needs it; ours",
        example: "fl.clip{ vector = { 3, -4, 0 }, bound = 1 }")
    ) { arguments in
      .numbers(try GradientClipping.clip(arguments[vector], to: arguments[bound], norm: arguments[norm]))
    }
  }

  private static var sensitivity: Function {
    let clip = Parameter<Double>.number("clip", "c: norm that no sample's gradient exceeds, above 0")
    let batch = Parameter<Int>.integer("batch", "samples in the mean, at least 1")
    let adjacency = Parameter<Adjacency>.choice("adjacency", "which data sets are neighbours", default: .replace)
    return Function(
      Signature(
        "fl.gradient_sensitivity", "How far the mean of clipped gradients moves between neighbouring data sets.",
        [clip, batch, adjacency], result: "a number", errors: ["NotFinite", "InvalidParameter"],
        source: "Delta f of PMS-AM (4); ours", example: "fl.gradient_sensitivity{ clip = 1, batch = 64 }")
    ) { arguments in
      .number(
        try LaplaceMechanism.meanGradientSensitivity(
          clip: arguments[clip], batchSize: arguments[batch], adjacency: arguments[adjacency]))
    }
  }

  private static var laplaceScale: Function {
    let sensitivity = Parameter<Double>.number("sensitivity", "Delta f, above 0")
    let epsilon = Parameter<Double>.number("privacy_budget", "epsilon, above 0")
    return Function(
      Signature(
        "fl.laplace_scale", "Delta f / epsilon: the scale of noise that makes a release epsilon-private.",
        [sensitivity, epsilon], result: "a number", errors: ["NotFinite", "InvalidParameter"], source: "PMS-AM (4)",
        example: "fl.laplace_scale(0.03125, 5)"),
      direct: { sensitivity, epsilon in
        sensitivity > 0 && epsilon > 0 && sensitivity < .infinity && epsilon < .infinity ? sensitivity / epsilon : .nan
      }
    ) { arguments in
      .number(try LaplaceMechanism.scale(sensitivity: arguments[sensitivity], epsilon: arguments[epsilon]))
    }
  }

  private static var laplaceQuantile: Function {
    let probabilities = Parameter.numbers("probabilities", "u, each between 0 and 1", scalar: true)
    let location = Parameter<Double>.number("location", "mu", default: 0)
    let scale = Parameter<Double>.number("scale", "above 0", default: 1)
    return Function(
      Signature(
        "fl.laplace_quantile", "The inverse distribution function of Laplace noise.", [probabilities, location, scale],
        result: "a list", errors: ["EmptyInput", "NotFinite", "InvalidParameter"], source: "PMS-AM (4)",
        example: "fl.laplace_quantile{ probabilities = { 0.25, 0.5 }, scale = 2 }")
    ) { arguments in
      .numbers(
        try LaplaceMechanism.quantile(
          arguments[probabilities], location: arguments[location], scale: arguments[scale]))
    }
  }

  private static var noisyGradient: Function {
    let gradients = Parameter.matrix("gradients", "one row for each sample")
    let clip = Parameter<Double>.number("clip", "c: L1 norm to clip each row to, above 0")
    let epsilon = Parameter<Double>.number("privacy_budget", "epsilon, above 0")
    let uniforms = Parameter.numbers("uniforms", "a number between 0 and 1 for each coordinate, where noise is drawn")
    let adjacency = Parameter<Adjacency>.choice("adjacency", "which data sets are neighbours", default: .replace)
    return Function(
      Signature(
        "fl.noisy_gradient", "Clips each sample's gradient, takes the mean, adds Laplace noise.",
        [gradients, clip, epsilon, uniforms, adjacency], result: "a list",
        errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter"], source: "PMS-AM (3)-(4)",
        example:
          "fl.noisy_gradient{ gradients = { { 0.2, -0.1 } }, clip = 1, privacy_budget = 2, uniforms = { 0.1, 0.6 } }")
    ) { arguments in
      .numbers(
        try LaplaceMechanism.noisyGradient(
          sampleGradients: arguments[gradients].nested, clip: arguments[clip], epsilon: arguments[epsilon],
          uniforms: arguments[uniforms], adjacency: arguments[adjacency]))
    }
  }

  private static var sgdStep: Function {
    let parameters = Parameter.numbers("parameters", "w")
    let gradient = Parameter.numbers("gradient", "g")
    let velocity = Parameter.numbers("velocity", "v, zeros at first")
    let rate = Parameter<Double>.number("learning_rate", "gamma, above 0", default: 0.01)
    let momentum = Parameter<Double>.number("momentum", "at least 0, below 1", default: 0.5)
    return Function(
      Signature(
        "fl.sgd_step", "v <- m v + g, w <- w - gamma v: one step of heavy-ball descent.",
        [parameters, gradient, velocity, rate, momentum], result: "a table with parameters and velocity",
        errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter"], source: "PMS-AM 3.1 and table 2",
        example: "fl.sgd_step{ parameters = { 1, -2 }, gradient = { 0.5, 0.25 }, velocity = { 0.2, 0 } }")
    ) { arguments in
      let next = try StochasticGradientDescent.step(
        parameters: arguments[parameters], gradient: arguments[gradient], velocity: arguments[velocity],
        learningRate: arguments[rate], momentum: arguments[momentum])
      return .record(["parameters": .numbers(next.parameters), "velocity": .numbers(next.velocity)])
    }
  }

  private static var fedavg: Function {
    let models = Parameter.matrix("models", "one row of parameters for each model")
    let sizes = Parameter.numbers("sizes", "samples behind each model", unit: "samples")
    return Function(
      Signature(
        "fl.fedavg", "The mean of models weighted by the data behind them.", [models, sizes], result: "a list",
        errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter", "UndefinedRatio"],
        source: "McMahan et al. 2017; PMS-AM 3.1",
        example: "fl.fedavg{ models = { { 1, 2 }, { 3, 6 } }, sizes = { 1, 3 } }")
    ) { arguments in
      .numbers(try FederatedAverage.average(models: arguments[models].nested, sizes: arguments[sizes]))
    }
  }

  private static var crossEntropy: Function {
    let labels = Parameter.integers("labels", "the true class of each row, from 1")
    let probabilities = Parameter.matrix("probabilities", "a row of class probabilities for each label")
    let floor = Parameter<Double>.number("floor", "no probability counts as smaller", default: 1e-12)
    return Function(
      Signature(
        "fl.mean_cross_entropy", "H: the mean of -ln p(label).", [labels, probabilities, floor],
        result: "a number of nats", errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter"],
        source: "H of FL-NFT (7), PMS-AM (10)",
        example: "fl.mean_cross_entropy{ labels = { 1 }, probabilities = { { 0.5, 0.5 } } }")
    ) { arguments in
      let probabilities = arguments[probabilities]
      do {
        return .number(
          try CrossEntropy.mean(
            labels: arguments[labels].map { $0 &- 1 }, probabilities: probabilities.nested, floor: arguments[floor]))
      } catch NumericError.invalidParameter(_, "label", _, _) {
        // Told as the caller counts.
        let wrong = arguments[labels].first { !(1...max(1, probabilities.columns)).contains($0) }
        throw ScriptError.invalidParameter(
          "label must be 1 to \(probabilities.columns), got \(wrong.map { "\($0)" } ?? "none")")
      }
    }
  }

  private static var selectClients: Function {
    let scores = Parameter.numbers("scores", "one for each member, such as its loss")
    let count = Parameter<Int>.integer("count", "m: how many to select")
    return Function(
      Signature(
        "fl.select_clients", "The members with the largest scores; ties go to the lower index.", [scores, count],
        result: "a list of members, from 1, the largest score first",
        errors: ["EmptyInput", "NotFinite", "InvalidParameter"],
        source: "loss-based and gradient-norm baselines, PMS-AM 6.2 1)",
        example: "fl.select_clients{ scores = { 0.3, 0.9, 0.9, 0.1 }, count = 2 }")
    ) { arguments in
      .integers(try ClientSelection.largest(arguments[scores], count: arguments[count]).map { $0 + 1 })
    }
  }

  private static var mintingTime: Function {
    let training = Parameter.matrix("training", "rounds (rows) x members (columns)", unit: "s")
    let upload = Parameter.matrix("upload", "likewise", unit: "s")
    let decision = Parameter.numbers("decision", "how long the game took in each round", unit: "s")
    let consensus = Parameter.numbers("consensus", "how long the block took in each round", unit: "s")
    return Function(
      Signature(
        "fl.minting_time", "How long it takes until a model is minted, by parts.",
        [training, upload, decision, consensus],
        result: "a table with training (the slowest member of each round, with its upload), game, consensus and total",
        errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter"], source: "PMS-AM table 3",
        example:
          "fl.minting_time{ training = { { 1, 2 } }, upload = { { 0.1, 0.1 } }, decision = { 0.2 }, consensus = { 1 } }"
      )
    ) { arguments in
      let time = try IncentiveModel.mintingTime(
        training: arguments[training], upload: arguments[upload], gameDecision: arguments[decision],
        consensus: arguments[consensus])
      return .record([
        "training": .number(time.training), "game": .number(time.game), "consensus": .number(time.consensus),
        "total": .number(time.total),
      ])
    }
  }
}

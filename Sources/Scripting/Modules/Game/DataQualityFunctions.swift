import Solvers

/// What data are worth to a task.
enum DataQualityFunctions {
  static var all: [Function] { [exponent, quality, utility] }

  private static let errors = ["NonFinite", "Negative", "NonPositive", "OutOfRange"]
  private static let emd = Parameter<Double>.number("emd", "theta, from 0 to 2")

  private static var exponent: Function {
    Function(
      Signature(
        "game.quality_exponent", "alpha = exp(-(theta / a4 + a3)^2): how good data with these labels can become.",
        [emd, DataQualityOptions.offset, DataQualityOptions.scale], result: "a number between 0 and 1",
        errors: errors, source: "TBCIM (27)", example: "game.quality_exponent{ emd = 0.77 }")
    ) { arguments in
      var quality = DataQuality()
      quality.distanceOffset = arguments[DataQualityOptions.offset]
      quality.distanceScale = arguments[DataQualityOptions.scale]
      return .number(try quality.exponent(distance: arguments[emd]))
    }
  }

  private static var quality: Function {
    let samples = Parameter<Double>.number("samples", "D, at least 0", unit: "samples")
    return Function(
      Signature(
        "game.data_quality", "q = alpha - a1 exp(-(a2 D)^alpha): the accuracy that data are expected to give.",
        [samples, emd] + DataQualityOptions.ofQuality + [DataQualityOptions.variant],
        result: "a number below 1, negative for few and unlike samples unless a floor is set", errors: errors,
        source: "TBCIM (27), (28)", example: "game.data_quality{ samples = 50000, emd = 0.6 }")
    ) { arguments in
      .number(
        try DataQualityOptions.quality(
          arguments, variant: arguments[DataQualityOptions.variant], valued: false
        ).quality(samples: arguments[samples], distance: arguments[emd]))
    }
  }

  private static var utility: Function {
    let sizes = Parameter.numbers("sizes", "d: each worker's samples, at least 0; {} for nobody", unit: "samples")
    let emds = Parameter.numbers("emds", "theta: the EMD of each worker's labels and the task's, from 0 to 2")
    let empty = Parameter<DataQuality.Empty>.choice(
      "empty", "what nobody is worth: what the formula says, which is more than nothing, or 0", default: .literal)
    return Function(
      Signature(
        "game.data_utility", "U_d = a5 q of several workers' samples at their mean EMD.",
        [sizes, emds] + DataQualityOptions.ofUtility + [empty, DataQualityOptions.variant],
        result: "a table with samples, mean_emd, quality and value", errors: errors + ["LengthMismatch"],
        source: "TBCIM (28)", example: "game.data_utility{ sizes = { 11000, 8000 }, emds = { 1.1, 0.5 } }")
    ) { arguments in
      let utility = try DataQualityOptions.quality(arguments, variant: arguments[DataQualityOptions.variant])
        .utility(sizes: arguments[sizes], distances: arguments[emds], empty: arguments[empty])
      return .record([
        "samples": .number(utility.samples), "mean_emd": .number(utility.meanDistance),
        "quality": .number(utility.quality), "value": .number(utility.value),
      ])
    }
  }
}

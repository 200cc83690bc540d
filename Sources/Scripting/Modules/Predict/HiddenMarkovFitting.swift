import Solvers
import Tensor

/// `hmm:fit`.
enum HiddenMarkovFitting {
  static func fit(_ context: RunContext) -> Function {
    let tolerance = Parameter<Double>.number(
      "tolerance", "an iteration that adds no more than this to the log likelihood is the last", default: 1e-4,
      domain: .nonNegative)
    let restarts = PredictOption.restarts(0)
    let smoothing = PredictOption.smoothing(0)
    return .method(
      Signature(
        "hmm:fit", "Fits the model to what was observed, by Baum and Welch's iteration from where it stands.",
        [
          PredictOption.sequences, PredictOption.iterations, tolerance, smoothing, restarts, PredictOption.seed,
        ], list: "sequences",
        result: "a result with log_likelihood, log_likelihoods (by iteration), iterations, converged, aic, bic, ...",
        errors: PredictOption.sequenceErrors + ["NotFinite"],
        source: "Baum, Petrie, Soules, Weiss 1970; PMS-AM 5.1 leaves it open",
        example: "predict.hmm{ states = 2, symbols = 3 }:fit{ 1, 1, 2, 3, 3, 3, 1, 1, 1, 2, 3, 3 }")
    ) { (object: HiddenMarkovObject, arguments) in
      let options = try BaumWelch.Options(
        iterations: arguments[PredictOption.iterations], tolerance: arguments[tolerance],
        smoothing: arguments[smoothing], restarts: arguments[restarts])
      let bar = ProgressBar(context, unit: "start", total: options.restarts + 1)
      defer { bar.finish() }
      let sequences = arguments[PredictOption.sequences].map(SymbolNumbers.fromLua)
      let fit = try BaumWelch.fit(
        sequences, from: object.model, options: options,
        seed: arguments[PredictOption.seed].map { UInt64($0) } ?? context.seed, threads: context.threads,
        cancellation: context.cancellation
      ) { bar.show(done: $0) }
      object.model = fit.model
      return .object(fit.result(observations: sequences.reduce(0) { $0 + $1.count }, smoothing: options.smoothing))
    }
  }
}

extension BaumWelch.Fit {
  fileprivate func result(observations: Int, smoothing: Double) -> ResultObject {
    func charged(_ criterion: InformationCriterion) -> Double {
      criterion.value(
        logLikelihood: logLikelihood, parameters: model.freeParameters, observations: observations)
    }
    let path = TextTable(
      "",
      [.init("iteration", .integers(Array(logLikelihoods.indices))), .init("log likelihood", .numbers(logLikelihoods))])
    var fields: Record = [
      "log_likelihood": .number(logLikelihood), "log_likelihoods": .numbers(logLikelihoods),
      "iterations": .integer(iterations), "converged": .boolean(converged),
      "start": .integer(start), "start_objectives": .numbers(startObjectives.map { $0 ?? -.infinity }),
      "observations": .integer(observations), "aic": .number(charged(.aic)), "bic": .number(charged(.bic)),
    ]
    if smoothing > 0 { fields["objectives"] = .numbers(objectives) }
    return ResultObject(
      "fit of a hidden Markov model of \(model.states) states to \(observations) symbols", fields: fields,
      tables: [
        TextTable(
          "",
          [
            .init("log likelihood", .numbers([logLikelihood])),
            .init("a symbol", .numbers([logLikelihood / Double(observations)])),
            .init("iterations", .integers([iterations])), .init("AIC", .numbers([charged(.aic)])),
            .init("BIC", .numbers([charged(.bic)])),
          ])
      ], rows: path,
      notes: [
        (converged ? "converged" : "not converged: give it more iterations")
          + (startObjectives.count > 1
            ? ", from \(start == 0 ? "the given start" : "random start \(start)") of \(startObjectives.count)" : "")
      ],
      pictures: [
        Picture(
          "fit",
          Plot(
            series: [
              .init(
                name: "", points: logLikelihoods.enumerated().map { .init(x: Double($0.offset), y: $0.element) })
            ], title: "fit", xLabel: "iteration", yLabel: "log likelihood"))
      ])
  }
}

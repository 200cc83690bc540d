import Core
import Solvers
import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How federations look from Lua.
extension FederationObject {
  static func type(_ context: RunContext) -> ObjectType {
    ObjectType(
      FederationObject.self, "members who train one model together",
      methods: [
        train(context), evaluate(context), memberTable, history, memberHistory, fairness(context), privacy(context),
        contributions(context), plot, map, CheckpointFunctions.save,
        CheckpointFunctions.saveWeights, CheckpointFunctions.loadWeights,
      ],
      fields: [
        TypedField("round", "rounds finished") { .integer($0.federation.round) },
        TypedField("clients", "how many members") { .integer($0.federation.members.count) },
        TypedField("parameters", "numbers that the model has") { .integer($0.federation.model.parameters.count) },
        TypedField("architecture", "the network") { .string($0.federation.model.architecture.description) },
        TypedField("accuracy", "on the test images, after the last round") { .optional($0.rounds.last?.accuracy) },
        TypedField("loss", "on the test images, after the last round") { .optional($0.rounds.last?.loss) },
        TypedField("accuracies", "after each round") { .numbers($0.rounds.map(\.accuracy)) },
        TypedField("losses", "after each round") { .numbers($0.rounds.map(\.loss)) },
        TypedField("epsilon_spent", "of each member, all rounds together") { .numbers($0.federation.epsilonSpent) },
        TypedField("simulated_seconds", "on the virtual clock, all rounds together") {
          .number($0.federation.simulatedSeconds)
        },
        TypedField("model_hash", "SHA-256 of the parameters") { .string($0.modelHash) },
        TypedField("guarantee", "what the noise promises, in words") { .string($0.federation.options.guarantee) },
      ],
      describe: { $0.text })
  }

  /// SHA-256 of the parameters, little-endian, in the order of the layers.
  var modelDigest: Digest {
    SHA256.hash(
      federation.model.parameters.flatMap { value in
        withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
      })
  }

  var modelHash: String { modelDigest.description }

  private var text: String {
    let accuracy = rounds.last.map { ", accuracy \(NumberFormat.fixed(100 * $0.accuracy, 2)) %" } ?? ""
    return "federation of \(federation.members.count) members on \(federation.data.name), "
      + "network \(federation.model.architecture), round \(federation.round)\(accuracy)"
  }

  // MARK: Looking

  private static func evaluate(_ context: RunContext) -> Function {
    .method(
      Signature(
        "federation:evaluate", "The present model on the test images.", result: "a table with accuracy and loss",
        errors: ["Interrupted"], example: "fed:evaluate().accuracy")
    ) { (object: FederationObject, _) in
      let evaluation = try object.federation.evaluate(cancellation: context.cancellation)
      return .record(["accuracy": .number(evaluation.accuracy), "loss": .number(evaluation.loss)])
    }
  }

  private static var memberTable: Function {
    .method(
      Signature(
        "federation:members", "Who takes part, with what data and device.",
        result: "a result with name, samples, frequency, privacy_attitude and signal_to_noise as columns",
        example: "print(fed:members())")
    ) { (object: FederationObject, _) in
      let members = object.federation.members
      let sizes = members.map(\.samples.count)
      var columns: [TextTable.Column] = [
        .init("member", .text(members.map(\.name))), .init("samples", .integers(sizes)),
        .init("GHz", .numbers(members.map { $0.device.frequency / 1e9 })),
        .init("privacy attitude", .numbers(members.map(\.privacyAttitude))),
      ]
      if object.federation.options.stationPosition != nil {
        columns.append(.init("SINR (dB)", .numbers(members.map { 10 * log10($0.device.signalToNoise) })))
      }
      return .object(
        ResultObject(
          "members",
          fields: [
            "name": .strings(members.map(\.name)), "samples": .integers(sizes),
            "frequency": .numbers(members.map(\.device.frequency)),
            "privacy_attitude": .numbers(members.map(\.privacyAttitude)),
            "signal_to_noise": .numbers(members.map(\.device.signalToNoise)),
          ],
          tables: [TextTable("", columns)],
          pictures: [
            Picture(
              "samples",
              RoundDrawings.bars(
                sizes.indices.map { $0 + 1 }, sizes.map(Double.init), title: "training examples", label: "samples"))
          ]))
    }
  }

  private static var plot: Function {
    let what = Parameter<String>.string("what", "accuracy, loss, epsilon, energy, seconds or participants").optional(
      "accuracy and loss")
    return .method(
      Signature(
        "federation:plot", "Draws the rounds so far.", [what], result: ChartOptions.result,
        errors: ["InvalidParameter"], example: "fed:plot(\"accuracy\")")
    ) { (object: FederationObject, arguments) in
      let pictures = RoundDrawings.pictures(object.rounds)
      return .object(PlotObject(try Picture.chosen(arguments[what], of: pictures, for: "history")))
    }
  }

  private static var history: Function {
    .method(
      Signature(
        "federation:history", "All rounds so far.",
        result:
          "a result with round, accuracy, loss, simulated_seconds, energy (J), participants, rejected, samples, "
          + "bytes_up, bytes_down and largest_epsilon as columns",
        example: "fed:history():save(\"rounds.csv\")")
    ) { (object: FederationObject, _) in .object(RoundTables.rounds(object.rounds, "history")) }
  }

  private static var memberHistory: Function {
    .method(
      Signature(
        "federation:member_history", "What each member did in each round so far.",
        result:
          "a result with round, member, samples, steps, accuracy and loss (of its model on its data), gradient_norm, "
          + "epsilon, noise_scale, bytes_up, bytes_down, training_seconds, upload_seconds and energy (J) as columns",
        example: "fed:member_history():save(\"clients.jsonl\")")
    ) { (object: FederationObject, _) in .object(RoundTables.members(object.rounds)) }
  }

  private static func fairness(_ context: RunContext) -> Function {
    .method(
      Signature(
        "federation:fairness", "The present model on each member's own data.",
        result: "a result with member, samples, accuracy and loss as columns, and mean, worst_tenth and deviation",
        errors: ["Interrupted"], source: "Li, Sanjabi, Beirami, Smith, ICLR 2020", example: "fed:fairness().worst_tenth"
      )
    ) { (object: FederationObject, _) in
      .object(RoundTables.fairness(try object.federation.evaluateMembers(cancellation: context.cancellation)))
    }
  }

  private static func privacy(_ context: RunContext) -> Function {
    let delta = Parameter<Double>.number("delta", "with which the promise may fail", default: 1e-5)
    let method = Parameter<AccountingMethod>.choice("method", "the accountant", default: .lossDistribution)
    return .method(
      Signature(
        "federation:privacy", "What the server's noise promises to each member, all rounds together.", [delta, method],
        result: "a result with epsilon, delta, method, order and warning",
        errors: ["InvalidParameter", "NotFinite", "SamplingNotAccounted", "Interrupted"],
        source: "docs/privacy.md; an epsilon is given only when the sampling used is the one accounted for",
        example: """
          private = fl.federation{ data = digits, clients = 20, central_noise = 1.1 }
          private:train{ rounds = 2, select = "poisson", participation_rate = 0.3 }
          print(private:privacy{ delta = 1e-5 }.epsilon)
          """)
    ) { (object: FederationObject, arguments) in
      guard
        let guarantee = try object.federation.memberGuarantee(
          delta: arguments[delta], method: arguments[method], cancellation: context.cancellation)
      else {
        throw ScriptError.invalidParameter(
          "this federation's server adds no noise, so there is no guarantee to members; members' own noise: "
            + object.federation.options.guarantee,
          hint: "central_noise = 1 in fl.federation adds some")
      }
      return .object(PrivacyFunctions.report(guarantee))
    }
  }

  private static func contributions(_ context: RunContext) -> Function {
    let method = Parameter<ContributionMethod>.choice("method", "how contributions are measured").optional(
      "shapley up to 12 members, beyond that gtg")
    let permutations = Parameter<Int>.integer(
      "permutations", "orders that a sampling method draws at most", default: 200, domain: .between(1, 1_000_000))
    return .method(
      Signature(
        "federation:contributions",
        "What each member of the last round contributed to the test accuracy of the model.", [method, permutations],
        result: "a result with member, value, standard_error and share as columns, and evaluations and efficiency_gap",
        errors: ["EmptyInput", "InvalidParameter", "NotFinite", "Interrupted"],
        source: "docs/contributions.md; coalitions' models are averages of the round's own updates",
        example: "fed:contributions{ method = \"leave_one_out\" }")
    ) { (object: FederationObject, arguments) in
      try ContributionMethods.ofFederation(
        object.federation, method: arguments[method], permutations: arguments[permutations], context: context)
    }
  }

  private static var map: Function {
    .method(
      Signature(
        "federation:map", "Where members and their base station are.", result: "a plot", errors: ["InvalidParameter"],
        source: "PMS-AM figure 4",
        example: "fl.federation{ data = digits, clients = 10, area = { 1000, 1200 } }:map()")
    ) { (object: FederationObject, _) in
      let places = object.federation.members.compactMap(\.device.position)
      guard let station = object.federation.options.stationPosition else {
        throw ScriptError.invalidParameter(
          "the members of this federation have no places",
          hint: "area = { 1000, 1200 } in fl.federation gives them some")
      }
      let members = Plot.Series(
        name: "members", mark: .scatter, points: places.map { Plot.Point(x: $0.x, y: $0.y) })
      let middle = Plot.Series(
        name: "base station", mark: .scatter, points: [Plot.Point(x: station.x, y: station.y)])
      return .object(
        PlotObject(Plot(series: [members, middle], title: "members", xLabel: "east (m)", yLabel: "north (m)")))
    }
  }
}

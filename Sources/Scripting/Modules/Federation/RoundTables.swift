import Core

/// What rounds amount to, as results that print and save themselves.
enum RoundTables {
  /// One row for each round.
  static func rounds(_ reports: [RoundReport], _ title: String) -> ResultObject {
    let numbers = reports.map(\.round)
    let privacy = reports.map { $0.epsilonSpent.max() ?? 0 }
    let columns: [TextTable.Column] = [
      .init("round", .integers(numbers)), .init("members", .integers(reports.map(\.members.count))),
      .init("samples", .integers(reports.map(\.samplesProcessed))),
      .init("accuracy (%)", .numbers(reports.map { 100 * $0.accuracy })), .init("loss", .numbers(reports.map(\.loss))),
      .init("simulated (s)", .numbers(reports.map(\.simulatedSeconds))),
    ]
    let fields: Record = [
      "round": .integers(numbers), "accuracy": .numbers(reports.map(\.accuracy)),
      "loss": .numbers(reports.map(\.loss)), "simulated_seconds": .numbers(reports.map(\.simulatedSeconds)),
      "energy": .numbers(reports.map(\.joules)), "participants": .integers(reports.map(\.members.count)),
      "rejected": .integers(reports.map(\.rejected.count)),
      "samples": .integers(reports.map(\.samplesProcessed)), "bytes_up": .integers(reports.map(\.bytesUp)),
      "bytes_down": .integers(reports.map(\.bytesDown)), "largest_epsilon": .numbers(privacy),
    ]
    return ResultObject(
      title, fields: fields, tables: [TextTable("", columns)], rows: TextTable(columnsOf: fields),
      pictures: RoundDrawings.pictures(reports))
  }

  /// One row for each member that took part in each round.
  static func members(_ reports: [RoundReport]) -> ResultObject {
    let rows = reports.flatMap { round in round.members.map { (round: round.round, member: $0) } }
    let members = rows.map(\.member)
    let rounds = rows.map(\.round)
    let fields: Record = [
      "round": .integers(rounds), "member": .integers(members.map { $0.member + 1 }),
      "samples": .integers(members.map(\.samplesProcessed)), "steps": .integers(members.map(\.steps)),
      "accuracy": .numbers(members.map(\.accuracy)), "loss": .numbers(members.map(\.crossEntropy)),
      "gradient_norm": .numbers(members.map(\.gradientNorm)), "epsilon": .numbers(members.map(\.epsilonSpent)),
      "noise_scale": .numbers(members.map(\.noiseScale)), "bytes_up": .integers(members.map(\.bytesUp)),
      "bytes_down": .integers(members.map(\.bytesDown)),
      "training_seconds": .numbers(members.map(\.trainingSeconds)),
      "upload_seconds": .numbers(members.map(\.uploadSeconds)), "energy": .numbers(members.map(\.joules)),
    ]
    return ResultObject(
      "members by round", fields: fields,
      tables: [
        TextTable(
          "",
          [
            .init("round", .integers(rounds)), .init("member", .integers(members.map { $0.member + 1 })),
            .init("steps", .integers(members.map(\.steps))),
            .init("accuracy (%)", .numbers(members.map { 100 * $0.accuracy })),
            .init("loss", .numbers(members.map(\.crossEntropy))),
            .init("training (s)", .numbers(members.map(\.trainingSeconds))),
            .init("upload (s)", .numbers(members.map(\.uploadSeconds))),
            .init("energy (J)", .numbers(members.map(\.joules))),
          ])
      ], rows: TextTable(columnsOf: fields))
  }

  /// How the present model does on each member's own data.
  static func fairness(_ evaluations: [MemberEvaluation]) -> ResultObject {
    let spread = FairnessReport(evaluations)
    let members = evaluations.map { $0.member + 1 }
    return ResultObject(
      "the model on each member's data",
      fields: [
        "member": .integers(members), "samples": .integers(evaluations.map(\.evaluation.samples)),
        "accuracy": .numbers(evaluations.map(\.evaluation.accuracy)),
        "loss": .numbers(evaluations.map(\.evaluation.loss)), "mean": .number(spread.mean),
        "worst_tenth": .number(spread.worstTenth), "deviation": .number(spread.deviation),
      ],
      tables: [
        TextTable(
          "",
          [
            .init("member", .integers(members)),
            .init("samples", .integers(evaluations.map(\.evaluation.samples))),
            .init("accuracy (%)", .numbers(evaluations.map { 100 * $0.evaluation.accuracy })),
            .init("loss", .numbers(evaluations.map(\.evaluation.loss))),
          ])
      ],
      notes: [
        "accuracy: mean \(NumberFormat.fixed(100 * spread.mean, 2)) %, worst tenth "
          + "\(NumberFormat.fixed(100 * spread.worstTenth, 2)) %, standard deviation "
          + "\(NumberFormat.fixed(100 * spread.deviation, 2)) points"
      ],
      pictures: [
        Picture(
          "accuracy",
          RoundDrawings.bars(
            members, evaluations.map { 100 * $0.evaluation.accuracy }, title: "the model on each member's data",
            label: "accuracy (%)", rules: [Plot.Rule("mean", .horizontal, at: 100 * spread.mean)]))
      ])
  }
}

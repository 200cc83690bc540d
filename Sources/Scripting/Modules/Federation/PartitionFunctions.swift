import Core
import Tensor

/// What a result of `fl.partition` holds for functions that take one.
struct PartitionPayload {
  let report: PartitionReport
  let classNames: [String]
}

/// Partitions by themselves, and what they amount to.
enum PartitionFunctions {
  static func all(_ context: RunContext) -> [Function] { [partition(context), dirichletPartition(context)] }

  private static let seed = Parameter<Int>.integer("seed", "its own seed", domain: .nonNegative).optional("the run's")

  private static func partition(_ context: RunContext) -> Function {
    let data = Parameter<DataSetObject>.object(
      "data", "whose training part is spread", "a data set, such as data.mnist{}")
    let clients = Parameter<Int>.integer("clients", "N: how many members", default: 10, domain: .between(1, 100_000))
    let samples = Parameter<Int>.integer(
      "samples", "training examples that the members hold together", domain: .atLeast(1)
    ).optional("all")
    let task = Parameter.numbers(
      "task", "the shares of the classes that a task wants, which members are compared with"
    ).optional("those of all the training data")
    return Function(
      Signature(
        "fl.partition", "Spreads a data set over members as fl.federation does, and says who got what.",
        [data, clients, samples] + PartitionOption.parameters + [task, seed],
        result: "a result with sizes, emd (distance of each member's labels, from 0 to 2), histogram (a row of class "
          + "counts for each member), indices (whose example is where, from 1), feature_noise and mean_emd",
        errors: [
          "EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter", "InvalidDistribution", "LengthMismatch",
          "NonFinite",
        ],
        source: "Hsu, Qi, Brown 2019; TBCIM V-A and (26); McMahan et al. 2017; Li et al. 2022",
        example: "fl.partition{ data = digits, clients = 4, partition = \"mixture\", main_share = 0.5 }")
    ) { arguments in
      let set = arguments[data].data
      let seed = arguments[seed].map { UInt64($0) } ?? context.seed
      let members = arguments[clients]
      let task = try arguments[task].map { try LabelDistribution($0, name: "option 'task'") }
      let shares = try PartitionOption.partition(arguments).shares(
        labels: set.train.labels, classes: set.classes, sampleCount: arguments[samples] ?? set.train.count,
        members: members, seed: seed)
      let report = try PartitionReport(shares: shares, labels: set.train.labels, classes: set.classes, task: task)
      return .object(
        result(
          report, shares: shares, noise: try PartitionOption.featureNoise(arguments).levels(members: members),
          title: "partition of \(set.name)", classNames: set.classNames))
    }
  }

  private static func dirichletPartition(_ context: RunContext) -> Function {
    let labels = Parameter.integers("labels", "the class of each example, from 1 to at most 256")
    let clients = Parameter<Int>.integer("clients", "how many members, at least 1")
    let concentration = Parameter<Double>.number("concentration", "beta, above 0", default: 0.5)
    return Function(
      Signature(
        "fl.dirichlet_partition", "Splits each class of some labels by shares from a Dirichlet distribution.",
        [labels, clients, concentration, seed],
        result:
          "a result as that of fl.partition; assigned counts the examples that somebody holds, and each_once says "
          + "whether every example is held by exactly one member",
        errors: ["EmptyInput", "NotFinite", "InvalidParameter"], source: "TBCIM V-A; Hsu, Qi, Brown 2019",
        example: "fl.dirichlet_partition{ labels = { 1, 2, 1, 2, 2, 1 }, clients = 2, concentration = 0.3 }")
    ) { arguments in
      let labels = try arguments[labels].map { label in
        guard (1...256).contains(label) else {
          throw ScriptError.invalidParameter("option 'labels' must hold classes from 1 to 256, got \(label)")
        }
        return UInt8(label - 1)
      }
      let classes = Int(labels.max() ?? 0) + 1
      let shares = try Partition.dirichlet(concentration: arguments[concentration]).shares(
        labels: labels, classes: classes, sampleCount: labels.count, members: arguments[clients],
        seed: arguments[seed].map { UInt64($0) } ?? context.seed)
      return .object(
        result(
          try PartitionReport(shares: shares, labels: labels, classes: classes), shares: shares,
          noise: shares.map { _ in 0 }, title: "partition of \(labels.count) labels", classNames: []))
    }
  }

  private static func result(
    _ report: PartitionReport, shares: [[Int32]], noise: [Double], title: String, classNames: [String]
  ) -> ResultObject {
    let classes = report.reference.shares.indices
    let names = classNames.isEmpty ? classes.map { "class \($0 + 1)" } : classNames
    let numbers = report.sizes.indices.map { $0 + 1 }
    let columns = classes.map { label in
      TextTable.Column(names[label], .integers(report.histograms.map { $0[label] }))
    }
    return ResultObject(
      title,
      fields: [
        "clients": .integer(report.sizes.count), "sizes": .integers(report.sizes), "emd": .numbers(report.distances),
        "mean_emd": .number(report.meanDistance),
        "histogram": .list(report.histograms.map { .integers($0) }), "classes": .strings(names),
        "reference": .numbers(report.reference.shares), "feature_noise": .numbers(noise),
        "assigned": .integer(report.sizes.reduce(0, +)), "unassigned": .integer(report.unassigned),
        "each_once": .boolean(report.isDisjoint && report.unassigned == 0),
        "indices": .list(shares.map { .integers($0.map { Int($0) + 1 }) }),
      ],
      tables: [
        TextTable(
          "",
          [
            .init("member", .integers(numbers)), .init("samples", .integers(report.sizes)),
            .init("EMD", .numbers(report.distances)),
          ] + (noise.allSatisfy { $0 == 0 } ? [] : [.init("noise", .numbers(noise))]) + columns)
      ],
      notes: [
        "mean EMD \(NumberFormat.readable(report.meanDistance))"
          + (report.unassigned > 0 ? "; \(report.unassigned) examples belong to nobody" : "")
      ],
      pictures: [
        Picture("labels", PartitionDrawing.plot(report, classNames: names, title: "labels of each member")),
        Picture("samples", RoundDrawings.bars(numbers, report.sizes.map(Double.init), title: title, label: "samples")),
        Picture("emd", RoundDrawings.bars(numbers, report.distances, title: title, label: "earth mover's distance")),
      ], payload: PartitionPayload(report: report, classNames: names))
  }
}

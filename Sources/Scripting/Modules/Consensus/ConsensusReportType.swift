import Core

/// What reports of consensus offer to scripts.
extension ConsensusObject {
  static var type: ObjectType {
    ObjectType(
      ConsensusObject.self, "the course of a simulated consensus: totals, blocks, properties",
      methods: [summary, blockTable, plot, save],
      fields: [TypedField("title", "what was simulated, in words") { .string($0.title) }],
      dynamicFields: { $0.fields }, describe: { $0.text })
  }

  private static var summary: Function {
    .method(
      Signature(
        "consensus_report:summary", "The totals and properties as text.", result: "a string",
        example: "print(consensus.pbft{ blocks = 5 }:summary())")
    ) { (object: ConsensusObject, _) in .string(object.text) }
  }

  private static var blockTable: Function {
    .method(
      Signature(
        "consensus_report:blocks", "The blocks of the chain that all agree on.",
        result: "a result with height, producer, created, final (nan for not yet), transactions, blocks_at_height",
        example: "print(consensus.pbft{ blocks = 5 }:blocks())")
    ) { (object: ConsensusObject, _) in
      let chain = object.report.chain
      return .object(
        ResultObject(
          object.title,
          fields: [
            "height": .integers(chain.map(\.height)), "producer": .integers(chain.map { $0.producer + 1 }),
            "created": .numbers(chain.map(\.created)), "final": .numbers(chain.map { $0.final ?? .nan }),
            "transactions": .integers(chain.map(\.transactions)),
            "blocks_at_height": .integers(object.report.blocksAtHeight),
          ], tables: [object.blocks]))
    }
  }

  private enum Drawing: String, CaseIterable {
    case intervals, forks, transactions, finality, producers
  }

  private static var plot: Function {
    let drawing = Parameter<Drawing>.choice(
      "what", "times from block to block, blocks at each height, transactions, times to finality, or who made how many",
      default: .intervals)
    return .method(
      Signature(
        "consensus_report:plot", "Draws the course of the blocks.", [drawing], result: "a plot",
        example: "consensus.proof_of_work{ blocks = 50 }:plot(\"forks\")")
    ) { (object: ConsensusObject, arguments) in
      let report = object.report
      func drawn(_ mark: Plot.Mark, _ values: [Double], _ x: String, _ y: String) -> LuaValue {
        .object(
          PlotObject(
            Plot(
              series: [Plot.Series(name: "", mark: mark, values: values)], title: object.title, xLabel: x, yLabel: y)))
      }
      return switch arguments[drawing] {
      case .intervals: drawn(.line, report.intervals, "block", "seconds since the block before")
      case .forks: drawn(.bar, report.blocksAtHeight.map(Double.init), "height", "blocks")
      case .transactions: drawn(.line, report.chain.map { Double($0.transactions) }, "block", "transactions")
      case .finality:
        drawn(
          .line, report.chain.map { block in block.final.map { $0 - block.created } ?? .nan }, "block",
          "seconds until final")
      case .producers:
        drawn(.bar, report.production(members: object.members).map(Double.init), "member", "blocks of the chain")
      }
    }
  }

  private static var save: Function {
    let path = Parameter<String>.string(
      "path", "the file to write: .json for everything, .csv for a row for each block")
    return .method(
      Signature(
        "consensus_report:save", "Writes the report to a file.", [path], result: "the path",
        errors: ["FileError", "InvalidParameter", "Interrupted"],
        example: "consensus.pbft{ blocks = 5 }:save(\"blocks.csv\")")
    ) { (object: ConsensusObject, arguments) in
      let path = arguments[path]
      switch path.split(separator: ".").last.map(String.init) {
      case "csv": try object.blocks.save(.csv, to: path, cancellation: arguments.stack.machine.cancellation)
      case "json": try TextFile.write(try JSONText.pretty(.record(object.fields)) + "\n", to: path)
      default: throw ScriptError.invalidParameter("'\(path)' must end in .json or .csv, to say how to write it")
      }
      return .string(path)
    }
  }
}

import Core
import Solvers

/// The course of a simulated consensus, as scripts hold it.
final class ConsensusObject: ScriptObject {
  static let typeName = "consensus_report"
  let title: String
  let report: ConsensusReport
  let members: Int
  /// What only one kind of consensus has.
  let more: Record
  let notes: [String]

  init(_ title: String, _ report: ConsensusReport, members: Int, more: Record, notes: [String] = []) {
    self.title = title
    self.report = report
    self.members = members
    self.more = more
    self.notes = notes
  }

  var memoryFootprint: Int { report.chain.count * 64 }

  private var totals: Record {
    [
      "height": .integer(report.chain.count), "duration": .number(report.duration),
      "block_interval": .optional(report.meanInterval), "throughput": .number(report.throughput),
      "transactions_per_block": .optional(report.meanTransactions), "messages": .integer(report.messages),
      "orphans": .integer(report.orphans), "orphan_rate": .number(report.orphanRate), "forks": .integer(report.forks),
      "deepest_reorganisation": .integer(report.deepestReorganisation), "finality": .optional(report.meanFinality),
      "consensus_delay": .optional(report.consensusDelay), "agreement": .boolean(report.properties.agreement),
      "validity": .boolean(report.properties.validity), "liveness": .boolean(report.properties.liveness),
    ]
  }

  private var series: Record {
    [
      "produced": .integers(report.production(members: members)), "intervals": .numbers(report.intervals),
      "transactions": .integers(report.chain.map(\.transactions)),
      "blocks_at_height": .integers(report.blocksAtHeight),
    ]
  }

  var fields: Record { Record(totals.fields + more.fields + series.fields) }

  /// A row for each block of the chain.
  var blocks: TextTable {
    TextTable(
      "Blocks",
      [
        .init("height", .integers(report.chain.map(\.height))),
        .init("producer", .integers(report.chain.map { $0.producer + 1 })),
        .init("created s", .numbers(report.chain.map(\.created))),
        .init("final s", .numbers(report.chain.map { $0.final ?? .nan })),
        .init("transactions", .integers(report.chain.map(\.transactions))),
        .init("blocks at height", .integers(report.blocksAtHeight)),
      ])
  }

  var text: String {
    func shown(_ value: Double?, _ unit: String) -> String {
      value.map { NumberFormat.readable($0) + unit } ?? "none"
    }
    let properties = report.properties
    let rows: [(String, String)] = [
      ("blocks in the chain", "\(report.chain.count)"),
      ("time from block to block", shown(report.meanInterval, " s")),
      ("transactions per block", shown(report.meanTransactions, "")),
      ("throughput", shown(report.throughput, " per second")),
      ("orphans", "\(report.orphans) (\(NumberFormat.readable(100 * report.orphanRate)) %)"),
      ("heights with several blocks", "\(report.forks)"),
      ("deepest reorganisation", "\(report.deepestReorganisation)"),
      ("block to final", shown(report.meanFinality, " s")),
      ("consensus delay", shown(report.consensusDelay, " s")),
      ("messages", "\(report.messages)"),
      (
        "agreement, validity, liveness",
        [properties.agreement, properties.validity, properties.liveness].map {
          $0 ? "yes" : "NO"
        }.joined(separator: ", ")
      ),
    ]
    let table = TextTable("", [.init("", .text(rows.map(\.0))), .init("", .text(rows.map(\.1)))])
    // Without the empty line of headers.
    let lines = table.text().split(separator: "\n").map(String.init).filter { !$0.allSatisfy { $0 == " " } }
    return ([title] + lines + notes.map { "  " + $0 }).joined(separator: "\n")
  }
}

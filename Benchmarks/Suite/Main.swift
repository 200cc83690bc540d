import ArgumentParser
import Foundation

/// What `scripts/bench` runs.
@main
struct Benchmarks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measures flnft, and whoever does the same work on this machine.",
    discussion: "Rows: " + BenchmarkRow.all.map(\.name).joined(separator: ", "))

  @Option(help: ArgumentHelp("Only these rows, separated by commas.", valueName: "name,..."))
  var only: String?

  @Option(help: "How often each is measured; odd.")
  var runs = 5

  @Option(help: ArgumentHelp("Write the rows to this file too.", valueName: "file"))
  var json: String?

  @Option(help: ArgumentHelp("The Python interpreter that has the peers; scripts/bench gives it.", visibility: .hidden))
  var python: String?

  @Option(help: ArgumentHelp("The script that it runs; scripts/bench gives it.", visibility: .hidden))
  var worker: String?

  private var rows: [BenchmarkRow] {
    get throws {
      guard let only else { return BenchmarkRow.all }
      let names = only.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      let known = BenchmarkRow.all.map(\.name)
      let unknown = names.filter { !known.contains($0) }
      guard unknown.isEmpty, !names.isEmpty else {
        let what = names.isEmpty ? "no row is named" : "no row is called '\(unknown.joined(separator: "', '"))'"
        throw ValidationError("\(what); the rows are: " + known.joined(separator: ", "))
      }
      return BenchmarkRow.all.filter { names.contains($0.name) }
    }
  }

  func validate() throws {
    _ = try rows
    guard runs >= 1, runs % 2 == 1 else { throw ValidationError("--runs must be odd and at least 1, got \(runs)") }
  }

  func run() throws {
    let rows = try rows
    // A file that cannot be written is better known before the minutes that follow.
    try write([])
    let peers = try Peers(python: python, worker: worker)
    defer { peers.worker?.close() }
    let table = ResultTable(rows: rows)
    say(MachineDescription.line)
    say(table.header)
    var results: [RowResult] = []
    var failures = 0
    for row in rows {
      do {
        let result = try row.run(runs: runs, peers: peers, note: complain)
        say(table.line(result))
        results.append(result)
      } catch {
        complain("\(row.name): \(error)")
        failures += 1
      }
    }
    try write(results)
    if failures > 0 { throw ExitCode.failure }
  }

  private func write(_ results: [RowResult]) throws {
    guard let json else { return }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try (encoder.encode(results) + Data("\n".utf8)).write(to: URL(filePath: json))
  }

  private func say(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }

  private func complain(_ text: String) {
    FileHandle.standardError.write(Data("bench: \(text)\n".utf8))
  }
}

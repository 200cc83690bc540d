import ArgumentParser
import Foundation
import Scripting

/// What the commands of a sweep share.
enum SweepCommands {
  /// Plans a sweep, runs it on this machine's cores and prints its table.
  static func planAndRun(
    script: String, arguments: [String], cases: [RunCase], folder: String, threads: Int?, terminal: Terminal
  ) throws -> ExitCode {
    let plan = SweepPlan(script: try ScriptIdentity(path: script.absolutePath, arguments: arguments), cases: cases)
    try plan.write(to: folder)
    let jobs = min(threads ?? Terminal.processorCount, Terminal.processorCount)
    let code = try run(plan, in: folder, cases: plan.cases[...], jobs: jobs, retries: false, terminal: terminal)
    try merge(plan, in: folder)
    return code
  }

  static func run(
    _ plan: SweepPlan, in folder: String, cases: ArraySlice<RunCase>, jobs: Int, retries: Bool, terminal: Terminal
  ) throws -> ExitCode {
    try plan.checkScript()
    let line = ProgressLine(isShown: terminal.showsProgress)
    let runner = SweepRunner(
      plan: plan, folder: folder, jobs: jobs, threads: max(1, Terminal.processorCount / jobs), retriesFailed: retries
    ) { line.show($0) }
    let tally = try runner.run(cases)
    line.finish()
    var words = "\(tally.total) cases: \(tally.succeeded) run, \(tally.alreadyDone) done before, \(tally.failed) failed"
    if tally.failedBefore > 0 { words += ", \(tally.failedBefore) of those done before failed" }
    if tally.elsewhere > 0 { words += ", \(tally.elsewhere) in the hands of another worker" }
    if tally.wasInterrupted { words += "; interrupted, the same command goes on" }
    Output.write(words + "\n", to: STDERR_FILENO)
    if tally.wasInterrupted { return ExitStatus.interrupted.code }
    return tally.failed + tally.failedBefore > 0 ? .failure : .success
  }

  /// Writes `results.csv` and prints the table.
  static func merge(_ plan: SweepPlan, in folder: String) throws {
    let table = SweepTable(plan: plan, folder: folder).table
    try TextFile.write(table.csv, to: folder + "/results.csv")
    Output.write(table.text() + "\n" + folder + "/results.csv\n", to: STDOUT_FILENO)
  }
}

/// One line on a terminal's standard error that says how far a sweep is.
struct ProgressLine {
  let isShown: Bool

  func show(_ tally: SweepRunner.Tally) {
    guard isShown else { return }
    let failed = tally.failed > 0 ? ", \(tally.failed) failed" : ""
    Output.write("\r\u{1B}[K\(tally.done) of \(tally.total) cases\(failed)", to: STDERR_FILENO)
  }

  func finish() {
    if isShown { Output.write("\r\u{1B}[K", to: STDERR_FILENO) }
  }
}

extension String {
  var absolutePath: String { URL(fileURLWithPath: self).standardizedFileURL.path }
}

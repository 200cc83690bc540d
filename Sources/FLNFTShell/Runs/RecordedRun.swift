import Scripting

/// A run that leaves a folder.
final class RecordedRun {
  let folder: RunFolder
  let log: RunLog
  private let given: RunCase
  private let script: ScriptIdentity
  private let clock = RunClock()

  init(_ given: RunCase, of script: ScriptIdentity, in folder: RunFolder) throws {
    try folder.prepare(for: given, of: script)
    log = try RunLog(path: folder.log)
    self.given = given
    self.script = script
    self.folder = folder
  }

  func finish(_ status: ExecutionStatus, record: RunRecord, threads: Int) throws {
    try log.close()
    let word: RunOutcome.Status =
      switch status {
      case .succeeded, .exit(0): .succeeded
      case .failed, .exit: .failed
      case .interrupted: .interrupted
      }
    let check = record.failedCheck.map { SessionError(message: "a check failed: \($0)") }
    let outcome = RunOutcome(
      status: word, error: word == .succeeded ? nil : log.error ?? check, script: script, given: given, record: record)
    try folder.finish(outcome, clock.description(threads: threads))
  }
}

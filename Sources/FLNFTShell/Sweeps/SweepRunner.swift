import Core
import Foundation
import Scripting

/// Runs the cases of a sweep that have no results yet, several at a time, each in a process of its own: one that fails,
/// or even crashes, takes no other with it.
struct SweepRunner {
  let plan: SweepPlan
  let folder: String
  let jobs: Int
  let threads: Int
  /// Whether cases that failed before are tried again.
  let retriesFailed: Bool
  /// Hears of progress.
  let report: (Tally) -> Void

  /// How many cases are done, and how.
  struct Tally: Equatable {
    var total = 0
    var alreadyDone = 0
    /// Of those done before.
    var failedBefore = 0
    var succeeded = 0
    var failed = 0
    /// In the hands of another worker.
    var elsewhere = 0
    var wasInterrupted = false

    var done: Int { alreadyDone + succeeded + failed + elsewhere }
  }

  private struct Working {
    let given: RunCase
    let child: ChildRun
    let lock: CaseLock
    let clock = RunClock()
  }

  func run(_ cases: ArraySlice<RunCase>) throws -> Tally {
    var tally = Tally(total: cases.count)
    var waiting = cases
    var working: [pid_t: Working] = [:]
    var watch = ChildWatch()
    while true {
      while working.count < jobs, !tally.wasInterrupted, let given = waiting.popFirst() {
        let status = CaseStatus(plan.folder(of: given, in: folder))
        if isDone(status) {
          tally.alreadyDone += 1
          if status != .succeeded { tally.failedBefore += 1 }
        } else if let started = try start(given) {
          working[started.child.identifier] = started
        } else {
          tally.elsewhere += 1
        }
        report(tally)
      }
      if working.isEmpty { return tally }
      switch watch.next() {
      case .interrupted:
        tally.wasInterrupted = true
        for work in working.values { work.child.interrupt() }
      case .ended(let ended):
        for (process, end) in ended {
          guard let work = working.removeValue(forKey: process) else { continue }
          switch try status(of: work, end) {
          case .succeeded: tally.succeeded += 1
          case .interrupted: tally.wasInterrupted = true
          case .failed, .crashed, .open: tally.failed += 1
          }
          report(tally)
        }
      }
    }
  }

  private func isDone(_ status: CaseStatus) -> Bool {
    switch status {
    case .succeeded: true
    case .failed, .crashed: !retriesFailed
    case .interrupted, .open: false
    }
  }

  private func start(_ given: RunCase) throws -> Working? {
    let run = plan.folder(of: given, in: folder)
    try Folder.make(run.path)
    guard let lock = CaseLock(run.path + "/lock") else { return nil }
    var arguments = ["run", "--seed", String(given.seed), "--threads", String(threads), "--results", run.path]
    for (name, value) in given.settings.sorted(by: { $0.key < $1.key }) {
      // In quotes, as a value: it is no list of values any more.
      arguments += ["--set", "\(name)=\"\(value)\""]
    }
    arguments += [plan.script.path, "--"] + plan.script.arguments
    return Working(given: given, child: try ChildRun(arguments), lock: lock)
  }

  /// What the run wrote of itself, or, where it could not, what its end says.
  private func status(of work: Working, _ end: ChildRun.End) throws -> CaseStatus {
    let run = plan.folder(of: work.given, in: folder)
    let status = CaseStatus(run)
    guard status == .open else { return status }
    let (words, outcome): (String, RunOutcome.Status) =
      switch end {
      // A workload manager ends all of a job's processes at once: the case was broken off, it did not fail.
      case .signal(SIGTERM), .signal(SIGINT): ("interrupted", .interrupted)
      case .signal(let signal): ("the process was ended by signal \(signal)", .crashed)
      case .status(ExitStatus.interrupted.rawValue): ("interrupted", .interrupted)
      case .status(let code): ("the process ended with status \(code) and left no results", .crashed)
      }
    let error = SessionError(message: words, hint: nil, traceback: [])
    try run.finish(
      RunOutcome(status: outcome, error: error, script: plan.script, given: work.given, record: nil),
      work.clock.description(threads: threads))
    return CaseStatus(run)
  }
}

/// How far one case is.
enum CaseStatus: String, CaseIterable {
  case succeeded, failed, interrupted, crashed
  /// Not run yet, or running.
  case open

  init(_ folder: RunFolder) {
    self = folder.storedResults?["status"]?.string.flatMap { CaseStatus(rawValue: $0) } ?? .open
  }
}

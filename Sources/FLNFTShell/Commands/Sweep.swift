import ArgumentParser
import Foundation
import Scripting

/// Runs a script over many cases, here or on a cluster.
struct Sweep: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Run a script over the values of its parameters.",
    discussion: """
      Every case has a folder named for its script, parameters, seed and version. A case that has results is not run \
      again, so a sweep that was broken off goes on, and several workers may share one folder.
      """,
    subcommands: [Plan.self, RunCases.self, Status.self, Merge.self])

  struct Plan: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "plan", abstract: "List the cases, without running them.")

    @Option(name: .customLong("set"), help: "Values of a parameter: clients=10,20 or seed=1..20 or rate=0..1..0.25.")
    var settings: [String] = []
    @Option(help: "The seed of cases that do not set one.")
    var seed: UInt64 = 0
    @Option(help: "The folder of the sweep. (default: results/NAME)")
    var out: String?
    @Argument(help: "The script.", completion: .file(extensions: ["lua"]))
    var file: String
    @Argument(parsing: .postTerminator, help: "Arguments for the script, after --.")
    var arguments: [String] = []

    func run() throws {
      let terminal = Terminal.current()
      throw terminal.attempt {
        try ScriptFile.check(file, named: file)
        let cases = try RunCase.all(of: try settings.map { try Setting($0) }, seed: seed)
        let folder = out ?? "results/" + file.lastPathComponent.withoutEnding
        let script = try ScriptIdentity(path: file.absolutePath, arguments: arguments)
        try SweepPlan(script: script, cases: cases).write(to: folder)
        Output.write("\(cases.count) cases in \(folder); flnft sweep run \(folder) runs them\n", to: STDOUT_FILENO)
        return .success
      }
    }
  }

  struct RunCases: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "run", abstract: "Run the cases that have no results.")

    @Option(help: "How many cases run at a time. (default: all cores)")
    var jobs: Int?
    @Option(help: "Only one block of cases, as in 3/20: the third of twenty.")
    var task: String?
    @Flag(help: "Try cases that failed before again.")
    var retry = false
    @Option(help: "Run nothing; print a script for GNU parallel or Slurm: parallel or slurm.")
    var emit: JobScript?
    @Option(help: "How many cases one task of --emit takes.")
    var block = 1
    @Argument(help: "The folder of the sweep.", completion: .directory)
    var folder: String

    func validate() throws {
      if let jobs, !(1...ShellOptions.mostThreads).contains(jobs) {
        throw ValidationError("--jobs is \(jobs); it must be from 1 to \(ShellOptions.mostThreads)")
      }
      if block < 1 { throw ValidationError("--block is \(block); it must be at least 1") }
      if let task, Task(task) == nil {
        throw ValidationError("--task is '\(task)'; write it as 3/20, the third of twenty")
      }
      if emit != nil, let idle = task.map({ _ in "--task" }) ?? jobs.map({ _ in "--jobs" }) {
        throw ValidationError("--emit runs nothing, so that \(idle) has nothing to say; leave it out")
      }
      if emit == nil, block != 1 { throw ValidationError("--block says how many cases a task of --emit takes") }
    }

    func run() throws {
      let terminal = Terminal.current()
      throw terminal.attempt {
        let plan = try SweepPlan(in: folder)
        if let emit {
          let tasks = max(1, (plan.cases.count + block - 1) / block)
          let text = try emit.text(
            program: OwnProgram.shell, folder: folder.absolutePath, tasks: tasks, retries: retry)
          if let remark = emit.remark(tasks: tasks, cases: plan.cases.count) { terminal.complain(remark) }
          Output.write(text, to: STDOUT_FILENO)
          return .success
        }
        let task = task.flatMap { Task($0) }
        let cases = task.map { plan.block($0.number, of: $0.count) } ?? plan.cases[...]
        return try SweepCommands.run(
          plan, in: folder, cases: cases, jobs: jobs ?? Terminal.processorCount, retries: retry, terminal: terminal)
      }
    }

    /// `3/20`.
    private struct Task {
      let number: Int
      let count: Int

      init?(_ text: String) {
        let words = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard words.count == 2, let number = words[0], let count = words[1], (1...Setting.mostValues).contains(count),
          (1...count).contains(number)
        else { return nil }
        self.number = number
        self.count = count
      }
    }
  }

  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "status", abstract: "Say how far a sweep is.")

    @Argument(help: "The folder of the sweep.", completion: .directory)
    var folder: String

    func run() throws {
      let terminal = Terminal.current()
      throw terminal.attempt {
        let plan = try SweepPlan(in: folder)
        var counts: [CaseStatus: Int] = [:]
        var failures: [String] = []
        for given in plan.cases {
          let run = plan.folder(of: given, in: folder)
          let status = CaseStatus(run)
          counts[status, default: 0] += 1
          guard status == .failed || status == .crashed else { continue }
          let message = run.storedResults?["error"]?["message"]?.string ?? status.rawValue
          failures.append("  \(given.description): \(message)\n    \(run.path)")
        }
        let words = CaseStatus.allCases.compactMap { status in counts[status].map { "\($0) \(status.rawValue)" } }
        let lines = ["\(plan.cases.count) cases: " + words.joined(separator: ", ")] + failures.prefix(20)
        let more = failures.count > 20 ? ["  and \(failures.count - 20) more failures"] : []
        Output.write((lines + more).joined(separator: "\n") + "\n", to: STDOUT_FILENO)
        return .success
      }
    }
  }

  struct Merge: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "merge", abstract: "Put the cases' parameters and results into one table, results.csv.")

    @Argument(help: "The folder of the sweep.", completion: .directory)
    var folder: String

    func run() throws {
      throw Terminal.current().attempt {
        try SweepCommands.merge(try SweepPlan(in: folder), in: folder)
        return .success
      }
    }
  }
}

extension JobScript: ExpressibleByArgument {}

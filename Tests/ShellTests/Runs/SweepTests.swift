import Foundation
import Testing

@testable import FLNFTShell

/// `flnft sweep`: plans, tasks, workers side by side, and what is left after a crash.
@Suite struct SweepTests {
  private static let script = """
    local p = scenario.parameters{ x = 1 }
    if p.x == 3 then os.execute("kill -9 $PPID") end
    scenario.keep{ square = p.x * p.x }
    """

  private func plan(_ folder: TemporaryFolder, _ values: String) throws -> String {
    let script = try folder.write(Self.script, to: "square.lua")
    let sweep = folder.file("sweep").path
    let planned = try ShellProcess.run(["sweep", "plan", script, "--set", "x=\(values)", "--out", sweep])
    #expect(planned.status == 0, "\(planned.errors)")
    return sweep
  }

  @Test func tasksTogetherAreTheWhole() throws {
    let folder = try TemporaryFolder()
    let sweep = try plan(folder, "4..9")
    for task in ["1/3", "3/3", "2/3"] {
      let outcome = try ShellProcess.run(["sweep", "run", sweep, "--task", task, "--jobs", "2"])
      #expect(outcome.errors.contains("2 cases: 2 run"), "\(outcome.errors)")
    }
    let merged = try ShellProcess.run(["sweep", "merge", sweep])
    #expect(merged.output.contains("36") && merged.output.contains("81"), "\(merged.output)")
  }

  @Test func aCaseThatCrashesTakesNoOtherWithIt() throws {
    let folder = try TemporaryFolder()
    let sweep = try plan(folder, "2..4")
    let outcome = try ShellProcess.run(["sweep", "run", sweep, "--jobs", "1"])
    #expect(outcome.status == 1 && outcome.errors.contains("2 run, 0 done before, 1 failed"), "\(outcome.errors)")
    #expect(try ShellProcess.run(["sweep", "status", sweep]).output.contains("ended by signal 9"))
  }

  /// As when a cluster takes its machine back: the case runs again.
  @Test func aCaseThatIsEndedFromOutsideStaysOpen() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write(
      """
      local p = scenario.parameters{ x = 1 }
      local mark = os.getenv("HOME") .. "/ended"
      if p.x == 2 and not io.open(mark) then
        io.open(mark, "w"):close()
        os.execute("kill -TERM $PPID; sleep 5")
      end
      scenario.keep{ x = p.x }
      """, to: "ended.lua")
    let sweep = folder.file("sweep").path
    #expect(try ShellProcess.run(["sweep", "plan", script, "--set", "x=1,2", "--out", sweep]).status == 0)
    let environment = ["HOME": folder.path]
    let broken = try ShellProcess.run(["sweep", "run", sweep, "--jobs", "1"], environment: environment)
    #expect(broken.status == 130, "\(broken.errors)")
    let whole = try ShellProcess.run(["sweep", "run", sweep], environment: environment)
    #expect(whole.status == 0 && whole.errors.contains("2 cases: 1 run, 1 done before"), "\(whole.errors)")
  }

  @Test func aChangedScriptIsAnotherSweep() throws {
    let folder = try TemporaryFolder()
    let sweep = try plan(folder, "1,2")
    try folder.write(Self.script + "\nprint(1)", to: "square.lua")
    let outcome = try ShellProcess.run(["sweep", "run", sweep])
    #expect(outcome.status == 1 && outcome.errors.contains("has changed since the sweep was planned"))
    let other = try ShellProcess.run(
      ["sweep", "plan", folder.file("square.lua").path, "--set", "x=5", "--out", sweep])
    #expect(other.status == 74 && other.errors.contains("holds another sweep"))
  }

  @Test(arguments: [
    (["sweep", "run", "/nowhere"], "there is no plan in '/nowhere'"),
    (["sweep", "run", "/nowhere", "--task", "4/3"], "write it as 3/20"),
    (["sweep", "run", "/nowhere", "--emit", "pbs"], "invalid"),
    (["sweep", "run", "/nowhere", "--emit", "slurm", "--jobs", "2"], "--jobs has nothing to say"),
    (["sweep", "run", "/nowhere", "--emit", "slurm", "--task", "1/2"], "--task has nothing to say"),
    (["sweep", "run", "/nowhere", "--block", "2"], "of --emit"),
    (["sweep", "plan", "/none.lua"], "cannot read '/none.lua'"), (["report", "/nowhere"], "holds no results"),
  ])
  func wordsThatDoNotFitAreRefused(arguments: [String], words: String) throws {
    let outcome = try ShellProcess.run(arguments)
    #expect(outcome.status != 0 && outcome.errors.contains(words), "\(outcome.errors)")
  }

  /// What the workers are to do again, they are told.
  @Test(arguments: ["slurm", "parallel"]) func emittedScriptsRetry(program: String) throws {
    let folder = try TemporaryFolder()
    let sweep = try plan(folder, "1,2")
    let script = try ShellProcess.run(["sweep", "run", sweep, "--emit", program, "--retry"])
    #expect(script.status == 0 && script.output.contains("--jobs 1 --retry --task "), "\(script.output)")
    let plain = try ShellProcess.run(["sweep", "run", sweep, "--emit", program])
    #expect(plain.errors.isEmpty && !plain.output.contains("--retry"))
  }

  /// A longer array than Slurm takes is said before it is submitted; the script is still whole.
  @Test func aLongArrayIsRemarkedOn() throws {
    let folder = try TemporaryFolder()
    let sweep = try plan(folder, "1..2001")
    let long = try ShellProcess.run(["sweep", "run", sweep, "--emit", "slurm"])
    #expect(long.status == 0 && long.output.contains("--array=1-2001\n") && long.errors.contains("--block 3"))
    #expect(try ShellProcess.run(["sweep", "run", sweep, "--emit", "slurm", "--block", "3"]).errors.isEmpty)
    #expect(try ShellProcess.run(["sweep", "run", sweep, "--emit", "parallel"]).errors.isEmpty)
  }

  @Test func aBackslashIsNoNameForSlurm() throws {
    let folder = try TemporaryFolder()
    let sweep = try plan(folder, "1,2")
    let odd = folder.path + "/od\\d"
    try FileManager.default.moveItem(atPath: sweep, toPath: odd)
    let refused = try ShellProcess.run(["sweep", "run", odd, "--emit", "slurm"])
    #expect(refused.status == 1 && refused.errors.contains("a backslash") && refused.output.isEmpty)
    #expect(try ShellProcess.run(["sweep", "run", odd, "--emit", "parallel"]).status == 0)
  }

  /// The scripts for other programs name every task; `--long` gives them to the real GNU parallel.
  @Test func emittedScriptsNameEveryTask() throws {
    let folder = try TemporaryFolder()
    let sweep = try plan(folder, "1,2,4..8")
    let slurm = try ShellProcess.run(["sweep", "run", sweep, "--emit", "slurm", "--block", "3"]).output
    #expect(slurm.contains("#SBATCH --array=1-3\n") && slurm.contains("--task \"$SLURM_ARRAY_TASK_ID/3\""))
    let parallel = try ShellProcess.run(["sweep", "run", sweep, "--emit", "parallel", "--block", "3"]).output
    #expect(parallel.contains("seq 1 3 | parallel") && parallel.contains("--task {}/3"))
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/parallel") else { return }
    let job = try folder.write(parallel, to: "job.sh")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [job]
    process.environment = ShellProcess.environment(home: folder.path)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(try ShellProcess.run(["sweep", "status", sweep]).output.hasPrefix("7 cases: 7 succeeded"))
  }
}

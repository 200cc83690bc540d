/// How other programs spread a sweep over their workers: each task is a block of cases.
enum JobScript: String, CaseIterable {
  /// GNU parallel, over cores or machines.
  case parallel
  /// An array of jobs of the Slurm workload manager.
  case slurm

  /// The longest array that Slurm takes as it is installed (MaxArraySize 1001).
  private static let longestArray = 1000

  /// - Parameters:
  ///   - program: flnft, as the workers find it.
  ///   - tasks: how many blocks.
  ///   - retries: whether the workers try cases that failed before again.
  /// - Throws: `CommandProblem` for a folder whose name would mean something else in the script.
  func text(program: String, folder: String, tasks: Int, retries: Bool) throws -> String {
    try check(folder)
    // Slurm reads a % in the name of a file as the beginning of a pattern.
    let output = Self.quoted(folder.replacing("%", with: "%%"))
    let retry = retries ? " --retry" : ""
    let (program, folder) = (Self.quoted(program), Self.quoted(folder))
    return switch self {
    case .parallel:
      """
      #!/bin/sh
      # Runs the sweep's \(tasks) blocks of cases with GNU parallel; run again, it does what is left.
      seq 1 \(tasks) | parallel -q --halt never --joblog \(folder)/parallel.log \\
        \(program) sweep run \(folder) --jobs 1\(retry) --task {}/\(tasks)

      """
    case .slurm:
      """
      #!/bin/sh
      # Submit with sbatch; submitted again, it does what is left.
      #SBATCH --job-name=flnft-sweep
      #SBATCH --array=1-\(tasks)
      #SBATCH --ntasks=1
      #SBATCH --cpus-per-task=1
      #SBATCH --output=\(output)/slurm-%a.txt
      exec \(program) sweep run \(folder) --jobs 1\(retry) --task "$SLURM_ARRAY_TASK_ID/\(tasks)"

      """
    }
  }

  /// What a user should know before the script is given to the other program; nil for nothing.
  func remark(tasks: Int, cases: Int) -> String? {
    guard self == .slurm, tasks > Self.longestArray else { return nil }
    let block = (cases + Self.longestArray - 1) / Self.longestArray
    return "\(tasks) tasks: Slurm as it is installed takes \(Self.longestArray) in an array "
      + "(scontrol show config: MaxArraySize); --block \(block) makes fewer"
  }

  private func check(_ folder: String) throws {
    // Slurm leaves its patterns unread where there is a backslash, and all tasks would write to one file.
    let refused = self == .slurm ? ["\n", "\\"] : ["\n"]
    guard let letter = refused.first(where: folder.contains) else { return }
    let name = letter == "\n" ? "a line break" : "a backslash"
    throw CommandProblem("the folder '\(folder)' has \(name) in its name, which \(rawValue) cannot take; rename it")
  }

  private static func quoted(_ word: String) -> String {
    if word.wholeMatch(of: /[A-Za-z0-9_.\/=:+@-]+/) != nil { return word }
    return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}

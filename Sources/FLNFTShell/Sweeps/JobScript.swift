/// How other programs spread a sweep over their workers: each task is a block of cases.
enum JobScript: String, CaseIterable {
  /// GNU parallel, over cores or machines.
  case parallel
  /// An array of jobs of the Slurm workload manager.
  case slurm

  /// - Parameters:
  ///   - program: flnft, as the workers find it.
  ///   - tasks: how many blocks.
  func text(program: String, folder: String, tasks: Int) -> String {
    // Slurm reads a % in the name of a file as the beginning of a pattern.
    let output = Self.quoted(folder.replacing("%", with: "%%"))
    let (program, folder) = (Self.quoted(program), Self.quoted(folder))
    return switch self {
    case .parallel:
      """
      #!/bin/sh
      # Runs the sweep's \(tasks) blocks of cases with GNU parallel; run again, it does what is left.
      seq 1 \(tasks) | parallel -q --halt never --joblog \(folder)/parallel.log \\
        \(program) sweep run \(folder) --jobs 1 --task {}/\(tasks)

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
      exec \(program) sweep run \(folder) --jobs 1 --task "$SLURM_ARRAY_TASK_ID/\(tasks)"

      """
    }
  }

  private static func quoted(_ word: String) -> String {
    if word.wholeMatch(of: /[A-Za-z0-9_.\/=:+@-]+/) != nil { return word }
    return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}

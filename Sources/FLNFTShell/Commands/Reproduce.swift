import ArgumentParser
import Foundation
import Scripting

/// Runs the papers' scripts and says how each figure came out.
struct Reproduce: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Make the papers' figures and tables anew, with a page of verdicts.",
    discussion: """
      Without a name, lists what there is. Scripts that have results are not run again, so that a reproduction that was \
      broken off goes on; --again runs them all.
      """)

  @OptionGroup var options: ShellOptions

  @Flag(help: "The small size, some minutes for all; otherwise the papers' own, which takes hours.")
  var quick = false
  @Flag(help: "Run scripts anew that have results.")
  var again = false
  @Option(help: "The folder for results and the page. (default: reproduction)")
  var out = "reproduction"
  @Option(help: "The folder of the scripts. (default: examples/papers of the checkout)")
  var papers: String?
  @Argument(help: "Names of scripts, or 'all'.")
  var names: [String] = []

  func run() throws {
    let terminal = Terminal.current()
    throw terminal.attempt {
      let place = try papersFolder()
      let all = Folder.files(in: place, ending: "lua").map(\.withoutEnding)
      guard !names.isEmpty else {
        let listing = Listing(all, indent: "")
        let rows = try all.map { listing.row($0, try summary($0, in: place)) }
        Output.write(rows.joined(separator: "\n") + "\n", to: STDOUT_FILENO)
        return .success
      }
      let chosen = names == ["all"] ? all : names
      for name in chosen where !all.contains(name) {
        let near = Suggestion.clause(for: name, among: all)
        throw CommandProblem("there is no script '\(name)'\(near); flnft reproduce lists them")
      }
      let reproduction = Reproduction(size: quick ? "quick" : "full", names: chosen, folder: out)
      try checkSize()
      try reproduction.write()
      return try run(reproduction, from: place, terminal)
    }
  }

  private func run(_ reproduction: Reproduction, from place: String, _ terminal: Terminal) throws -> ExitCode {
    var watch = ChildWatch()
    var failures = 0
    let listing = Listing(reproduction.names, indent: "")
    for name in reproduction.names {
      let run = reproduction.run(name)
      if again || run.storedResults?["status"]?.string != "succeeded" {
        if again { try? FileManager.default.removeItem(atPath: run.results) }
        let arguments = [
          "run", "--seed", String(options.seed), "--threads", String(options.threads ?? Terminal.processorCount),
          "--results", run.path, "\(place)/\(name).lua", "--", reproduction.size, run.path,
        ]
        let child = try ChildRun(arguments)
        while case .interrupted = watch.next() {
          child.interrupt()
          Output.write("interrupted; the same command goes on\n", to: STDERR_FILENO)
          return ExitStatus.interrupted.code
        }
      }
      let verdict = reproduction.verdict(of: name)
      if !verdict.isGood { failures += 1 }
      let words = verdict.word + (verdict.reason.isEmpty ? "" : ": " + verdict.reason)
      Output.write(listing.row(name, words) + "\n", to: STDOUT_FILENO)
    }
    try TextFile.write(try reproduction.page().html(), to: out + "/index.html")
    Output.write(out + "/index.html\n", to: STDOUT_FILENO)
    return failures == 0 ? .success : .failure
  }

  /// Results of the other size must not be taken for this one's.
  private func checkSize() throws {
    guard let stored = try? Reproduction(in: out), stored.size != (quick ? "quick" : "full") else { return }
    throw CommandProblem("'\(out)' holds a reproduction of \(stored.size) size; name another folder with --out")
  }

  /// The first line of what a script says of itself.
  private func summary(_ name: String, in place: String) throws -> String {
    let text = (try? String(contentsOfFile: "\(place)/\(name).lua", encoding: .utf8)) ?? ""
    return text.split(separator: "\n").first.map { String($0.drop { $0 == "-" || $0 == " " }) } ?? ""
  }

  /// Beside the program or above it, as in a checkout, or below the working folder.
  private func papersFolder() throws -> String {
    if let papers { return papers }
    var folder = URL(fileURLWithPath: OwnProgram.folder)
    var places = ["."]
    while folder.path.count > 1 {
      places.append(folder.path)
      folder.deleteLastPathComponent()
    }
    for place in places where FileManager.default.fileExists(atPath: place + "/examples/papers/shared/common.lua") {
      return place + "/examples/papers"
    }
    throw CommandProblem("the papers' scripts are not beside this program; --papers FOLDER names them")
  }
}

import Foundation
import Testing

/// What the documents say is what the program does.
///
/// A block of Lua in a guide, and a line after `fl> ` in a `console` block of the README, is typed into one session a
/// file, and what is printed under it must come. Numbers count as equal, because processors round differently, and so
/// do spaces, because columns grow with their numbers; a line "..." stands for any lines.
@Suite struct DocumentationTests {
  @Test(arguments: [
    "docs/guide.md", "docs/training.md", "docs/tensors.md", "docs/contributions.md", "docs/games-finite.md",
    "docs/games.md", "docs/prediction.md", "docs/audit.md", "docs/theory/network3-hcfl-mechanisms.md",
    "docs/learned-auctions.md", "docs/ledger.md", "docs/tokens.md", "docs/theory/network3-economy.md",
    "docs/consensus.md", "docs/crowdfunding.md", "docs/scenarios.md", "docs/prompt.md", "docs/notebooks.md",
    "docs/plots.md", "docs/tables.md", "docs/cookbook.md",
  ])
  func theGuidesRunInOrder(document: String) throws {
    try check(guideSteps(of: try Repository.text(document)), in: document)
  }

  @Test func theTourRunsInOrder() throws {
    try check(tourSteps(of: try Repository.text("README.md")), in: "README.md")
  }

  @Test func theReferenceIsCurrent() throws {
    let script = Repository.folder.appendingPathComponent("docs/reference.lua").path
    let outcome = try ShellProcess.run(["run", script, try ShellProcess.executable()])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let written = try Repository.text("docs/reference.md")
    #expect(outcome.output == written, "docs/reference.md is not current: run scripts/reference")
  }

  @Test func linksLeadSomewhere() throws {
    for document in try Repository.documents() {
      let text = try Repository.text(document)
      let folder = Repository.folder.appendingPathComponent(document).deletingLastPathComponent()
      for match in text.matches(of: /\]\(([^)\s]+)\)/) {
        let link = String(match.1)
        if link.hasPrefix("http://") || link.hasPrefix("https://") { continue }
        let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let target = parts[0].isEmpty ? document : folder.appendingPathComponent(parts[0]).path
        let path = target == document ? Repository.folder.appendingPathComponent(document).path : target
        #expect(FileManager.default.fileExists(atPath: path), "\(document) links to \(link)")
        guard parts.count == 2, path.hasSuffix(".md") else { continue }
        let anchors = Markdown.anchors(in: try String(contentsOfFile: path, encoding: .utf8))
        #expect(anchors.contains(parts[1]), "\(document) links to \(link)")
      }
    }
  }

  /// The comparison itself must be able to fail.
  @Test func theComparisonSeesDifferences() {
    #expect(transcript("a 1.5\nb", agreesWith: "a   2\nb"))
    #expect(transcript("a\nx\ny\nb", agreesWith: "a\n...\nb"))
    #expect(transcript("a\nx", agreesWith: "a\n..."))
    #expect(!transcript("a\nx\nb", agreesWith: "a\nb"))
    #expect(!transcript("a\nx", agreesWith: "a\n...\nb"))
    #expect(!transcript("a wins", agreesWith: "a loses"))
  }

  // MARK: Sessions

  private struct Step {
    var code: String
    /// What must be printed, or nil when the document does not say.
    var output: String?
  }

  /// Each block of Lua, with the block of text right under it.
  private func guideSteps(of text: String) -> [Step] {
    var steps: [Step] = []
    var endOfCode: Int?
    for block in Markdown.blocks(in: text) {
      if block.language == "lua" {
        steps.append(Step(code: block.text))
        endOfCode = block.end
      } else if block.language == "text", let end = endOfCode, block.start == end + 2 {
        steps[steps.count - 1].output = block.text
      }
    }
    return steps
  }

  private func tourSteps(of text: String) -> [Step] {
    var steps: [Step] = []
    for block in Markdown.blocks(in: text) where block.language == "console" {
      for line in block.text.split(separator: "\n", omittingEmptySubsequences: false) {
        if line.hasPrefix("fl> ") {
          steps.append(Step(code: String(line.dropFirst(4)) + "\n", output: ""))
        } else if let last = steps.indices.last {
          steps[last].output? += line + "\n"
        }
      }
    }
    return steps
  }

  private func check(_ steps: [Step], in document: String) throws {
    #expect(steps.count >= 2, "\(document) has hardly anything to run")
    let mark = "---- next ----"
    let input = steps.map { "\($0.code)\nprint('\(mark)')\n" }.joined()
    let folder = try TemporaryFolder()
    // Files that the session writes go to a folder that goes away.
    let outcome = try ShellProcess.run(
      [], input: Array(input.utf8), environment: ["FOLDER": folder.path], wrapper: #"cd "$FOLDER" && exec "$0" "$@""#)
    #expect(outcome.status == 0, "\(document): \(outcome.errors)")
    let outputs = outcome.output.components(separatedBy: mark + "\n")
    for (step, output) in zip(steps, outputs) {
      guard let expected = step.output else { continue }
      #expect(transcript(output, agreesWith: expected), "\(document), after:\n\(step.code)\nthis came:\n\(output)")
    }
    #expect(outputs.count == steps.count + 1)
  }
}

/// The checkout that the tests were built from.
private enum Repository {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
  }

  /// Everything that is there to be read.
  static func documents() throws -> [String] {
    let below = try FileManager.default.subpathsOfDirectory(atPath: folder.appendingPathComponent("docs").path)
    return ["README.md", "CONTRIBUTING.md"] + below.filter { $0.hasSuffix(".md") }.map { "docs/" + $0 }
  }
}

/// The parts of Markdown that the tests look at.
private enum Markdown {
  struct Block {
    var language: String
    var text: String
    /// The lines of its fences.
    var start: Int
    var end: Int
  }

  static func blocks(in text: String) -> [Block] {
    var blocks: [Block] = []
    var open: Block?
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if var block = open {
        if line == "```" {
          block.end = number
          blocks.append(block)
          open = nil
        } else {
          open?.text += line + "\n"
        }
      } else if line.hasPrefix("```") {
        open = Block(language: String(line.dropFirst(3)), text: "", start: number, end: number)
      }
    }
    return blocks
  }

  /// What headings are called in links: lower case, spaces as hyphens, no punctuation.
  static func anchors(in text: String) -> Set<String> {
    var anchors: Set<String> = []
    var isCode = false
    for line in text.split(separator: "\n") {
      if line.hasPrefix("```") { isCode.toggle() }
      guard !isCode, line.hasPrefix("#") else { continue }
      let title = line.drop { $0 == "#" || $0 == " " }.lowercased()
      anchors.insert(
        String(title.compactMap { $0 == " " ? "-" : $0.isLetter || $0.isNumber || "-_".contains($0) ? $0 : nil }))
    }
    return anchors
  }
}

/// Whether what was printed is what a document shows.
private func transcript(_ printed: String, agreesWith expected: String) -> Bool {
  let printed = comparable(printed)
  var lines = comparable(expected)[...]
  var place = 0
  while let line = lines.popFirst() {
    if line == "..." {
      guard let next = lines.first else { return true }
      guard let found = printed[place...].firstIndex(of: next) else { return false }
      place = found
    } else {
      guard place < printed.count, printed[place] == line else { return false }
      place += 1
    }
  }
  return place == printed.count
}

/// The lines of a text without its end, every number as '#', every stretch of spaces as one.
private func comparable(_ text: String) -> [String] {
  var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
    line.replacing(/[0-9a-f]{16,}/, with: "#")
      .replacing(/-?[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?/, with: "#")
      .split { $0 == " " || $0 == "\t" }.joined(separator: " ")
  }
  while lines.last == "" { lines.removeLast() }
  return lines
}

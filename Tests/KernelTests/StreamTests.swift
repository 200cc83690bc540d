import Core
import Foundation
import Scripting
import Testing

@testable import FLNFTKernel

@Suite struct StreamTests {
  private func piece(_ text: String, _ name: String = "stdout", parent: String = "{}") -> StreamCoalescer.Piece {
    .init(name: name, parent: Parent(headerBytes: Array(parent.utf8)), text: text)
  }

  @Test func textWaitsForItsTime() {
    var streams = StreamCoalescer()
    #expect(streams.deadline == nil)
    #expect(streams.add(piece("a"), now: 10).isEmpty)
    #expect(streams.add(piece("b"), now: 10.04).isEmpty)
    // The first text's time counts: no one waits longer because more comes.
    #expect(streams.deadline == 10.05)
    #expect(streams.due(now: 10.049).isEmpty)
    #expect(streams.due(now: 10.05) == [piece("ab")])
    #expect(streams.due(now: 99).isEmpty && streams.deadline == nil)
  }

  @Test func muchTextGoesAtOnce() {
    var streams = StreamCoalescer()
    let half = String(repeating: "x", count: 4096)
    #expect(streams.add(piece(half), now: 0).isEmpty)
    #expect(streams.add(piece(half), now: 0) == [piece(half + half)])
    #expect(streams.deadline == nil)
  }

  @Test func streamsAndCellsStayApart() {
    var streams = StreamCoalescer()
    #expect(streams.add(piece("out"), now: 0).isEmpty)
    #expect(streams.add(piece("err", "stderr"), now: 0) == [piece("out")])
    #expect(streams.add(piece("next", "stderr", parent: "{1}"), now: 0) == [piece("err", "stderr")])
    #expect(streams.flush() == [piece("next", "stderr", parent: "{1}")])
  }

  /// Twenty messages a second, and one for every 8 KiB.
  @Test func messagesAreFew() {
    var streams = StreamCoalescer()
    var count = 0
    for tick in 0..<10_000 {
      let now = Double(tick) / 1000
      count += streams.due(now: now).count + streams.add(piece("tick\n"), now: now).count
    }
    #expect(count <= 200)
  }

  @Test func anExcerptEndsBetweenCodePoints() {
    for bytes in 0...9 {
      let (head, rest) = Excerpt.split("aé😀b", bytes: bytes)
      #expect(head + rest == "aé😀b")
      #expect(head.utf8.count <= bytes)
    }
    #expect(Excerpt.split("aé😀b", bytes: 6).head == "aé")
    #expect(Excerpt.of("short", bytes: 5) == "short")
    #expect(Excerpt.of("longer", bytes: 4) == "long\n[2 more bytes]")
  }

  @Test func aFloodGoesToAFile() throws {
    let budget = OutputBudget()
    defer { budget.removeFiles() }
    let line = String(repeating: "x", count: 1 << 16)
    budget.begin()
    var shown = ""
    var remarks: [String] = []
    for _ in 0..<40 {
      let (text, remark) = budget.admit(line, cell: 7)
      shown += text
      if let remark { remarks.append(remark) }
    }
    #expect(shown.utf8.count == OutputBudget.shown)
    #expect(remarks.count == 1)
    let path = budget.folder.appendingPathComponent("cell-7.txt")
    #expect(remarks[0].contains(path.path))
    let words = try #require(budget.end())
    #expect(words.contains("2 MiB printed") && words.contains(path.path))
    #expect(try Data(contentsOf: path).count == 40 << 16 - OutputBudget.shown)
    // The next cell has a budget of its own.
    budget.begin()
    #expect(budget.admit("y", cell: 8).text == "y")
    #expect(budget.end() == nil)
    budget.removeFiles()
    #expect(!FileManager.default.fileExists(atPath: budget.folder.path))
  }

  @Test func formsOfJSONAreObjects() {
    let plot = Presentation("text", others: [.vegaLite: #"{"mark": "bar"}"#, .svg: "<svg/>"])
    let data = MediaBundle.data(plot)
    #expect(data["application/vnd.vegalite.v5+json"] == .object(["mark": .string("bar")]))
    #expect(data["image/svg+xml"] == .string("<svg/>"))
    #expect(data["text/plain"] == .string("text"))
    for wrong in ["", "[1]", "{", "\"text\"", "{\"a\": NaN}"] {
      #expect(MediaBundle.data(Presentation("t", others: [.vegaLite: wrong])).object?.count == 1)
    }
    let long = Presentation(String(repeating: "x", count: 2 << 20))
    #expect(MediaBundle.data(long)["text/plain"]?.string?.hasSuffix("\n[\(1 << 20) more bytes]") == true)
  }

  @Test func timesAreWrittenAsTheStandardSays() {
    #expect(Timestamp.text(of: 0) == "1970-01-01T00:00:00.000000Z")
    #expect(Timestamp.text(of: 951_782_400.25) == "2000-02-29T00:00:00.250000Z")
  }
}

import Foundation
import Testing

@testable import FLNFTShell

@Suite struct HistoryFileTests {
  @Test(arguments: [
    ["a = 1"], ["for i = 1, 2 do\n  print(i)\nend", "b"], ["f(\n\n\n)", "g"], ["x = '\ty'", "é市\u{1}"],
    ["a\n\tb\n\t\tc", "d"], ["\\n \\t"],
  ])
  func entriesComeBackAsTheyWere(entries: [String]) throws {
    let folder = try TemporaryFolder()
    let file = HistoryFile(path: folder.path + "/deep/er/history")
    for entry in entries { file.append(entry) }
    #expect(file.load() == entries)
  }

  @Test func spaceAroundAnEntryIsDropped() {
    #expect(HistoryFile.encode("\n  \n\t x = 1") == "x = 1\n")
    #expect(HistoryFile.encode(" \n") == "")
  }

  @Test func theFileIsCutBackToItsCapacity() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/history"
    var file = HistoryFile(path: path)
    file.capacity = 3
    for index in 1...7 { file.append("entry \(index)\nmore") }
    #expect(file.load() == ["entry 5\nmore", "entry 6\nmore", "entry 7\nmore"])
    #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("entry 5\n\tmore\n"))
    let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(rights == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["history"])
  }

  @Test func whatCannotBeReadIsEmpty() {
    #expect(HistoryFile(path: "/nowhere/at/all").load().isEmpty)
    #expect(HistoryFile.decode("\tlost line\nkept").map(\.self) == ["kept"])
  }
}

import Core
import Foundation
import Synchronization
import Tensor
import Testing

@testable import Scripting

/// Tables: their rows, their groups, and how they are written.
@Suite struct TableTests {
  private static var sales: TextTable {
    TextTable(
      "",
      [
        .init("seller", .text(["Ann", "Bob", "Ann", "Eve", "Bob"])),
        .init("price (tokens)", .numbers([3, 1.5, .nan, 2, 2])), .init("units", .integers([1, 2, 3, 4, 5])),
      ])
  }

  private func words(_ table: TextTable, _ column: Int) -> [String] {
    (0..<table.rowCount).map { table.columns[column].cells.shown($0) }
  }

  @Test func sortingIsStableAndPutsGapsLast() throws {
    let up = try Self.sales.sorted(by: "price", descending: false)
    #expect(words(up, 1) == ["1.500", "2", "2", "3", "nan"])
    #expect(words(up, 2) == ["2", "4", "5", "1", "3"])
    let down = try Self.sales.sorted(by: "price (tokens)", descending: true)
    #expect(words(down, 2) == ["1", "4", "5", "2", "3"])
    #expect(words(try Self.sales.sorted(by: "seller", descending: true), 0) == ["Eve", "Bob", "Bob", "Ann", "Ann"])
  }

  @Test func groupsKeepTheirOrderAndTheirUnits() throws {
    let groups = try Self.sales.grouped(
      by: "seller",
      [
        Aggregate(name: "total", column: "units", rule: .word(.sum)),
        Aggregate(name: "price", column: "price", rule: .word(.max)),
        Aggregate(name: "middle", column: "units", rule: .word(.median)),
        Aggregate(name: "spread", column: "units", rule: .word(.std)),
      ])
    #expect(groups.columns.map(\.header) == ["seller", "total", "price (tokens)", "middle", "spread"])
    #expect(words(groups, 0) == ["Ann", "Bob", "Eve"] && words(groups, 1) == ["4", "7", "4"])
    #expect(words(groups, 2) == ["nan", "2", "2"] && words(groups, 3) == ["2", "3.500", "4"])
    #expect(words(groups, 4) == ["1.414", "2.121", "nan"])
    #expect(words(try Self.sales.grouped(by: "units", []), 1) == ["1", "1", "1", "1", "1"])
    #expect(throws: ScriptError.self) {
      try Self.sales.grouped(by: "units", [Aggregate(name: "x", column: "seller", rule: .word(.mean))])
    }
  }

  @Test(arguments: [(0, 4), (1, 1), (3, 1), (4, 4), (5, 4), (2, 0), (100, 7), (.max, 40)])
  func excerptsShowTheEndsAndCountTheRest(count: Int, most: Int) {
    let excerpt = Excerpt(of: count, most: most)
    #expect(excerpt.head.count + excerpt.omitted + excerpt.tail.count == count)
    #expect(excerpt.head.lowerBound == 0 && excerpt.tail.upperBound == count)
    #expect(excerpt.head.count + excerpt.tail.count <= max(most, 2))
    #expect((excerpt.omission == nil) == (excerpt.omitted == 0))
    #expect(excerpt.omitted == 0 || excerpt.head.count == excerpt.tail.count)
  }

  @Test func listedNamesComeFirst() {
    let order = NameOrder(["c", "a", "c"])
    #expect(order.sorted(["a", "b", "c", "d"]) { $0 } == ["c", "a", "b", "d"])
    #expect(NameOrder([]).sorted(["b", "a"]) { $0 } == ["b", "a"])
  }

  @Test func headAndTailTakeWhatThereIs() {
    #expect(words(Self.sales.head(2), 2) == ["1", "2"] && words(Self.sales.tail(2), 2) == ["4", "5"])
    #expect(Self.sales.head(99).rowCount == 5 && Self.sales.tail(0).rowCount == 0)
  }

  @Test func wideTablesLoseTheirMiddle() {
    let table = TextTable("", (1...40).map { .init("column \($0)", .numbers([Double($0)])) })
    for width in [40, 60, 80, 200] {
      let text = table.text(width: width)
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= width })
      #expect(text.contains("column 1 ") && text.contains("column 40"))
      let left = text.split(separator: "\n")[0].matches(of: /column/).count
      #expect(text.contains("... \(40 - left) more columns in the middle"))
    }
    #expect(!table.text().contains("more columns"))
  }

  @Test func aMillionRowsPrintAtOnceAndSortInAboutASecond() throws {
    let count = 1_000_000
    let values = (0..<count).map { Double($0 &* 2_654_435_761 % 1_000_003) }
    let table = TextTable("", [.init("x", .numbers(values))])
    let clock = ContinuousClock()
    var text = ""
    let toPrint = clock.measure { text = table.text() }
    #expect(text.contains("... 999960 more rows") && toPrint < .milliseconds(500), "\(toPrint)")
    var sorted = table
    let time = try clock.measure { sorted = try table.sorted(by: "x", descending: false) }
    #expect(time < .seconds(20), "\(time)")
    let ordered = sorted.columns[0].cells.doubles ?? []
    #expect(zip(ordered, ordered.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test func markdownIsATable() throws {
    let table = TextTable("", [.init("a|b", .text(["x\ny", "1|2"])), .init("n", .numbers([1, 2.5]))])
    #expect(
      try table.text(.markdown) == """
        | a\\|b | n |
        | :--- | ---: |
        | x y | 1 |
        | 1\\|2 | 2.500 |

        """)
  }

  @Test func latexIsEscaped() throws {
    let table = TextTable("", [.init("a_b (%)", .text(["50 % & ~"])), .init("n", .numbers([-1.25e-7]))])
    let text = try table.text(.latex)
    #expect(text.contains("a\\_b (\\%)") && text.contains("50 \\% \\& \\textasciitilde{}"))
    #expect(text.contains("$-1.25 \\times 10^{-7}$") && text.contains("\\begin{tabular}{lr}"))
  }

  @Test func jsonAndCSVHoldAllDigits() throws {
    let table = TextTable("", [.init("x", .numbers([0.1 + 0.2]))])
    #expect(try table.text(.jsonl) == "{\"x\":0.30000000000000004}\n")
    #expect(try table.text(.csv) == "x\n0.30000000000000004\n")
    #expect(try JSON.parse(table.text(.json)).array?.count == 1)
    let sales = try Self.sales.rows([0, 3])
    let rows = try sales.text(.jsonl).split(separator: "\n").map { try JSON.parse(String($0)) }
    #expect(try sales.text(.json) == JSON.array(rows).pretty() + "\n")
    #expect(try sales.head(0).text(.json) == "[]\n" && sales.head(0).text(.jsonl).isEmpty)
  }

  /// A line end, a carriage return or both within a field are inside quotes.
  @Test func csvQuotesWhatWouldBreakIt() throws {
    let table = TextTable("", [.init("a,b", .text(["x\r\ny", "\"q\"", "plain"]))])
    #expect(table.csv == "\"a,b\"\n\"x\r\ny\"\n\"\"\"q\"\"\"\nplain\n")
    #expect(try table.text(.csv) == table.csv)
  }

  // MARK: Breaking off

  private static var long: TextTable {
    TextTable(
      "", [.init("n", .integers(Array(0..<50_000))), .init("word", .text((0..<50_000).map { "w\($0 % 77)" }))])
  }

  @Test(arguments: TextTable.Format.allCases)
  func aSaveThatIsBrokenOffLeavesTheFormerFile(format: TextTable.Format) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tables-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("table").path
    try "former".write(toFile: path, atomically: true, encoding: .utf8)
    let asked = Mutex(0)
    let later = Cancellation {
      asked.withLock {
        $0 += 1; return $0 > 40
      }
    }
    #expect(throws: Cancelled.self) { try Self.long.save(format, to: path, cancellation: later) }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "former")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["table"])
    try Self.long.save(format, to: path, cancellation: .never)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == Self.long.text(format))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["table"])
  }

  @Test func sortingAndGroupingCanBeBrokenOff() {
    let stop = Cancellation { true }
    for column in ["n", "word"] {
      #expect(throws: Cancelled.self) { try Self.long.sorted(by: column, descending: false, cancellation: stop) }
      #expect(throws: Cancelled.self) { try Self.long.grouped(by: column, [], cancellation: stop) }
    }
  }

  @Test func cellsCannotSteerTheTerminal() {
    let table = TextTable("", [.init("a\u{1B}[2J", .text(["b\nc\u{7}"]))])
    #expect(table.text().split(separator: "\n").count == 2)
    #expect(!table.text().contains("\u{1B}") && !table.text().contains("\u{7}"))
  }
}

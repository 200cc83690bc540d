import Core
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

  @Test func markdownIsATable() {
    let table = TextTable("", [.init("a|b", .text(["x\ny", "1|2"])), .init("n", .numbers([1, 2.5]))])
    #expect(
      table.markdown == """
        | a\\|b | n |
        | :--- | ---: |
        | x y | 1 |
        | 1\\|2 | 2.500 |

        """)
  }

  @Test func latexIsEscaped() {
    let table = TextTable("", [.init("a_b (%)", .text(["50 % & ~"])), .init("n", .numbers([-1.25e-7]))])
    let text = table.latex
    #expect(text.contains("a\\_b (\\%)") && text.contains("50 \\% \\& \\textasciitilde{}"))
    #expect(text.contains("$-1.25 \\times 10^{-7}$") && text.contains("\\begin{tabular}{lr}"))
  }

  @Test func jsonAndCSVHoldAllDigits() throws {
    let table = TextTable("", [.init("x", .numbers([0.1 + 0.2]))])
    #expect(try table.text(.jsonl) == "{\"x\":0.30000000000000004}\n")
    #expect(try table.text(.csv) == "x\n0.30000000000000004\n")
    #expect(try JSON.parse(table.text(.json)).array?.count == 1)
  }

  @Test func cellsCannotSteerTheTerminal() {
    let table = TextTable("", [.init("a\u{1B}[2J", .text(["b\nc\u{7}"]))])
    #expect(table.text().split(separator: "\n").count == 2)
    #expect(!table.text().contains("\u{1B}") && !table.text().contains("\u{7}"))
  }
}

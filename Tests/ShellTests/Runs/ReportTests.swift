import Foundation
import Testing

@testable import FLNFTShell

/// `flnft report`: one page that needs nothing beside it.
@Suite struct ReportTests {
  private static let script = """
    local p = scenario.parameters{ x = 3 }
    print("<b>bold</b> & plain")
    scenario.keep{
      curve = plot.line{ y = { 1, p.x }, title = "a < b" }, trade = auction.double{ asks = { 1, 5 }, bids = { 10, 4, 2 } },
    }
    scenario.check("x is small", p.x < 4)
    """

  private func wellFormed(_ page: String) -> Bool {
    // All that is not HTML's own: whatever a page shows must be escaped, or its tags would not balance.
    for tag in ["table", "section", "figure", "svg", "ul", "pre", "dl", "div"] {
      let opened = page.components(separatedBy: "<\(tag)").count
      if opened != page.components(separatedBy: "</\(tag)>").count { return false }
    }
    return !page.contains("<b>bold") && !page.contains("{{")
  }

  @Test func aRunIsOnePage() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write(Self.script, to: "market.lua")
    let results = folder.file("out").path
    #expect(try ShellProcess.run(["run", script, "--results", results]).status == 0)
    let outcome = try ShellProcess.run(["report", results])
    #expect(outcome.status == 0 && outcome.output == results + "/index.html\n", "\(outcome.errors)")
    let page = try String(contentsOfFile: results + "/index.html", encoding: .utf8)
    #expect(wellFormed(page))
    for words in ["<svg", "seller", "x is small", "&lt;b&gt;bold", "SHA-256 of the script"] {
      #expect(page.contains(words), "\(words)")
    }
    #expect(!page.contains("src=") && !page.contains("href=\"http"), "the page needs files beside it")
  }

  @Test func numbersHaveTheDigitsThatAReaderNeeds() throws {
    let table = try ReportTable(
      "t", header: ["seed", "share", "name"],
      rows: [["18446744073709551615", "0.30000000000000004", "0.30000000000000004a"], ["7", "1e-9", "x"]])
    let html = table.html
    #expect(html.contains(#"<td class="number">18446744073709551615</td>"#))
    #expect(html.contains(#"<td class="number" title="0.30000000000000004">0.3000</td>"#))
    #expect(html.contains(#"<td class="text short">0.30000000000000004a</td>"#) && html.contains(">1.00e-09<"))
  }

  /// A sheet of paper cannot be scrolled: there, a wide table comes in blocks of columns.
  @Test func wideTablesComeInBlocksOnPaper() throws {
    let header = (1...25).map { "column\($0)" }
    let html = try ReportTable("wide", header: header, rows: [header.map { "cell of \($0)" }]).html
    #expect(html.components(separatedBy: "<div class=\"scroll paper\">").count == 1 + 3)
    #expect(html.components(separatedBy: "<div class=\"scroll screen\">").count == 1 + 1)
    for words in ["wide, columns 2 to 10", "wide, columns 20 to 25"] { #expect(html.contains(words)) }
    #expect(html.components(separatedBy: ">cell of column1<").count == 1 + 4)
    #expect(html.components(separatedBy: ">cell of column25<").count == 1 + 2)
    #expect(!(try ReportTable("narrow", header: ["a"], rows: [["1"]]).html.contains("paper")))
  }

  @Test func auditsAreTables() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write(
      """
      local rule = auction.mechanism{ bidders = 2, rule = function(bids)
        return { winner = bids[1] >= bids[2] and 1 or 2, price = math.max(bids[1], bids[2]) }
      end }
      scenario.keep{ audit = rule:audit{ trials = 100 } }
      """, to: "audit.lua")
    let results = folder.file("out").path
    let ran = try ShellProcess.run(["run", script, "--results", results])
    #expect(ran.status == 0, "\(ran.errors)")
    #expect(try ShellProcess.run(["report", results]).status == 0)
    let page = try String(contentsOfFile: results + "/index.html", encoding: .utf8)
    #expect(wellFormed(page) && page.contains(">verdict</th>") && page.contains(">violated</td>"))
    let stored = try String(contentsOfFile: results + "/results.json", encoding: .utf8)
    #expect(stored.contains("\"counterexample\""))
  }

  @Test func aSweepIsOnePage() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write(Self.script, to: "market.lua")
    let results = folder.file("out").path
    let ran = try ShellProcess.run(["run", script, "--set", "x=1..3", "--results", results])
    #expect(ran.status == 0, "\(ran.errors)")
    #expect(try ShellProcess.run(["report", results, "--output", folder.file("page.html").path]).status == 0)
    let page = try String(contentsOf: folder.file("page.html"), encoding: .utf8)
    #expect(wellFormed(page) && page.contains("a sweep of 3 cases") && page.contains("seed=0 x=2"))
  }

  @Test func reproductionsSayHowEachFigureCameOut() throws {
    let folder = try TemporaryFolder()
    try folder.write("return {}", to: "papers/shared/common.lua")
    try folder.write(
      """
      -- A first figure.
      scenario.check("it holds", arg[1] == "quick")
      scenario.verdict("reproduced")
      """, to: "papers/one.lua")
    try folder.write("scenario.check('never', false) scenario.verdict('reproduced')", to: "papers/two.lua")
    try folder.write("error('broken')", to: "papers/three.lua")
    let papers = folder.file("papers").path
    let list = try ShellProcess.run(["reproduce", "--papers", papers])
    #expect(list.output.contains("one") && list.output.contains("A first figure."))
    let out = folder.file("out").path
    let outcome = try ShellProcess.run(["reproduce", "all", "--quick", "--papers", papers, "--out", out])
    #expect(outcome.status == 1, "two of three fail")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("one ") && $0.hasSuffix("reproduced") }, "\(outcome.output)")
    #expect(lines.contains { $0.hasPrefix("two ") && $0.contains("not reproduced: this check failed: never") })
    #expect(lines.contains { $0.hasPrefix("three ") && $0.contains("failed: ") && $0.contains("broken") })
    let page = try String(contentsOfFile: out + "/index.html", encoding: .utf8)
    #expect(wellFormed(page) && page.contains("href=\"#one\"") && page.contains("id=\"one\""))
    let wrong = try ShellProcess.run(["reproduce", "thre", "--papers", papers])
    #expect(wrong.status == 1 && wrong.errors.contains("did you mean 'three'?"), "\(wrong.errors)")
    let other = try ShellProcess.run(["reproduce", "one", "--papers", papers, "--out", out])
    #expect(other.status == 1 && other.errors.contains("of quick size"))
  }
}

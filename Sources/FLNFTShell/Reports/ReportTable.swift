import Mustache
import Scripting
import SwiftCSV

/// A table of a page, its long middle left out.
struct ReportTable {
  let html: String

  private static let mostRows = 40
  /// As many columns as a sheet of paper is wide.
  private static let paperColumns = 10

  /// - Parameter links: where the cells of the first column lead, by row; none for plain text.
  init(_ caption: String, header: [String], rows: [[String]], links: [String] = []) throws {
    let isNumeric = header.indices.map { column in
      !rows.isEmpty
        && rows.allSatisfy { $0.indices.contains(column) && ($0[column].isEmpty || Double($0[column]) != nil) }
    }
    func cells(_ texts: [String], link: String?) -> [Cell] {
      texts.enumerated().map { column, text in
        guard isNumeric.indices.contains(column), isNumeric[column] else {
          // A word or two, such as a verdict, stay on one line.
          let kind = text.count <= 24 ? "text short" : "text"
          return Cell(text: text, kind: kind, link: column == 0 ? link : nil)
        }
        let shown = Self.readable(text)
        return Cell(text: shown, kind: "number", link: column == 0 ? link : nil, exact: shown == text ? nil : text)
      }
    }
    func line(_ row: Int) -> Line {
      Line(cells: cells(rows[row], link: links.indices.contains(row) ? links[row] : nil))
    }
    let excerpt = Excerpt(of: rows.count, most: Self.mostRows)
    let whole = Content(
      caption: caption, header: cells(header, link: nil), head: excerpt.head.map(line), tail: excerpt.tail.map(line),
      omitted: excerpt.omission, columns: header.count)
    let template = try MustacheTemplate(string: Self.template)
    guard header.count > Self.paperColumns else {
      html = template.render(whole)
      return
    }
    // On paper nothing scrolls: the columns follow each other in blocks, each behind the first.
    let blocks = stride(from: 1, to: header.count, by: Self.paperColumns - 1).map { start in
      [0] + Array(start..<min(start + Self.paperColumns - 1, header.count))
    }
    html = ([whole.on("screen")] + blocks.map { whole.keeping($0).on("paper") }).map { template.render($0) }.joined()
  }

  /// A table from the text of a CSV file; nil for what is none.
  init?(_ caption: String, csv: String) throws {
    guard let file = try? EnumeratedCSV(string: csv, loadColumns: false), !file.header.isEmpty else { return nil }
    try self.init(caption, header: file.header, rows: file.rows)
  }

  private struct Content {
    var caption: String
    var header: [Cell]
    var head: [Line]
    var tail: [Line]
    var omitted: String?
    var columns: Int
    /// Where alone it is shown, screen or paper; empty for both.
    var medium = ""

    func on(_ medium: String) -> Content {
      var content = self
      content.medium = medium
      return content
    }

    func keeping(_ places: [Int]) -> Content {
      var content = self
      content.caption = "\(caption), columns \((places.dropFirst().first ?? 0) + 1) to \((places.last ?? 0) + 1)"
      content.header = places.map { header[$0] }
      content.head = head.map { $0.keeping(places) }
      content.tail = tail.map { $0.keeping(places) }
      content.columns = places.count
      return content
    }
  }

  private struct Line {
    let cells: [Cell]

    /// A row may be shorter than the header.
    func keeping(_ places: [Int]) -> Line {
      Line(cells: places.compactMap { cells.indices.contains($0) ? cells[$0] : nil })
    }
  }

  private struct Cell {
    let text: String
    let kind: String
    let link: String?
    /// All digits of a number that is shown with fewer.
    var exact: String?
  }

  /// A number with the digits that a reader needs; whole ones as they stand, as they may name a seed or a case.
  private static func readable(_ text: String) -> String {
    guard text.contains(where: { ".eE".contains($0) }), let value = Double(text) else { return text }
    return NumberFormat.readable(value)
  }

  private static let template = """
    <div class="scroll {{medium}}"><table>
    <caption>{{caption}}</caption>
    <thead><tr>{{#header}}<th class="{{kind}}">{{text}}</th>{{/header}}</tr></thead>
    <tbody>
    {{#head}}<tr>{{#cells}}<td class="{{kind}}"{{#exact}} title="{{exact}}"{{/exact}}>{{#link}}<a href="{{link}}">{{/link}}{{text}}{{#link}}</a>{{/link}}</td>{{/cells}}</tr>
    {{/head}}
    {{#omitted}}<tr><td class="more" colspan="{{columns}}">{{omitted}}</td></tr>
    {{/omitted}}
    {{#tail}}<tr>{{#cells}}<td class="{{kind}}"{{#exact}} title="{{exact}}"{{/exact}}>{{#link}}<a href="{{link}}">{{/link}}{{text}}{{#link}}</a>{{/link}}</td>{{/cells}}</tr>
    {{/tail}}
    </tbody>
    </table></div>
    """
}

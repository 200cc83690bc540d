import Mustache
import Scripting
import SwiftCSV

/// A table of a page, its long middle left out.
struct ReportTable {
  let html: String

  private static let mostRows = 40

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
          let kind = text.count <= 24 ? "short" : "text"
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
    html = try MustacheTemplate(string: Self.template).render(
      Content(
        caption: caption, header: cells(header, link: nil), head: excerpt.head.map(line), tail: excerpt.tail.map(line),
        omitted: excerpt.omission, columns: header.count))
  }

  /// A table from the text of a CSV file; nil for what is none.
  init?(_ caption: String, csv: String) throws {
    guard let file = try? EnumeratedCSV(string: csv, loadColumns: false), !file.header.isEmpty else { return nil }
    try self.init(caption, header: file.header, rows: file.rows)
  }

  private struct Content {
    let caption: String
    let header: [Cell]
    let head: [Line]
    let tail: [Line]
    let omitted: String?
    let columns: Int
  }

  private struct Line {
    let cells: [Cell]
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
    <div class="scroll"><table>
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

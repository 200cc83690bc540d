// RFC 4180, with all the digits that numbers have.

extension TextTable {
  public var csv: String { csvHeader + (0..<rowCount).map(csvLine).joined() }

  var csvHeader: String { TextTable.csvLine(columns.map(\.header)) }

  func csvLine(_ row: Int) -> String { TextTable.csvLine(columns.map { $0.cells.exact(row) }) }

  private static func csvLine(_ texts: [String]) -> String { texts.map(field).joined(separator: ",") + "\n" }

  private static func field(_ text: String) -> String {
    guard text.utf8.contains(where: { [0x2C, 0x22, 0x0A, 0x0D].contains($0) }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}

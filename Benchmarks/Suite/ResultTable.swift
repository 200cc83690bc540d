import Foundation

/// The table, printed row by row as results come in.
struct ResultTable {
  private let nameWidth: Int
  private let unitWidth: Int
  private static let numberWidth = 11

  init(rows: [BenchmarkRow]) {
    nameWidth = max(rows.map(\.name.count).max() ?? 0, "row".count)
    unitWidth = max(rows.map(\.unit.count).max() ?? 0, "unit".count)
  }

  var header: String {
    line("row", "ours", "unit", "peer", "ratio", "runs", "peer's name")
  }

  func line(_ result: RowResult) -> String {
    line(
      result.name, Self.text(result.ours), result.unit, result.peer.map(Self.text) ?? "-",
      result.ratio.map { String(format: "%.2f", $0) } ?? "-", "\(result.runs)", result.peerName ?? "-")
  }

  private func line(
    _ name: String, _ ours: String, _ unit: String, _ peer: String, _ ratio: String, _ runs: String, _ peerName: String
  ) -> String {
    [
      Self.left(name, nameWidth), Self.right(ours, Self.numberWidth), Self.left(unit, unitWidth),
      Self.right(peer, Self.numberWidth), Self.right(ratio, 7), Self.right(runs, 4), peerName,
    ].joined(separator: "  ")
  }

  /// Three significant digits, and all digits before the point.
  private static func text(_ value: Double) -> String {
    let digits = value > 0 && value.isFinite ? max(0, 2 - Int(log10(value).rounded(.down))) : 0
    return String(format: "%.\(min(digits, 9))f", value)
  }

  private static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}

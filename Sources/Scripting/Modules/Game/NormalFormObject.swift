import Solvers

/// A game in normal form that scripts hold.
final class NormalFormObject: ScriptObject {
  static let typeName = "normalform"
  let game: FiniteGame

  init(_ game: FiniteGame) { self.game = game }

  var memoryFootprint: Int { game.profileCount * game.playerCount * 8 }

  var text: String {
    let size = game.strategyCounts.map(String.init).joined(separator: " x ")
    let title = game.title.isEmpty ? "" : "\(game.title): "
    let head =
      "\(title)normal form of \(game.playerCount) player\(game.playerCount == 1 ? "" : "s"), \(size) strategies"
    guard game.playerCount == 2, game.strategyCounts.allSatisfy({ $0 <= 12 }) else { return head }
    return head + "\n" + payoffTable.text()
  }

  /// The payoffs of two players, the row player's first in each cell.
  private var payoffTable: TextTable {
    let (rows, columns) = (game.strategyNames[0], game.strategyNames[1])
    let cells = columns.indices.map { column in
      TextTable.Column(
        columns[column],
        .text(
          rows.indices.map { row in
            let profile = game.profileIndex([row, column])
            return game.utilities.map { NumberFormat.readable($0[profile]) }.joined(separator: ", ")
          }))
    }
    return TextTable("", [TextTable.Column("", .text(rows))] + cells)
  }

  /// A mixture in words: "Heads: 0.5, Tails: 0.5".
  func words(_ strategy: [Double], of player: Int) -> String {
    let played = strategy.indices.filter { strategy[$0] > 0 }
    let names = game.strategyNames[player]
    if played.count == 1 { return names[played[0]] }
    let shown = played.sorted { strategy[$0] > strategy[$1] }.prefix(6).sorted()
    let parts = shown.map { "\(names[$0]): \(NumberFormat.readable(strategy[$0]))" }
    return parts.joined(separator: ", ") + (shown.count < played.count ? ", ..." : "")
  }
}

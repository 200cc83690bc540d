import Tensor

/// A table in one of the formats, piece by piece: a head, a text for each row, a foot. Tables of millions of rows go
/// into a file or a string that way, and the user may break off between two of their rows.
struct TableText {
  private let rowCount: Int
  private let head: String
  private let row: (Int) throws -> String
  private let foot: String

  /// Pieces are handed on when they are about as large as this.
  private static let pieceSize = 1 << 16

  init(rowCount: Int, head: String, foot: String = "", row: @escaping (Int) throws -> String) {
    self.rowCount = rowCount
    self.head = head
    self.foot = foot
    self.row = row
  }

  /// - Throws: `Cancelled`, what a row throws, and what `write` throws.
  func write(cancellation: Cancellation, _ write: (String) throws -> Void) throws {
    var piece = head
    for index in 0..<rowCount {
      try cancellation.check(at: index)
      piece += try row(index)
      if piece.utf8.count >= Self.pieceSize {
        try write(piece)
        piece = ""
      }
    }
    try write(piece + foot)
  }

  /// - Throws: as above.
  func string(cancellation: Cancellation = .never) throws -> String {
    var text = ""
    try write(cancellation: cancellation) { text += $0 }
    return text
  }

  /// Writes a file that holds all of the table, or leaves what stood there before.
  /// - Throws: `ScriptError.file`, and as above.
  func save(to path: String, cancellation: Cancellation) throws {
    try TextFile.write(to: path) { try write(cancellation: cancellation, $0) }
  }
}

/// Gathers what scripts print into messages of a decent size: servers cut off a kernel that sends a thousand a second.
///
/// Text waits until there are 8 KiB of it or a twentieth of a second has gone by, and never longer.
struct StreamCoalescer {
  struct Piece: Equatable {
    var name: String
    var parent: Parent
    var text: String
  }

  static let capacity = 8192
  static let patience = 0.05

  private var pending: Piece?
  /// When the text that waits is due, in the seconds of the clock that `add` was given.
  private(set) var deadline: Double?

  /// What must go out now, in order.
  mutating func add(_ piece: Piece, now: Double) -> [Piece] {
    var due: [Piece] = []
    if let held = pending, held.name != piece.name || held.parent != piece.parent { due += flush() }
    if pending == nil {
      pending = piece
      deadline = now + StreamCoalescer.patience
    } else {
      pending?.text += piece.text
    }
    if let held = pending, held.text.utf8.count >= StreamCoalescer.capacity { due += flush() }
    return due
  }

  /// What waits, if its time has come.
  mutating func due(now: Double) -> [Piece] {
    guard let deadline, now >= deadline else { return [] }
    return flush()
  }

  mutating func flush() -> [Piece] {
    defer { (pending, deadline) = (nil, nil) }
    return pending.map { [$0] } ?? []
  }
}

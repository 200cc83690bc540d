/// How far a long piece of work is.
public struct ProgressReport: Sendable, Equatable {
  /// What is counted: "round", "trial".
  public var unit: String
  /// Parts done, with the share of the one at work.
  public var done: Double
  public var total: Int
  /// What the work says of itself: its latest accuracy.
  public var note: String
  public var isFinished: Bool

  public init(unit: String, done: Double, total: Int, note: String = "", isFinished: Bool = false) {
    self.unit = unit
    self.done = done
    self.total = total
    self.note = note
    self.isFinished = isFinished
  }

  /// From 0 to 1.
  public var share: Double { min(1, done / Double(max(1, total))) }

  /// The part at work, counted from one.
  public var place: String { "\(unit) \(isFinished ? Int(done) : min(total, Int(done) + 1)) of \(total)" }

  /// A bar of text.
  public var text: String {
    let filled = Int(share * 24)
    let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: 24 - filled)
    return "\(place)  [\(bar)] \(Int(share * 100)) %  \(note)"
  }
}

import Foundation
import Synchronization

/// A bar on standard error for long work, drawn at most ten times a second; nothing where there is no terminal.
final class ProgressBar: Sendable {
  private let total: Int
  private let unit: String
  private let isShown: Bool
  private let state = Mutex(State())

  private struct State {
    var done = 0.0
    var note = ""
    var lastDrawn = 0.0
    var isDrawn = false
  }

  init(_ context: RunContext, unit: String, total: Int) {
    self.total = total
    self.unit = unit
    isShown = context.options.progress
  }

  /// Any thread may tell.
  func show(done: Double) {
    guard isShown else { return }
    state.withLock { state in
      state.done = max(state.done, done)
      let now = Clock.wall
      guard now - state.lastDrawn >= 0.1 else { return }
      state.lastDrawn = now
      draw(&state)
    }
  }

  func note(_ text: String) {
    guard isShown else { return }
    state.withLock { $0.note = text }
  }

  /// Leaves the line empty, as if the bar had never been.
  func finish() {
    state.withLock { state in
      if state.isDrawn { Self.write("\r\u{1B}[K") }
      state.isDrawn = false
    }
  }

  private func draw(_ state: inout State) {
    let share = min(1, state.done / Double(max(1, total)))
    let filled = Int(share * 24)
    let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: 24 - filled)
    let text = "\(unit) \(min(total, Int(state.done) + 1)) of \(total)  [\(bar)] \(Int(share * 100)) %  \(state.note)"
    Self.write("\r\u{1B}[K" + text)
    state.isDrawn = true
  }

  private static func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}

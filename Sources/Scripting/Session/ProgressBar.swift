import Foundation
import Synchronization

/// A bar for long work: on standard error, drawn at most ten times a second; as reports to whoever listens instead, about
/// twice a second and only for work that takes longer than that; nothing where there is neither.
final class ProgressBar: Sendable {
  private let total: Int
  private let unit: String
  private let isDrawn: Bool
  /// A longer text would wrap, and each drawing leave a line behind.
  private let width: Int
  private let listener: (@Sendable (ProgressReport) -> Void)?
  private let state: Mutex<State>

  private struct State {
    var done = 0.0
    var note = ""
    var lastShown: Double
    var isShown = false
  }

  init(_ context: RunContext, unit: String, total: Int) {
    self.total = total
    self.unit = unit
    listener = context.options.progressListener
    isDrawn = context.options.progress
    width = max(1, context.options.width - 1)
    state = Mutex(State(lastShown: listener == nil ? 0 : Clock.wall))
  }

  private var isWatched: Bool { isDrawn || listener != nil }

  /// Any thread may tell.
  func show(done: Double) {
    guard isWatched else { return }
    state.withLock { state in
      state.done = max(state.done, done)
      let now = Clock.wall
      guard now - state.lastShown >= (listener == nil ? 0.1 : 0.5) else { return }
      state.lastShown = now
      state.isShown = true
      let report = ProgressReport(unit: unit, done: state.done, total: total, note: state.note)
      if let listener { listener(report) } else { Self.write("\r\u{1B}[K" + String(report.text.prefix(width))) }
    }
  }

  func note(_ text: String) {
    guard isWatched else { return }
    state.withLock { $0.note = text }
  }

  /// On a terminal the line is left empty, as if the bar had never been.
  func finish() {
    state.withLock { state in
      guard state.isShown else { return }
      state.isShown = false
      guard let listener else { return Self.write("\r\u{1B}[K") }
      listener(
        ProgressReport(unit: unit, done: state.done, total: total, note: state.note, isFinished: true))
    }
  }

  private static func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}

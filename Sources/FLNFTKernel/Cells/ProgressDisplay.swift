import Core
import Foundation
import Scripting
import Synchronization

/// Long work in a notebook: one display that is updated. Any thread of the work may report.
final class ProgressDisplay: Sendable {
  private let publisher: Publisher
  private let state = Mutex(State())

  private struct State {
    /// The cell that runs, when it wants to be heard.
    var parent: Parent?
    var display: String?
  }

  init(_ publisher: Publisher) { self.publisher = publisher }

  func begin(parent: Parent?) { state.withLock { $0 = State(parent: parent) } }

  func show(_ report: ProgressReport) {
    state.withLock { state in
      guard let parent = state.parent else { return }
      let known = state.display
      let display = known ?? UUID().uuidString
      state.display = report.isFinished ? nil : display
      let content = MediaBundle.content(ProgressDisplay.presentation(report), display: display)
      publisher.publish(known == nil ? "display_data" : "update_display_data", .object(content), parent: parent)
    }
  }

  private static func presentation(_ report: ProgressReport) -> Presentation {
    let words = MediaBundle.escape("\(report.place)  \(report.note)")
    let bar = #"<progress value="\#(report.share)" max="1"></progress>"#
    return Presentation(report.text, others: [.html: "<div>\(bar) \(words)</div>"])
  }
}

extension MediaBundle {
  static func escape(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}

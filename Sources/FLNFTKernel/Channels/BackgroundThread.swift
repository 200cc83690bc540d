import Foundation

/// A thread that serves a channel beside the one that runs cells.
final class BackgroundThread: Sendable {
  private let ended = DispatchSemaphore(value: 0)

  /// Signals stay with the thread that runs cells: there they stop what runs.
  init(_ name: String, _ body: @escaping @Sendable () throws -> Void) {
    let ended = ended
    let thread = Thread {
      var signals = sigset_t()
      sigfillset(&signals)
      pthread_sigmask(SIG_BLOCK, &signals, nil)
      do {
        try body()
      } catch let error as ZeroMQError where error.isEnd {
        // That is how a kernel closes.
      } catch {
        KernelLog.write("the \(name) channel has failed: \(error)")
      }
      ended.signal()
    }
    thread.name = name
    thread.start()
  }

  func waitForEnd(seconds: Double) { _ = ended.wait(timeout: .now() + seconds) }
}

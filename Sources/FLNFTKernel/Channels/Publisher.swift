import Core
import Synchronization

/// The way to the iopub channel, for any thread: what is said goes through an inproc queue to the one thread that owns
/// the channel's socket.
final class Publisher: Sendable {
  static let address = "inproc://iopub"

  /// What stands in the first frame.
  enum Order: String {
    /// topic, type, parent, content
    case message
    /// name, parent, text
    case stream
    case end
  }

  private let queue: Mutex<Socket>

  init(_ context: ZeroMQContext) throws {
    let socket = try Socket(context, .push)
    // A cell that prints faster than the channel sends has to wait.
    socket.bound(to: 1000)
    try socket.connect(Publisher.address)
    queue = Mutex(socket)
  }

  func publish(_ type: String, _ content: JSON, parent: Parent) {
    send([.init("message".utf8), Array(type.utf8), parent.headerBytes, content.bytes])
  }

  func status(_ state: String, parent: Parent) {
    publish("status", .object(["execution_state": .string(state)]), parent: parent)
  }

  /// Text of the stream "stdout" or "stderr", which may be gathered with what comes after it.
  func stream(_ name: String, _ text: String, parent: Parent) {
    send([.init("stream".utf8), Array(name.utf8), parent.headerBytes, Array(text.utf8)])
  }

  /// The channel closes when it has sent what came before.
  func end() { send([.init("end".utf8)]) }

  func close() { queue.withLock { $0.close() } }

  private func send(_ frames: [[UInt8]]) {
    // It fails only when the context has been ended, and then no one listens.
    queue.withLock { try? $0.send(frames) }
  }
}

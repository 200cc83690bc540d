import Core
import Synchronization

/// The way to the iopub channel, for any thread: what is said goes through an inproc queue to the one thread that owns
/// the channel's socket.
final class Publisher: Sendable {
  static let address = "inproc://iopub"

  /// What stands in the first frame of an order.
  enum Order: String {
    /// type, parent, content
    case message
    /// Text of a stream: name, parent, text.
    case text
    /// Text has come into the empty mailbox: its number.
    case mail
    case end
  }

  /// Orders are given one after the other.
  private let queue: Mutex<Socket>
  /// Never held while an order is given: the one who takes the orders looks in here, and a full queue waits for him.
  private let mailbox = Mutex(Mailbox())

  /// Printed text on its way. A script that prints a million lines should not send a million orders: what comes before
  /// the other thread has looked goes with what is there.
  private struct Mailbox {
    var mail: StreamCoalescer.Piece?
    /// Counts what has been in here, so that an old announcement does not fetch newer mail past what lies between.
    var number = 0

    mutating func empty() -> StreamCoalescer.Piece? {
      defer { mail = nil }
      return mail
    }
  }

  init(_ context: ZeroMQContext) throws {
    let socket = try Socket(context, .push)
    // Who speaks faster than the channel sends has to wait.
    socket.bound(to: 1000)
    try socket.connect(Publisher.address)
    queue = Mutex(socket)
  }

  private func give(_ order: Order, _ frames: [[UInt8]] = [], through queue: Socket) {
    // It fails only when the context has been ended, and then no one listens.
    try? queue.send([Array(order.rawValue.utf8)] + frames)
  }

  /// Gives the mail its place in the queue, before something that is said later.
  private func seal(through queue: Socket) {
    guard let mail = mailbox.withLock({ $0.empty() }) else { return }
    give(.text, [Array(mail.name.utf8), mail.parent.headerBytes, Array(mail.text.utf8)], through: queue)
  }

  func publish(_ type: String, _ content: JSON, parent: Parent) {
    queue.withLock { queue in
      seal(through: queue)
      give(.message, [Array(type.utf8), parent.headerBytes, content.bytes], through: queue)
    }
  }

  func status(_ name: String, parent: Parent) {
    publish("status", .object(["execution_state": .string(name)]), parent: parent)
  }

  /// Text of the stream "stdout" or "stderr", which may be gathered with what comes after it.
  func stream(_ name: String, _ text: String, parent: Parent) {
    queue.withLock { queue in
      let isAdded = mailbox.withLock { box in
        guard let mail = box.mail, mail.name == name, mail.parent == parent else { return false }
        box.mail?.text += text
        return true
      }
      guard !isAdded else { return }
      seal(through: queue)
      let number = mailbox.withLock { box in
        box.mail = StreamCoalescer.Piece(name: name, parent: parent, text: text)
        box.number += 1
        return box.number
      }
      give(.mail, [Array(String(number).utf8)], through: queue)
    }
  }

  /// For the thread that owns the channel: the mail of that number, if it has not been sealed since it was announced.
  func takeMail(_ number: Int) -> StreamCoalescer.Piece? {
    mailbox.withLock { $0.number == number ? $0.empty() : nil }
  }

  /// The channel closes when it has sent what came before.
  func end() {
    queue.withLock { queue in
      seal(through: queue)
      give(.end, through: queue)
    }
  }

  func close() { queue.withLock { $0.close() } }
}

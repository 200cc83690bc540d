import CZeroMQ
import Foundation

/// What ZeroMQ refused.
struct ZeroMQError: Error, CustomStringConvertible {
  let operation: String
  let code: Int32

  init(_ operation: String) {
    self.operation = operation
    code = zmq_errno()
  }

  /// The context has been ended: every socket is to be closed.
  var isEnd: Bool { code == Int32(bitPattern: UInt32(truncatingIfNeeded: Int(ETERM))) }
  /// There is no one of that name, or not yet.
  var isUnreachable: Bool { code == EHOSTUNREACH }
  var description: String { "cannot \(operation): \(String(cString: zmq_strerror(code)))" }
}

/// What all sockets of a process share. ZeroMQ lets any thread use it.
final class ZeroMQContext: @unchecked Sendable {
  fileprivate let pointer: UnsafeMutableRawPointer

  init() throws {
    guard let pointer = zmq_ctx_new() else { throw ZeroMQError("start ZeroMQ") }
    self.pointer = pointer
    // A front end of the last decade may speak from an address of IPv6 as well.
    zmq_ctx_set(pointer, ZMQ_IPV6, 1)
  }

  /// Wakes every thread that waits for a socket, and returns when all sockets are closed and have sent what they had.
  func end() { while zmq_ctx_term(pointer) != 0, zmq_errno() == EINTR {} }
}

/// A socket of ZeroMQ, for one thread at a time.
final class Socket {
  enum Kind {
    case router, reply, publish, push, pull, pair, dealer, request, subscribe

    fileprivate var code: Int32 {
      switch self {
      case .router: ZMQ_ROUTER
      case .reply: ZMQ_REP
      // A publisher that hears of its subscribers.
      case .publish: ZMQ_XPUB
      case .push: ZMQ_PUSH
      case .pull: ZMQ_PULL
      case .pair: ZMQ_PAIR
      case .dealer: ZMQ_DEALER
      case .request: ZMQ_REQ
      case .subscribe: ZMQ_SUB
      }
    }
  }

  fileprivate let pointer: UnsafeMutableRawPointer

  init(_ context: ZeroMQContext, _ kind: Kind) throws {
    guard let pointer = zmq_socket(context.pointer, kind.code) else { throw ZeroMQError("open a socket") }
    self.pointer = pointer
    // What has been said shall arrive, but no one waits for a front end that has gone.
    set(ZMQ_LINGER, 1000)
    // Messages are few, and none may be lost because a front end is slow.
    set(ZMQ_SNDHWM, 0)
    set(ZMQ_RCVHWM, 0)
    switch kind {
    // Every front end that comes is greeted, not only the first of its kind.
    case .publish: set(ZMQ_XPUB_VERBOSE, 1)
    // A client that comes again under its old name takes the place of its old self.
    case .router: set(ZMQ_ROUTER_HANDOVER, 1)
    case .subscribe: zmq_setsockopt(pointer, ZMQ_SUBSCRIBE, nil, 0)
    default: break
    }
  }

  private var isClosed = false

  /// What has been sent still goes out. Nothing else may follow.
  func close() {
    guard !isClosed else { return }
    isClosed = true
    zmq_close(pointer)
  }

  deinit { close() }

  private func set(_ option: Int32, _ value: Int32) {
    withUnsafePointer(to: value) { _ = zmq_setsockopt(pointer, option, $0, MemoryLayout<Int32>.size) }
  }

  /// Holds back whoever sends faster than the other side reads.
  func bound(to count: Int32) {
    set(ZMQ_SNDHWM, count)
    set(ZMQ_RCVHWM, count)
  }

  /// Makes it an error to send to someone who is not there; a router would drop what he should have got.
  func insistOnReceivers() { set(ZMQ_ROUTER_MANDATORY, 1) }

  /// The name under which a router knows this socket.
  func identify(as name: String) { zmq_setsockopt(pointer, ZMQ_ROUTING_ID, name, name.utf8.count) }

  func bind(_ address: String) throws {
    guard zmq_bind(pointer, address) == 0 else { throw ZeroMQError("listen on \(address)") }
  }

  func connect(_ address: String) throws {
    guard zmq_connect(pointer, address) == 0 else { throw ZeroMQError("connect to \(address)") }
  }

  func send(_ frames: [[UInt8]]) throws {
    for (place, frame) in frames.enumerated() {
      let flags = place + 1 < frames.count ? ZMQ_SNDMORE : 0
      while zmq_send(pointer, frame, frame.count, flags) < 0 {
        guard zmq_errno() == EINTR else { throw ZeroMQError("send") }
      }
    }
  }

  /// The next message; nil when there is none yet.
  func receiveIfAny() throws -> [[UInt8]]? { try receive(flags: ZMQ_DONTWAIT) }

  /// The next message, however long it takes.
  func receive() throws -> [[UInt8]] {
    while true { if let frames = try receive(flags: 0) { return frames } }
  }

  private func receive(flags: Int32) throws -> [[UInt8]]? {
    var frames: [[UInt8]] = []
    var message = zmq_msg_t()
    repeat {
      zmq_msg_init(&message)
      defer { zmq_msg_close(&message) }
      // A signal at rest interrupts the wait, and means nothing here.
      while zmq_msg_recv(&message, pointer, frames.isEmpty ? flags : 0) < 0 {
        if zmq_errno() == EINTR { continue }
        if zmq_errno() == EAGAIN { return nil }
        throw ZeroMQError("receive")
      }
      frames.append(Array(UnsafeRawBufferPointer(start: zmq_msg_data(&message), count: zmq_msg_size(&message))))
      if zmq_msg_more(&message) == 0 { return frames }
    } while true
  }

  /// Which of the sockets have something to read, after at most `milliseconds`; a negative number waits for ever. A
  /// signal ends the wait early, with none.
  static func wait(for sockets: [Socket], milliseconds: Int = -1) throws -> [Bool] {
    var items = sockets.map { zmq_pollitem_t(socket: $0.pointer, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0) }
    if zmq_poll(&items, Int32(items.count), milliseconds) < 0 {
      guard zmq_errno() == EINTR else { throw ZeroMQError("wait") }
      return sockets.map { _ in false }
    }
    return items.map { $0.revents & Int16(ZMQ_POLLIN) != 0 }
  }
}

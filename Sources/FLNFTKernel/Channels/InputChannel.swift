import Core
import Foundation
import Scripting

/// The stdin channel: what a script reads, the user of the front end types.
final class InputChannel {
  private let socket: Socket
  private let wire: WireFormat
  /// Whose cell runs, when its front end takes questions.
  private var request: Message?
  /// Whether the cell has been told to stop.
  var isInterrupted: () -> Bool = { false }

  init(_ socket: Socket, wire: WireFormat) {
    self.socket = socket
    self.wire = wire
    socket.insistOnReceivers()
  }

  func begin(_ request: Message, allowed: Bool) { self.request = allowed ? request : nil }
  func end() { request = nil }

  /// A line of the user's.
  /// - Throws: `InputError` when no one can be asked, or the wait is interrupted.
  func ask() throws -> String {
    guard let request else { throw InputError.noUser }
    // Answers to questions that were withdrawn.
    while try socket.receiveIfAny() != nil {}
    let content = JSON.object(["prompt": .string(""), "password": .bool(false)])
    try deliver(
      wire.frames(
        "input_request", content: content.bytes, parent: request.parent, identities: request.identities))
    while !isInterrupted() {
      guard try Socket.wait(for: [socket], milliseconds: 100)[0], let frames = try socket.receiveIfAny() else {
        continue
      }
      do {
        let reply = try wire.message(frames)
        if reply.type == "input_reply" { return reply.content["value"]?.string ?? "" }
      } catch let problem as WireFormat.Problem {
        KernelLog.write("an input message is dropped: \(problem)")
      }
    }
    throw InputError.interrupted
  }

  /// Sends to a front end that may still be connecting: its channels come one after the other.
  private func deliver(_ frames: [[UInt8]]) throws {
    for _ in 0..<100 where !isInterrupted() {
      do {
        return try socket.send(frames)
      } catch let error as ZeroMQError where error.isUnreachable {
        usleep(50_000)
      }
    }
    throw isInterrupted() ? InputError.interrupted : InputError.noUser
  }
}

import Core
import Foundation

/// The iopub channel: what the kernel does, told to every front end. The one owner of its socket.
final class PublishingChannel {
  private let queue: Socket
  private let channel: Socket
  private let wire: WireFormat
  private var streams = StreamCoalescer()

  init(_ context: ZeroMQContext, address: String, wire: WireFormat) throws {
    self.wire = wire
    queue = try Socket(context, .pull)
    queue.bound(to: 1000)
    try queue.bind(Publisher.address)
    channel = try Socket(context, .publish)
    try channel.bind(address)
  }

  /// Runs until the publisher says that it is over.
  func serve(_ publisher: Publisher) throws {
    defer { for open in [queue, channel] { open.close() } }
    while true {
      let now = PublishingChannel.now
      let patience = streams.deadline.map { max(0, Int((($0 - now) * 1000).rounded(.up))) } ?? -1
      let ready = try Socket.wait(for: [queue, channel], milliseconds: patience)
      if ready[1], let frames = try channel.receiveIfAny() { try greet(frames) }
      if ready[0] {
        // Not without end: front ends that come must be greeted between.
        for _ in 0..<500 {
          guard let frames = try queue.receiveIfAny() else { break }
          if try !follow(frames, publisher) { return }
        }
      }
      try send(streams.due(now: PublishingChannel.now))
    }
  }

  /// False for the last order.
  private func follow(_ frames: [[UInt8]], _ publisher: Publisher) throws -> Bool {
    let order = frames.first.flatMap { Publisher.Order(rawValue: String(decoding: $0, as: UTF8.self)) }
    switch order {
    case .message where frames.count == 4:
      try send(streams.flush())
      let type = String(decoding: frames[1], as: UTF8.self)
      try channel.send(
        wire.frames(type, content: frames[3], parent: Parent(headerBytes: frames[2]), identities: [frames[1]]))
    case .text where frames.count == 4:
      let piece = StreamCoalescer.Piece(
        name: String(decoding: frames[1], as: UTF8.self), parent: Parent(headerBytes: frames[2]),
        text: String(decoding: frames[3], as: UTF8.self))
      try send(streams.add(piece, now: PublishingChannel.now))
    case .mail where frames.count == 2:
      let number = Int(String(decoding: frames[1], as: UTF8.self)) ?? 0
      if let piece = publisher.takeMail(number) { try send(streams.add(piece, now: PublishingChannel.now)) }
    default:
      try send(streams.flush())
      return false
    }
    return true
  }

  private func send(_ pieces: [StreamCoalescer.Piece]) throws {
    for piece in pieces {
      let content = JSON.object(["name": .string(piece.name), "text": .string(piece.text)])
      try channel.send(
        wire.frames(
          "stream", content: content.bytes, parent: piece.parent, identities: [Array("stream.\(piece.name)".utf8)]))
    }
  }

  /// Tells a front end that its subscription has come, so that it misses nothing that it asks for from then on (Jupyter
  /// enhancement proposal 65).
  private func greet(_ frames: [[UInt8]]) throws {
    guard let frame = frames.first, frame.first == 1 else { return }
    let topic = Array(frame.dropFirst())
    let content = JSON.object(["subscription": .string(String(decoding: topic, as: UTF8.self))])
    try channel.send(
      wire.frames("iopub_welcome", content: content.bytes, parent: .none, identities: [topic]))
  }

  private static var now: Double { ProcessInfo.processInfo.systemUptime }
}

import Core
import Testing

@testable import FLNFTKernel

/// The way from whoever speaks to the one thread that owns the iopub channel.
@Suite struct PublisherTests {
  /// What comes at the other end: letters printed and letters shown, in order.
  private func transcript(_ speak: @escaping @Sendable (Publisher) -> Void) throws -> String {
    let context = try ZeroMQContext()
    let wire = WireFormat(key: [])
    let address = "inproc://test"
    nonisolated(unsafe) let channel = try PublishingChannel(context, address: address, wire: wire)
    let publisher = try Publisher(context)
    let listener = try Socket(context, .subscribe)
    try listener.connect(address)
    let served = BackgroundThread("iopub") { try channel.serve(publisher) }
    // The greeting: from here on nothing is missed.
    _ = try listener.receive()
    let speaker = BackgroundThread("speaker") {
      speak(publisher)
      publisher.publish("done", .null, parent: .none)
      publisher.end()
    }
    var text = ""
    while true {
      let message = try wire.message(try listener.receive())
      if message.type == "done" { break }
      text += message.content["text"]?.string ?? message.content.string ?? ""
    }
    speaker.waitForEnd(seconds: 10)
    served.waitForEnd(seconds: 10)
    publisher.close()
    listener.close()
    context.end()
    return text
  }

  @Test(.timeLimit(.minutes(15))) func everythingComesInOrder() throws {
    let count = 20_000
    let text = try transcript { publisher in
      for number in 0..<count {
        publisher.stream(number % 7 == 0 ? "stderr" : "stdout", "\(number) ", parent: .none)
        if number % 3 == 0 { publisher.publish("display_data", .string("<\(number)> "), parent: .none) }
      }
    }
    let expected = (0..<count).map { "\($0) " + ($0 % 3 == 0 ? "<\($0)> " : "") }.joined()
    #expect(text == expected)
  }

  /// More orders than the queue holds: whoever speaks waits, and nobody waits for ever.
  @Test(.timeLimit(.minutes(15))) func aFullQueueIsNoDeadEnd() throws {
    let text = try transcript { publisher in
      for _ in 0..<30_000 {
        publisher.stream("stdout", "p", parent: .none)
        publisher.publish("display_data", .string("d"), parent: .none)
      }
    }
    #expect(text == String(repeating: "pd", count: 30_000))
  }
}

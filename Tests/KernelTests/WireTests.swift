import Core
import Testing

@testable import FLNFTKernel

@Suite struct WireTests {
  /// Frames that jupyter_client 8.10 sent.
  private static let key = Array("a0436f6c-1916-498b-8eb9-e81ab9368e84".utf8)
  private static let recorded = [
    "client", "<IDS|MSG>", "850985351e37625b59d9d5a361373faa5c96b01f5bd6eea1f23d61452004ebcd",
    #"{"msg_id": "0b7d_1", "msg_type": "execute_request", "username": "zoë", "session": "0b7d", "#
      + #""date": "2026-11-21T19:00:00.000000Z", "version": "5.4"}"#,
    "{}", "{}",
    #"{"code": "print('é😀')", "silent": false, "store_history": true, "user_expressions": {}, "#
      + #""allow_stdin": true, "stop_on_error": true}"#,
  ].map { Array($0.utf8) }

  private func problem(_ frames: [[UInt8]], key: [UInt8] = WireTests.key) -> WireFormat.Problem? {
    do {
      _ = try WireFormat(key: key).message(frames)
      return nil
    } catch { return error as? WireFormat.Problem }
  }

  @Test func recordedFramesAreRead() throws {
    let message = try WireFormat(key: WireTests.key).message(WireTests.recorded)
    #expect(message.type == "execute_request")
    #expect(message.identities == [Array("client".utf8)])
    #expect(message.content["code"] == .string("print('é😀')"))
    #expect(message.parent.headerBytes == WireTests.recorded[3])
    // Binary frames may follow, and are signed by no one.
    #expect(problem(WireTests.recorded + [[0, 255]]) == nil)
    #expect(ExecuteRequest(message.content).allowsInput)
  }

  @Test func whatCannotBeTrustedIsRefused() {
    #expect(problem(WireTests.recorded, key: Array("another key".utf8)) == .badSignature)
    for place in 3...6 {
      var frames = WireTests.recorded
      frames[place].append(0x20)
      #expect(problem(frames) == .badSignature)
      frames.remove(at: place)
      #expect(problem(frames) == .tooFewFrames)
    }
    for signature in ["", "85", "zz", String(repeating: "0", count: 64)] {
      var frames = WireTests.recorded
      frames[2] = Array(signature.utf8)
      #expect(problem(frames) == .badSignature)
    }
    #expect(problem([]) == .noDelimiter)
    #expect(problem([Array("client".utf8)]) == .noDelimiter)
    #expect(problem([WireFormat.delimiter]) == .tooFewFrames)
  }

  @Test func withoutAKeyNothingIsSigned() throws {
    var frames = WireTests.recorded
    frames[2] = []
    #expect(problem(frames, key: []) == nil)
    frames[6] = Array("{".utf8)
    guard case .malformed = problem(frames, key: []) else {
      Issue.record("half an object was read")
      return
    }
    frames[3] = Array("{}".utf8)
    #expect(problem(frames, key: []) != nil)
    let sent = WireFormat(key: []).frames("status", content: Array("{}".utf8), parent: .none, identities: [])
    #expect(sent[1].isEmpty)
  }

  @Test func whatIsWrittenCanBeRead() throws {
    let wire = WireFormat(key: WireTests.key)
    let request = try wire.message(WireTests.recorded)
    let content = JSON.object(["status": .string("ok"), "text": .string("ü\n\u{0}\u{1F600}")])
    let frames = wire.reply("execute_reply", content, to: request)
    let reply = try wire.message(frames)
    #expect(reply.type == "execute_reply")
    #expect(reply.identities == request.identities)
    #expect(reply.content == content)
    #expect(reply.header["version"] == .string("5.4"))
    // The parent's header goes back byte for byte.
    #expect(frames[4] == request.headerBytes)
  }

  @Test func requestsMayLackWhatHasDefaults() {
    let request = ExecuteRequest(.object(["code": .string("1")]))
    #expect(!request.silent && request.storesHistory && request.stopsOnError && !request.allowsInput)
    #expect(!ExecuteRequest(.object(["silent": .bool(true), "store_history": .bool(true)])).storesHistory)
    #expect(ExecuteRequest(.null).code.isEmpty)
  }
}

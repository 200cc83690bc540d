import Core
import Foundation

/// Messages as frames: identities, a delimiter, the signature, then header, parent header, metadata and content as JSON.
struct WireFormat: Sendable {
  /// Empty when messages are not signed.
  let key: [UInt8]
  /// Names this run of the kernel in its headers.
  let session = UUID().uuidString

  static let protocolVersion = "5.4"
  static let delimiter = Array("<IDS|MSG>".utf8)

  enum Problem: Error, Equatable {
    case noDelimiter
    case tooFewFrames
    case badSignature
    case malformed(String)
  }

  // MARK: Reading

  func message(_ frames: [[UInt8]]) throws -> Message {
    guard let delimiter = frames.firstIndex(of: WireFormat.delimiter) else { throw Problem.noDelimiter }
    let signed = frames.dropFirst(delimiter + 2).prefix(4)
    guard signed.count == 4 else { throw Problem.tooFewFrames }
    let parts = Array(signed)
    guard key.isEmpty || isSignature(frames[delimiter + 1], of: parts) else { throw Problem.badSignature }
    do {
      let header = try JSON.parse(parts[0])
      guard header["msg_type"]?.string != nil else { throw Problem.malformed("a header names no msg_type") }
      return Message(
        identities: Array(frames[..<delimiter]), headerBytes: parts[0], header: header,
        content: try JSON.parse(parts[3]))
    } catch let error as JSONError {
      throw Problem.malformed(error.message)
    }
  }

  private func isSignature(_ frame: [UInt8], of parts: [[UInt8]]) -> Bool {
    guard let code = Hexadecimal.decode(String(decoding: frame, as: UTF8.self)) else { return false }
    return HMACSHA256.isCode(code, of: parts, key: key)
  }

  // MARK: Writing

  func frames(
    _ type: String, content: [UInt8], parent: Parent, metadata: [UInt8] = Array("{}".utf8), identities: [[UInt8]]
  ) -> [[UInt8]] {
    let header = [
      #"{"date":"\#(Timestamp.now)","msg_id":"\#(UUID().uuidString)","msg_type":"\#(type)","#,
      #""session":"\#(session)","username":"kernel","version":"\#(WireFormat.protocolVersion)"}"#,
    ].joined()
    let parts = [Array(header.utf8), parent.headerBytes, metadata, content]
    let signature = key.isEmpty ? "" : Hexadecimal.encode(HMACSHA256.code(of: parts, key: key))
    return identities + [WireFormat.delimiter, Array(signature.utf8)] + parts
  }

  func reply(_ type: String, _ content: JSON, to message: Message) -> [[UInt8]] {
    frames(type, content: content.bytes, parent: message.parent, identities: message.identities)
  }
}

extension JSON {
  /// As it goes over the wire. What JSON cannot say does not arise here: numbers are counts.
  var bytes: [UInt8] { Array(((try? compact()) ?? "{}").utf8) }
}

/// The time in ISO 8601, to the microsecond, in UTC.
enum Timestamp {
  static var now: String { text(of: Date().timeIntervalSince1970) }

  static func text(of seconds: Double) -> String {
    var whole = time_t(seconds.rounded(.down))
    let micros = min(999_999, Int((seconds - seconds.rounded(.down)) * 1e6))
    var parts = tm()
    gmtime_r(&whole, &parts)
    func padded(_ value: Int, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let date = [padded(Int(parts.tm_year) + 1900, 4), padded(Int(parts.tm_mon) + 1, 2), padded(Int(parts.tm_mday), 2)]
    let time = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { padded(Int($0), 2) }
    return date.joined(separator: "-") + "T" + time.joined(separator: ":") + "." + padded(micros, 6) + "Z"
  }
}

import Core
import Foundation

/// Where a kernel listens and how its messages are signed, as the front end has written it down.
struct ConnectionFile: Equatable, Sendable {
  enum Channel: String, CaseIterable, Sendable {
    case shell, iopub, stdin, control
    case heartbeat = "hb"
  }

  enum Transport: String, Sendable {
    case tcp, ipc
  }

  var transport: Transport
  /// The address, or for ipc the beginning of the sockets' paths.
  var ip: String
  var ports: [Channel: Int]
  /// Empty when messages are not signed.
  var key: [UInt8]

  /// For ZeroMQ: tcp puts a colon before the port, ipc a hyphen.
  func address(of channel: Channel) -> String {
    let port = ports[channel] ?? 0
    return switch transport {
    case .tcp: "tcp://\(ip):\(port)"
    case .ipc: "ipc://\(ip)-\(port)"
    }
  }
}

extension ConnectionFile {
  /// Why a file is of no use.
  enum Problem: Error, Equatable, CustomStringConvertible {
    case unreadable(path: String, reason: String)
    case malformed(path: String, reason: String)

    var description: String {
      switch self {
      case .unreadable(let path, let reason): "cannot read the connection file '\(path)': \(reason)"
      case .malformed(let path, let reason): "'\(path)' is no connection file: \(reason)"
      }
    }

    /// After sysexits(3): no input, or data that are wrong.
    var exitCode: Int32 {
      switch self {
      case .unreadable: 66
      case .malformed: 65
      }
    }
  }

  init(path: String) throws(Problem) {
    let bytes: [UInt8]
    do {
      bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      let reason = (error as NSError).localizedFailureReason ?? error.localizedDescription
      throw .unreadable(path: path, reason: reason)
    }
    do {
      try self.init(JSON.parse(bytes))
    } catch {
      throw .malformed(path: path, reason: "\((error as? JSONError)?.message ?? "\(error)")")
    }
  }

  /// A member that is missing or says something that this kernel does not understand.
  struct Unusable: Error, CustomStringConvertible {
    let description: String
  }

  init(_ json: JSON) throws {
    guard case .object = json else { throw Unusable(description: "it holds no JSON object") }
    let scheme = json["signature_scheme"]?.string ?? "hmac-sha256"
    key = Array((json["key"]?.string ?? "").utf8)
    guard key.isEmpty || scheme == "hmac-sha256" else {
      throw Unusable(description: "the signature scheme is '\(scheme)', and must be 'hmac-sha256'")
    }
    let name = json["transport"]?.string ?? "tcp"
    guard let transport = Transport(rawValue: name) else {
      throw Unusable(description: "the transport is '\(name)', and must be 'tcp' or 'ipc'")
    }
    self.transport = transport
    guard let ip = json["ip"]?.string, !ip.isEmpty else { throw Unusable(description: "'ip' is missing") }
    self.ip = ip
    ports = [:]
    for channel in Channel.allCases {
      let name = channel.rawValue + "_port"
      guard let port = json[name]?.integer else { throw Unusable(description: "'\(name)' is missing") }
      guard (1...65_535).contains(port) else {
        throw Unusable(description: "'\(name)' is \(port), and must be from 1 to 65535")
      }
      ports[channel] = Int(port)
    }
  }
}

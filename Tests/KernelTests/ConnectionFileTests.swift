import Core
import Foundation
import Testing

@testable import FLNFTKernel

@Suite struct ConnectionFileTests {
  private static let members: [String: JSON] = [
    "transport": .string("tcp"), "ip": .string("127.0.0.1"), "shell_port": .integer(1), "iopub_port": .integer(2),
    "stdin_port": .integer(3), "control_port": .integer(4), "hb_port": .integer(5), "key": .string("secret"),
    "signature_scheme": .string("hmac-sha256"), "kernel_name": .string("flnft"),
  ]

  private func file(_ changes: [String: JSON?]) throws -> ConnectionFile {
    var members = ConnectionFileTests.members
    for (name, value) in changes { members[name] = value }
    return try ConnectionFile(.object(members))
  }

  @Test func addresses() throws {
    #expect(try file([:]).address(of: .shell) == "tcp://127.0.0.1:1")
    #expect(try file([:]).address(of: .heartbeat) == "tcp://127.0.0.1:5")
    let local = try file(["transport": .string("ipc"), "ip": .string("/run/user/kernel-1-ipc")])
    #expect(local.address(of: .iopub) == "ipc:///run/user/kernel-1-ipc-2")
    #expect(try file(["key": .string("")]).key.isEmpty)
    #expect(try file(["key": nil, "signature_scheme": .string("none")]).key.isEmpty)
  }

  @Test(arguments: [
    ("transport", JSON.string("udp"), "'tcp' or 'ipc'"), ("ip", nil, "'ip' is missing"),
    ("shell_port", nil, "'shell_port' is missing"), ("hb_port", .string("5"), "'hb_port' is missing"),
    ("control_port", .integer(0), "must be from 1 to 65535"), ("stdin_port", .integer(65_536), "65536"),
    ("signature_scheme", .string("hmac-md5"), "hmac-sha256"),
  ])
  func whatIsWrongIsSaid(name: String, value: JSON?, words: String) {
    #expect { try file([name: value]) } throws: { "\($0)".contains(words) }
  }

  @Test func brokenFilesHaveTheirExitCodes() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("flnft-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func problem(_ text: String) throws -> ConnectionFile.Problem? {
      let path = folder.appendingPathComponent("connection.json").path
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      do {
        _ = try ConnectionFile(path: path)
        return nil
      } catch { return error }
    }
    for text in ["", "{", "[]", "{}", "\u{FEFF}", #"{"ip": 3}"#] { #expect(try problem(text)?.exitCode == 65) }
    #expect(try problem(JSON.object(ConnectionFileTests.members).pretty()) == nil)
    #expect {
      try ConnectionFile(path: folder.appendingPathComponent("none.json").path)
    } throws: {
      ($0 as? ConnectionFile.Problem)?.exitCode == 66 && "\($0)".contains("none.json")
    }
  }
}

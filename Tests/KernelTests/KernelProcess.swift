import Core
import Foundation

@testable import FLNFTKernel

/// A started kernel, and a front end that speaks to it.
final class KernelProcess {
  let folder: URL
  let process = Process()
  let connection: ConnectionFile
  let wire: WireFormat
  private let context: ZeroMQContext
  let shell: Socket
  let control: Socket
  let input: Socket
  let heartbeat: Socket
  let published: Socket

  struct Missing: Error {}

  /// The program lies beside the test bundle.
  static func executable() throws -> URL {
    var folders = [URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()]
    folders += Bundle.allBundles.flatMap { [$0.bundleURL, $0.bundleURL.deletingLastPathComponent()] }
    if let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
      folders.append(URL(fileURLWithPath: own).deletingLastPathComponent())
    }
    let programs = folders.map { $0.appendingPathComponent("flnft-kernel") }
    guard let found = programs.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
      throw Missing()
    }
    return found
  }

  /// Sockets are files in a folder of the test's own, so that no port can be taken.
  init() throws {
    let name = "flnft-\(UUID().uuidString.prefix(8))"
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var members: [String: JSON] = [
      "transport": .string("ipc"), "ip": .string(folder.appendingPathComponent("socket").path),
      "key": .string("secret"), "signature_scheme": .string("hmac-sha256"),
    ]
    for (number, channel) in ConnectionFile.Channel.allCases.enumerated() {
      members[channel.rawValue + "_port"] = .integer(Int64(number + 1))
    }
    let file = folder.appendingPathComponent("connection.json")
    try Data(JSON.object(members).compact().utf8).write(to: file)
    connection = try ConnectionFile(path: file.path)
    wire = WireFormat(key: connection.key)

    let (context, connection) = (try ZeroMQContext(), connection)
    self.context = context
    func connect(_ kind: Socket.Kind, _ channel: ConnectionFile.Channel) throws -> Socket {
      let socket = try Socket(context, kind)
      socket.identify(as: "test")
      try socket.connect(connection.address(of: channel))
      return socket
    }
    shell = try connect(.dealer, .shell)
    control = try connect(.dealer, .control)
    input = try connect(.dealer, .stdin)
    heartbeat = try connect(.request, .heartbeat)
    published = try connect(.subscribe, .iopub)

    process.executableURL = try KernelProcess.executable()
    process.arguments = ["-f", file.path]
    process.standardError = FileHandle(forWritingAtPath: "/dev/null")
    try process.run()
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    for socket in [shell, control, input, heartbeat, published] { socket.close() }
    context.end()
    try? FileManager.default.removeItem(at: folder)
  }

  @discardableResult
  func send(_ type: String, _ content: [String: JSON] = [:], on socket: Socket? = nil) throws -> String {
    let frames = wire.frames(type, content: JSON.object(content).bytes, parent: .none, identities: [])
    try (socket ?? shell).send(frames)
    return try wire.message(frames).header["msg_id"]?.string ?? ""
  }

  struct Silence: Error {}

  /// The next message, and the identifier of the one that it answers.
  func receive(_ socket: Socket, within seconds: Double = 20) throws -> (message: Message, parent: String) {
    let deadline = Date().addingTimeInterval(seconds)
    while Date() < deadline {
      guard try Socket.wait(for: [socket], milliseconds: 100)[0], let frames = try socket.receiveIfAny() else {
        continue
      }
      let message = try wire.message(frames)
      let parent = try JSON.parse(frames[message.identities.count + 3])
      return (message, parent["msg_id"]?.string ?? "")
    }
    throw Silence()
  }

  func reply(to identifier: String, on socket: Socket? = nil) throws -> JSON {
    while true {
      let (message, parent) = try receive(socket ?? shell)
      if parent == identifier { return message.content }
    }
  }

  /// What a request made the kernel publish, up to its being idle again.
  func outputs(of identifier: String) throws -> [(type: String, content: JSON)] {
    var outputs: [(type: String, content: JSON)] = []
    while true {
      let (message, parent) = try receive(published)
      guard parent == identifier else { continue }
      outputs.append((message.type, message.content))
      if message.type == "status", message.content["execution_state"] == .string("idle") { return outputs }
    }
  }

  /// Runs a cell to its end.
  func run(
    _ code: String, _ options: [String: JSON] = [:]
  ) throws -> (reply: JSON, outputs: [(type: String, content: JSON)]) {
    let content = options.merging(["code": .string(code)]) { $1 }
    let identifier = try send("execute_request", content)
    return (try reply(to: identifier), try outputs(of: identifier))
  }
}

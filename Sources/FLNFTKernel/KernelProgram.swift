import Foundation
import Scripting

/// `flnft-kernel CONNECTION`: the session behind a notebook. `flnft kernel install` makes it known to Jupyter.
@main
enum KernelProgram {
  /// After sysexits(3).
  private enum Exit: Int32 {
    case usage = 64
    case unavailable = 69
    case software = 70
  }

  static func main() {
    ProcessSignals.prepare()
    let arguments = CommandLine.arguments.dropFirst().filter { $0 != "-f" }
    guard arguments.count == 1, let path = arguments.first, !path.hasPrefix("-") else {
      FileHandle.standardError.write(
        Data("usage: flnft-kernel CONNECTION\n(a front end starts it: flnft kernel install)\n".utf8))
      exit(Exit.usage.rawValue)
    }
    do {
      try serve(try ConnectionFile(path: path))
    } catch let problem as ConnectionFile.Problem {
      KernelLog.write(problem.description)
      exit(problem.exitCode)
    } catch let error as ZeroMQError {
      KernelLog.write(error.description)
      exit(Exit.unavailable.rawValue)
    } catch {
      KernelLog.write("\(error)")
      exit(Exit.software.rawValue)
    }
  }

  /// Listens on every channel before it serves any: a front end that finds one finds them all.
  private static func serve(_ connection: ConnectionFile) throws {
    let context = try ZeroMQContext()
    let wire = WireFormat(key: connection.key)
    func listen(_ kind: Socket.Kind, _ channel: ConnectionFile.Channel) throws -> Socket {
      let socket = try Socket(context, kind)
      try socket.bind(connection.address(of: channel))
      return socket
    }
    // A socket may move to another thread when there is a memory barrier between; the start of a thread is one.
    nonisolated(unsafe) let publishing = try PublishingChannel(
      context, address: connection.address(of: .iopub), wire: wire)
    nonisolated(unsafe) let heartbeat = try listen(.reply, .heartbeat)
    let publisher = try Publisher(context)
    let (stop, stopper) = try stopSockets(context)
    nonisolated(unsafe) let control = ControlChannel(
      socket: try listen(.router, .control), stop: stopper, wire: wire, publisher: publisher, server: server)
    let (shell, input) = (try listen(.router, .shell), try listen(.router, .stdin))

    let published = BackgroundThread("iopub") { try publishing.serve(publisher) }
    _ = BackgroundThread("heartbeat") { try Heartbeat.serve(heartbeat) }
    _ = BackgroundThread("control") { try control.serve() }
    let kernel = try Kernel(
      shell: shell, input: InputChannel(input, wire: wire), wire: wire, publisher: publisher,
      threads: ProcessInfo.processInfo.activeProcessorCount)
    try kernel.serve(stop: stop)

    publisher.end()
    published.waitForEnd(seconds: 2)
    for socket in [shell, input, stop] { socket.close() }
    publisher.close()
    // The threads that still listen close their sockets, and what has been said is delivered.
    context.end()
  }

  /// Two ends of a line: the second tells whoever waits at the first that it is over.
  private static func stopSockets(_ context: ZeroMQContext) throws -> (Socket, Socket) {
    let address = "inproc://stop"
    let (waiting, telling) = (try Socket(context, .pair), try Socket(context, .pair))
    try waiting.bind(address)
    try telling.connect(address)
    return (waiting, telling)
  }

  /// The server that started this process, if it says so and is still there.
  private static var server: pid_t? {
    let named = ProcessInfo.processInfo.environment["JPY_PARENT_PID"].flatMap { pid_t($0) }
    return named == getppid() ? named : nil
  }
}

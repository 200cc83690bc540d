import Core
import Foundation

/// The control channel, on a thread of its own: interrupts and shutdowns are heard while a cell runs.
struct ControlChannel {
  let socket: Socket
  /// Where the thread that runs cells hears that it is over.
  let stop: Socket
  let wire: WireFormat
  let publisher: Publisher
  /// The server that started this kernel, where one is known.
  let server: pid_t?

  /// Seconds that a cell has to stop, before the process ends without it.
  private static let grace = 3.0

  func serve() throws {
    defer { for open in [socket, stop] { open.close() } }
    var deadline: Date?
    while true {
      let ready = try Socket.wait(for: [socket], milliseconds: 500)
      if ready[0] {
        do {
          if try answer(try wire.message(socket.receive())) { deadline = try deadline ?? end() }
        } catch let problem as WireFormat.Problem {
          KernelLog.write("a control message is dropped: \(problem)")
        }
      }
      // A kernel whose server has died without a word would stay for ever.
      if let server, getppid() != server, deadline == nil { deadline = try end() }
      if let deadline, Date() > deadline {
        KernelLog.write("what runs does not stop; the kernel ends without it")
        _exit(0)
      }
    }
  }

  /// True for a shutdown.
  private func answer(_ message: Message) throws -> Bool {
    let known = ["interrupt_request", "shutdown_request", "kernel_info_request"]
    guard known.contains(message.type) else {
      KernelLog.write("a control message of the unknown type '\(message.type)' is ignored")
      return false
    }
    publisher.status("busy", parent: message.parent)
    defer { publisher.status("idle", parent: message.parent) }
    switch message.type {
    case "interrupt_request":
      Interrupt.stopRunningCell()
      try socket.send(wire.reply("interrupt_reply", .object(["status": .string("ok")]), to: message))
    case "shutdown_request":
      let content = KernelFacts.shutdown(message)
      publisher.publish("shutdown_reply", content, parent: message.parent)
      try socket.send(wire.reply("shutdown_reply", content, to: message))
      return true
    default:
      try socket.send(wire.reply("kernel_info_reply", KernelFacts.introduction, to: message))
    }
    return false
  }

  /// Asks the other thread to end, whatever it does.
  private func end() throws -> Date {
    try stop.send([Array("end".utf8)])
    Interrupt.stopRunningCell()
    return Date().addingTimeInterval(ControlChannel.grace)
  }
}

/// One path for both of Jupyter's ways to interrupt: the signal that a terminal's Ctrl-C would send.
enum Interrupt {
  static func stopRunningCell() { kill(getpid(), SIGINT) }
}

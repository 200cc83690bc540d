/// The heartbeat channel: every beat comes back, whatever the kernel computes.
enum Heartbeat {
  static func serve(_ socket: Socket) throws {
    defer { socket.close() }
    while true { try socket.send(try socket.receive()) }
  }
}

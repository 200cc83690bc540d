import Core

/// Comms carry widgets, of which this kernel has none.
extension Kernel {
  func listComms(_ message: Message) -> [String: JSON]? {
    ["status": .string("ok"), "comms": .object([:])]
  }

  /// Closes what a front end opens, as the protocol asks of those who do not know its target.
  func refuseComm(_ message: Message) -> [String: JSON]? {
    let name = message.content["comm_id"] ?? .string("")
    publisher.publish("comm_close", .object(["comm_id": name, "data": .object([:])]), parent: message.parent)
    return nil
  }
}

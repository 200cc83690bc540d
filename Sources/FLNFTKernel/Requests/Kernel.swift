import Core
import Foundation
import Scripting

/// The thread that runs cells: takes what comes on the shell channel, one request after the other.
final class Kernel {
  let session: Session
  let wire: WireFormat
  let publisher: Publisher
  let reporter: CellReporter
  let input: InputChannel
  let shell: Socket
  var history = CellHistory()
  /// Requests that came while a cell ran that failed.
  private var waiting: [Message] = []
  /// The cells among them are not to run.
  private var isAborting = false
  private var isEnding = false

  init(
    shell: Socket, input: InputChannel, wire: WireFormat, publisher: Publisher, threads: Int
  ) throws {
    self.shell = shell
    self.wire = wire
    self.publisher = publisher
    reporter = CellReporter(publisher)
    self.input = input

    var options = SessionOptions()
    options.threads = threads
    options.width = 100
    options.rich = true
    options.showsLastExpression = true
    options.ownsStandardFiles = true
    options.endsOnThirdInterrupt = false
    options.progressListener = { [progress = reporter.progress] in progress.show($0) }
    session = try Session(
      options: options, ask: { try input.ask() },
      emit: { [reporter] in reporter.report($0) })
    input.isInterrupted = { [unowned self] in session.isInterrupted }
  }

  /// Serves until a shutdown comes, here or through `stop`.
  func serve(stop: Socket) throws {
    publisher.status("starting", parent: .none)
    while !isEnding {
      if waiting.isEmpty {
        isAborting = false
        let ready = try Socket.wait(for: [stop, shell])
        if ready[0] { break }
        if ready[1], let message = try receive() { waiting.append(message) }
      } else {
        if try Socket.wait(for: [stop], milliseconds: 0)[0] { break }
        try answer(waiting.removeFirst())
      }
    }
    session.close()
    reporter.budget.removeFiles()
  }

  /// The next request; nil when there is none or it cannot be trusted.
  private func receive() throws -> Message? {
    guard let frames = try shell.receiveIfAny() else { return nil }
    do {
      return try wire.message(frames)
    } catch let problem as WireFormat.Problem {
      KernelLog.write("a message is dropped: \(problem)")
      return nil
    }
  }

  private func answer(_ message: Message) throws {
    guard let handler = Kernel.handlers[message.type] else {
      KernelLog.write("a message of the unknown type '\(message.type)' is ignored")
      return
    }
    publisher.status("busy", parent: message.parent)
    defer { publisher.status("idle", parent: message.parent) }
    if isAborting, message.type == "execute_request" {
      try reply(to: message, ErrorContent.reply(Kernel.aborted).merging(["execution_count": number]) { $1 })
    } else if let content = try handler(self)(message) {
      try reply(to: message, content)
    }
  }

  private func reply(to message: Message, _ content: [String: JSON]) throws {
    let type = message.type.replacing("_request", with: "_reply")
    try shell.send(wire.reply(type, .object(content), to: message))
  }

  /// What a message asks for; a handler gives the content of the reply, or nil where there is none.
  private typealias Handler = @Sendable (Kernel) -> (Message) throws -> [String: JSON]?
  private static let handlers: [String: Handler] = [
    "execute_request": { $0.execute },
    "complete_request": { $0.complete },
    "inspect_request": { $0.inspect },
    "is_complete_request": { $0.judgeCompleteness },
    "history_request": { $0.recall },
    "kernel_info_request": { _ in { _ in KernelFacts.introduction.object } },
    "comm_info_request": { $0.listComms },
    "comm_open": { $0.refuseComm },
    "comm_msg": { _ in { _ in nil } },
    "comm_close": { _ in { _ in nil } },
    "shutdown_request": { $0.shutDown },
  ]

  private static let aborted = SessionError(
    kind: "Aborted", message: "a cell before this one failed")

  var number: JSON { .integer(Int64(history.count)) }

  // MARK: What handlers do to the queue

  /// Cells that were sent before this one's failure could be known must not run. They are told apart by having come
  /// already: whoever has seen the failure may send what he likes.
  func abortWaitingCells() throws {
    while true {
      // Frames that are on their way get a moment.
      guard try Socket.wait(for: [shell], milliseconds: 5)[0] else { break }
      if let message = try receive() { waiting.append(message) }
    }
    isAborting = true
  }

  /// Ends the kernel after this request.
  func end() { isEnding = true }

  private func shutDown(_ message: Message) -> [String: JSON]? {
    end()
    publisher.publish("shutdown_reply", KernelFacts.shutdown(message), parent: message.parent)
    return KernelFacts.shutdown(message).object
  }
}

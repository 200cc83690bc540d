import Core
import Foundation
import Testing

@testable import FLNFTKernel

/// A kernel as a process of its own, over its sockets. What Jupyter's own tools find is in scripts/notebooks.
@Suite(.serialized) struct RoundTripTests {
  @Test func aCellGoesThereAndBack() throws {
    let kernel = try KernelProcess()
    // A front end that comes is greeted, so that it knows from when on it hears everything.
    #expect(try kernel.receive(kernel.published).message.type == "iopub_welcome")
    let (reply, outputs) = try kernel.run("print('hello, world')\n6 * 7")
    #expect(reply["status"] == .string("ok") && reply["execution_count"] == .integer(1))
    #expect(
      outputs.map(\.type) == ["status", "execute_input", "stream", "execute_result", "status"])
    #expect(outputs[0].content["execution_state"] == .string("busy"))
    #expect(outputs[2].content == .object(["name": .string("stdout"), "text": .string("hello, world\n")]))
    #expect(outputs[3].content["data"] == .object(["text/plain": .string("42")]))
    #expect(outputs[3].content["metadata"] == .object([:]))

    try kernel.heartbeat.send([Array("beat".utf8)])
    #expect(try kernel.heartbeat.receive() == [Array("beat".utf8)])

    let information = try kernel.reply(to: try kernel.send("kernel_info_request"))
    #expect(information["language_info"]?["name"] == .string("lua"))
    let same = try kernel.reply(to: try kernel.send("kernel_info_request", on: kernel.control), on: kernel.control)
    #expect(same == information)
  }

  @Test func forgeriesAndStrangersChangeNothing() throws {
    let kernel = try KernelProcess()
    _ = try kernel.receive(kernel.published)
    let forger = WireFormat(key: Array("guess".utf8))
    let cell = JSON.object(["code": .string("forged = true")])
    let frames = forger.frames("execute_request", content: cell.bytes, parent: .none, identities: [])
    for socket in [kernel.shell, kernel.control] {
      try socket.send(frames)
      try socket.send([[]])
      try socket.send([Array("noise".utf8), [0, 255]])
      try kernel.send("no_such_request", on: socket)
    }
    let (_, outputs) = try kernel.run("forged == nil")
    #expect(outputs.contains { $0.content["data"] == .object(["text/plain": .string("true")]) })
  }

  @Test func aRunningCellIsInterrupted() throws {
    let kernel = try KernelProcess()
    _ = try kernel.receive(kernel.published)
    var delays: [Double] = []
    for code in ["while true do end", "while true do pcall(function() while true do end end) end"] {
      for signal in [true, false] {
        let cell = try kernel.send("execute_request", ["code": .string("print('go') " + code)])
        while try kernel.receive(kernel.published).message.type != "stream" {}
        usleep(50_000)
        let start = Date()
        if signal {
          kill(kernel.process.processIdentifier, SIGINT)
        } else {
          let request = try kernel.send("interrupt_request", on: kernel.control)
          #expect(try kernel.reply(to: request, on: kernel.control)["status"] == .string("ok"))
        }
        #expect(try kernel.reply(to: cell)["ename"] == .string("Interrupted"))
        delays.append(Date().timeIntervalSince(start))
      }
    }
    // The median, because the machine may be busy with other things.
    #expect(delays.sorted()[1] < 0.2, "\(delays)")
    // A signal between cells stops nothing.
    kill(kernel.process.processIdentifier, SIGINT)
    usleep(20_000)
    #expect(try kernel.run("local n = 0 for i = 1, 1e6 do n = n + 1 end").reply["status"] == .string("ok"))
  }

  @Test func questionsGoToTheUser() throws {
    let kernel = try KernelProcess()
    _ = try kernel.receive(kernel.published)
    let options: [String: JSON] = [
      "code": .string("local first, second = io.read('l', 'n') return first .. second + 1 .. (io.read('L') or '')"),
      "allow_stdin": .bool(true),
    ]
    let cell = try kernel.send("execute_request", options)
    for answer in ["é", " 0x10 rest"] {
      #expect(try kernel.receive(kernel.input).message.type == "input_request")
      try kernel.send("input_reply", ["value": .string(answer)], on: kernel.input)
    }
    #expect(try kernel.reply(to: cell)["status"] == .string("ok"))
    let shown = try kernel.outputs(of: cell).first { $0.type == "execute_result" }
    #expect(shown?.content["data"] == .object(["text/plain": .string("é17 rest\n")]))
    #expect(try kernel.run("io.read()").reply["ename"] == .string("NoInput"))
    #expect(try kernel.run("for line in io.lines() do end").reply["ename"] == .string("NoInput"))
    #expect(try kernel.run("io.stdin:read('a')").reply["ename"] == .string("NoInput"))
  }

  @Test(arguments: [true, false]) func itEndsInOrder(busy: Bool) throws {
    let kernel = try KernelProcess()
    _ = try kernel.receive(kernel.published)
    if busy {
      try kernel.send("execute_request", ["code": .string("print('go') while true do end")])
      while try kernel.receive(kernel.published).message.type != "stream" {}
    }
    let request = try kernel.send("shutdown_request", ["restart": .bool(true)], on: kernel.control)
    let reply = try kernel.reply(to: request, on: kernel.control)
    #expect(reply == .object(["status": .string("ok"), "restart": .bool(true)]))
    let deadline = Date().addingTimeInterval(10)
    while kernel.process.isRunning, Date() < deadline { usleep(10_000) }
    #expect(!kernel.process.isRunning)
    if !kernel.process.isRunning { #expect(kernel.process.terminationStatus == 0) }
  }

  @Test func brokenConnectionFilesEndIt() throws {
    let empty = FileManager.default.temporaryDirectory.appendingPathComponent("flnft-\(UUID().uuidString)").path
    try Data().write(to: URL(fileURLWithPath: empty))
    defer { try? FileManager.default.removeItem(atPath: empty) }
    for (arguments, status) in [(["/nowhere/connection.json"], 66), ([empty], 65), ([], 64), (["-x"], 64)] {
      let process = Process()
      process.executableURL = try KernelProcess.executable()
      process.arguments = arguments
      let words = Pipe()
      process.standardError = words
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == Int32(status))
      #expect(try words.fileHandleForReading.readToEnd()?.isEmpty == false)
    }
  }
}

import Scripting

@main
struct Shell {
  static func main() throws {
    let session = try Session(options: SessionOptions()) { event in
      switch event {
      case .output(let text): print(text, terminator: "")
      case .result(let text): print(text)
      case .notice(let text): print(text)
      case .error(let error): print("error: \(error.message)", error.hint ?? "", error.traceback)
      }
    }
    while let line = readLine() {
      print(session.completeness(of: line), session.execute(line, name: "input"))
    }
  }
}

import Scripting
import Foundation

@main
struct Shell {
  static func main() throws {
    var options = SessionOptions(); options.threads = 2; options.progress = true
    let session = try Session(options: options) { event in
      switch event {
      case .output(let text): print(text, terminator: "")
      case .result(let text): print(text)
      case .notice(let text): print(text)
      case .error(let error): print("error: \(error.message)", error.hint ?? "", error.traceback.joined(separator: "\n"))
      }
    }
    let a = CommandLine.arguments
    if a.count > 2 { _ = session.run(file: a[2], arguments: Array(a.dropFirst(3))); return }
    while let line = readLine() {
      _ = session.execute(line, name: "input")
    }
  }
}

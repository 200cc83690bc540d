import Scripting

/// Runs what comes through standard input, statement by statement; the first error ends it.
struct Pipe {
  let host: Host

  func run() -> ExecutionStatus {
    let editor = LineEditor { _, _ in nil }
    var statement = ""
    var lineCount = 0
    while true {
      switch editor.read(prompt: "") {
      case .interrupted: return .interrupted
      case .end:
        return statement.isBlank ? .succeeded : host.execute(statement, name: "stdin")
      case .line(let line):
        if lineCount > 0 { statement += "\n" }
        statement += line
        lineCount += 1
        if !Pipe.mayEndStatement(line, lineCount: lineCount) { continue }
        if !statement.isBlank {
          if host.session.completeness(of: statement) == .incomplete { continue }
          let status = host.execute(statement, name: "stdin")
          guard case .succeeded = status, host.output.failure == nil else { return status }
        }
        statement = ""
        lineCount = 0
      }
    }
  }

  /// To compile a long function again at each of its lines would take quadratic time. Its end stands at the margin.
  private static func mayEndStatement(_ line: String, lineCount: Int) -> Bool {
    lineCount < 64 || !(line.utf8.first.map { $0 == 0x20 || $0 == 0x09 } ?? true)
  }
}

extension String {
  var isBlank: Bool { utf8.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) } }
}

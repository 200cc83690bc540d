import Scripting

/// Runs what comes through standard input, statement by statement; the first error ends it.
struct Pipe {
  let host: Host

  func run() -> ExecutionStatus {
    let editor = LineEditor { _, _ in nil }
    var statement = ""
    while true {
      switch editor.read(prompt: "") {
      case .interrupted: return .interrupted
      case .end:
        return statement.isBlank ? .succeeded : host.execute(statement, name: "stdin")
      case .line(let line):
        statement = statement.isEmpty ? line : statement + "\n" + line
        if statement.isBlank {
          statement = ""
          continue
        }
        if host.session.completeness(of: statement) == .incomplete { continue }
        let status = host.execute(statement, name: "stdin")
        guard case .succeeded = status, host.output.failure == nil else { return status }
        statement = ""
      }
    }
  }
}

extension String {
  var isBlank: Bool { utf8.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) } }
}

import ArgumentParser
import Scripting

/// What keeps a command from going on, in words for the user.
struct CommandProblem: Error, Equatable {
  let message: String
  let status: ExitStatus

  init(_ message: String, status: ExitStatus = .failure) {
    self.message = message
    self.status = status
  }
}

extension Terminal {
  /// Does a command's work, and turns what goes wrong into words and a status.
  func attempt(_ work: () throws -> ExitCode) -> ExitCode {
    do {
      return try work()
    } catch let problem as CommandProblem {
      complain(problem.message)
      return problem.status.code
    } catch let error as ScriptError {
      // What is left of these, outside a script, are files.
      complain(error.message)
      return ExitStatus.outputError.code
    } catch {
      complain("\(error)")
      return ExitStatus.failure.code
    }
  }
}

import ArgumentParser
import Scripting

/// How the process ends, after sysexits(3) and the shells' custom for signals.
enum ExitStatus: Int32 {
  case success = 0
  case failure = 1
  case usage = 64
  case noInput = 66
  case unavailable = 69
  case outputError = 74
  case interrupted = 130
  /// What was printed had no reader left.
  case brokenPipe = 141

  var code: ExitCode { ExitCode(rawValue) }
}

extension ExecutionStatus {
  var exitCode: Int32 {
    switch self {
    case .succeeded: ExitStatus.success.rawValue
    case .failed: ExitStatus.failure.rawValue
    case .interrupted: ExitStatus.interrupted.rawValue
    case .exit(let code): code
    }
  }

  /// The script has asked for the end of the process.
  var endsProcess: Bool {
    if case .exit = self { true } else { false }
  }
}

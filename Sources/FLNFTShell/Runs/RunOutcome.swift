import Core
import Scripting

/// How a run ended, and what it leaves: the content of `results.json`, which is the same for the same case.
struct RunOutcome {
  enum Status: String {
    case succeeded, failed, interrupted
    /// The process ended without a word of its own.
    case crashed
  }

  let status: Status
  let error: SessionError?
  let script: ScriptIdentity
  let given: RunCase
  /// Nil where the process that held it is gone.
  let record: RunRecord?

  var json: JSON {
    var members: [String: JSON] = [
      "flnft": .string(ShellVersion.current),
      "case": .string(given.key(of: script)),
      "script": .string(script.path.lastPathComponent),
      "script_sha256": .string(script.digest),
      "arguments": .array(script.arguments.map { .string($0) }),
      "seed": .string(String(given.seed)),
      "status": .string(status.rawValue),
    ]
    members["parameters"] = .object(given.settings.mapValues { .string($0) })
    if let error { members["error"] = Self.json(error) }
    if let record {
      if record.declaresParameters { members["parameters"] = .object(record.parameters) }
      members["values"] = .object(record.values)
      members["tables"] = .array(record.tables.sorted().map { .string($0) })
      members["figures"] = .array(record.figures.sorted().map { .string($0) })
      members["checks"] = .array(
        record.checks.map {
          .object(["claim": .string($0.claim), "holds": .bool($0.holds), "published": .bool($0.isPublished)])
        })
      if let verdict = record.verdict {
        members["verdict"] = .object(["word": .string(verdict.word.rawValue), "reason": .string(verdict.reason)])
      }
    }
    return .object(members)
  }

  private static func json(_ error: SessionError) -> JSON {
    var members: [String: JSON] = [
      "message": .string(error.message), "traceback": .array(error.traceback.map { .string($0) }),
    ]
    if let hint = error.hint { members["hint"] = .string(hint) }
    return .object(members)
  }
}

extension String {
  /// What stands after the last slash.
  var lastPathComponent: String { split(separator: "/").last.map(String.init) ?? self }
}

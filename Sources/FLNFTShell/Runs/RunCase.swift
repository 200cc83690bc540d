import Core
import Scripting
import Tensor

/// One run of a script: its parameters and its seed.
struct RunCase: Codable, Equatable {
  let seed: UInt64
  /// The values of parameters, as texts.
  let settings: [String: String]

  /// Every combination of the values, the last setting varying fastest; `seed` is the run's own.
  /// - Throws: `CommandProblem` for a name given twice, a seed that is none, or too many combinations.
  static func all(of settings: [Setting], seed: UInt64) throws(CommandProblem) -> [RunCase] {
    if let twice = settings.lazy.map(\.name).firstRepeated {
      throw CommandProblem("--set \(twice) is given twice: write its values in one, with commas", status: .usage)
    }
    var count = 1
    for setting in settings {
      count *= setting.values.count
      guard count <= Setting.mostValues else {
        throw CommandProblem("these settings are more than \(Setting.mostValues) cases", status: .usage)
      }
    }
    var cases = [RunCase(seed: seed, settings: [:])]
    for setting in settings {
      var next: [RunCase] = []
      next.reserveCapacity(cases.count * setting.values.count)
      for given in cases {
        for value in setting.values { next.append(try given.with(setting.name, value)) }
      }
      cases = next
    }
    return cases
  }

  private func with(_ name: String, _ value: String) throws(CommandProblem) -> RunCase {
    if name == "seed" {
      guard let seed = UInt64(value) else {
        throw CommandProblem("--set seed=\(value): a seed is a whole number, at least 0", status: .usage)
      }
      return RunCase(seed: seed, settings: settings)
    }
    var settings = settings
    settings[name] = value
    return RunCase(seed: seed, settings: settings)
  }

  /// What tells this run from every other one: the script's text, its arguments, parameters and seed, and the version.
  func key(of script: ScriptIdentity) -> String {
    var text = "flnft \(ShellVersion.current)\n\(script.digest)\nseed \(seed)\n"
    for argument in script.arguments { text += "argument \(argument.count) \(argument)\n" }
    for (name, value) in settings.sorted(by: { $0.key < $1.key }) { text += "\(name) \(value.count) \(value)\n" }
    return String(SHA256.hash(text).description.prefix(20))
  }

  /// As one would type it.
  var description: String {
    (["seed=\(seed)"] + settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }).joined(separator: " ")
  }
}

/// The script of a run, by its text.
struct ScriptIdentity: Codable, Equatable {
  let path: String
  /// SHA-256 of the text.
  let digest: String
  let arguments: [String]

  init(path: String, arguments: [String]) throws {
    self.path = path
    self.arguments = arguments
    digest = SHA256.hash(try TextFile.bytes(of: path)).description
  }
}

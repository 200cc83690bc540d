import Core
import Scripting

/// The results of a sweep side by side: a row for each case, with its parameters and the single values it kept.
struct SweepTable {
  let plan: SweepPlan
  let folder: String

  /// The rows that there are, in the order of the plan; cases without results have their parameters only.
  var rows: [[String: JSON]] {
    plan.cases.map { given in
      let run = plan.folder(of: given, in: folder)
      let stored = run.storedResults
      var row: [String: JSON] = [
        "case": .string(given.key(of: plan.script)), "seed": .string(String(given.seed)),
        "status": .string(CaseStatus(run).rawValue),
      ]
      for (name, value) in stored?["parameters"]?.object ?? given.settings.mapValues({ .string($0) }) {
        row[name] = value
      }
      for (name, value) in stored?["values"]?.object ?? [:] where Self.isSingle(value) { row[name] = value }
      if let message = stored?["error"]?["message"] { row["error"] = message }
      return row
    }
  }

  /// The case, its seed and parameters, then what it found.
  func columns(of rows: [[String: JSON]]) -> [String] {
    let settings = Set(plan.cases.flatMap(\.settings.keys)).sorted()
    let first = ["case", "seed"] + settings + ["status"]
    let rest = Set(rows.flatMap(\.keys)).subtracting(first + ["error"]).sorted()
    return first + rest + (rows.contains { $0["error"] != nil } ? ["error"] : [])
  }

  var table: TextTable {
    let rows = rows
    return TextTable(
      "", columns(of: rows).map { name in TextTable.Column(name, .text(rows.map { Self.text($0[name]) })) })
  }

  private static func isSingle(_ value: JSON) -> Bool {
    switch value {
    case .array, .object, .null: false
    default: true
    }
  }

  static func text(_ value: JSON?) -> String {
    switch value {
    case nil, .null?: ""
    case .string(let text)?: text
    case .bool(let flag)?: flag ? "true" : "false"
    case let other?: (try? other.compact()) ?? ""
    }
  }
}

import Solvers
import Tensor

/// A mechanism that scripts hold, built in or written by them.
final class MechanismObject: ScriptObject {
  static let typeName = "mechanism"
  let mechanism: any Mechanism

  init(_ mechanism: any Mechanism) { self.mechanism = mechanism }

  var text: String {
    let spaces = MechanismText.groups(mechanism.participants).map { "  " + $0 }
    return (["mechanism: \(mechanism.name)"] + spaces).joined(separator: "\n")
  }
}

/// Participants and outcomes in words.
enum MechanismText {
  /// "3 bidders: value in [0, 1]", by role and space.
  static func groups(_ participants: [Participant]) -> [String] {
    var lines: [String] = []
    var rest = participants[...]
    while let first = rest.first {
      let alike = rest.prefix { $0.role == first.role && $0.space == first.space }
      rest = rest.dropFirst(alike.count)
      lines.append("\(alike.count) \(first.role)\(alike.count == 1 ? "" : "s"): \(space(first.space))")
    }
    return lines
  }

  static func space(_ space: ReportSpace) -> String {
    if let types = space.types {
      let shown = types.prefix(8).map { report($0) }.joined(separator: ", ")
      return "one of \(types.count) types: \(shown)\(types.count > 8 ? ", ..." : "")"
    }
    return space.fields.map { field in
      let bounds = [field.bounds.lowerBound, field.bounds.upperBound].map(NumberFormat.readable).joined(separator: ", ")
      return "\(field.name) in [\(bounds)]\(field.isPrivate ? "" : " (measured)")"
    }.joined(separator: ", ")
  }

  static func report(_ values: [Double]) -> String {
    values.count == 1 ? NumberFormat.readable(values[0]) : "{ \(NumberFormat.list(values)) }"
  }

  /// A number for those who report one, a list for others.
  static func value(_ values: [Double]) -> LuaValue { values.count == 1 ? .number(values[0]) : .numbers(values) }

  static func values(_ profile: Profile) -> LuaValue { .list(profile.rows.map { value($0) }) }
}

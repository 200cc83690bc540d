import Solvers

/// Participants of a written mechanism who report alike: as many of a role, with a space, and what a unit is to them.
struct RuleGroup {
  let role: String
  var count: Int
  let space: ReportSpace
  /// By field: 1 for values, -1 for costs, 0 for measures.
  let signs: [Double]

  var width: Int { space.fields.count }
  var isScalar: Bool { width == 1 }
  /// Whether a unit costs them something.
  var delivers: Bool { signs.contains { $0 < 0 } && !signs.contains { $0 > 0 } }

  var participants: [Participant] { Participant.each(role, count: count, space: space) }
}

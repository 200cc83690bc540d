import Core

/// A simulated economy that scripts hold: every run of every subset, week by week.
final class EconomyObject: ScriptObject {
  static let typeName = "economy"

  let ensemble: EconomyEnsemble
  /// What was swept, and its values in each subset.
  let sweptNames: [String]
  let sweptValues: [[Double]]
  let agentCount: Int
  let names: [String]
  /// All rows of each column, by subset, run and step.
  private let columns: [[Double]]
  /// Made once: scripts read columns one at a time.
  private(set) var fields: Record = [:]

  init(_ ensemble: EconomyEnsemble, sweptNames: [String], sweptValues: [[Double]], agentCount: Int) {
    self.ensemble = ensemble
    self.sweptNames = sweptNames
    self.sweptValues = sweptValues
    self.agentCount = agentCount
    let tables = ensemble.tables.flatMap { $0 }
    names = tables.first?.names ?? []
    columns = names.indices.map { column in tables.flatMap { $0.columns[column] } }
    fields = makeFields()
  }

  var runs: Int { ensemble.tables.first?.count ?? 0 }
  var subsetCount: Int { ensemble.tables.count }
  private var steps: Int { ensemble.weeks + 1 }
  private var rowCount: Int { subsetCount * runs * steps }
  var memoryFootprint: Int { 16 * rowCount * names.count }

  /// The places of the rows: which simulation, subset and run, all from 1, and which step, from 0.
  private var places: [(name: String, cells: [Int])] {
    let rows = 0..<rowCount
    return [
      ("simulation", rows.map { _ in 1 }), ("subset", rows.map { $0 / (runs * steps) + 1 }),
      ("run", rows.map { $0 / steps % runs + 1 }), ("step", rows.map { $0 % steps }),
    ]
  }

  /// All rows, as token-engineering tools keep them.
  var table: TextTable {
    let swept = sweptNames.indices.map { axis in
      TextTable.Column(
        sweptNames[axis], .numbers((0..<rowCount).map { sweptValues[$0 / (runs * steps)][axis] }))
    }
    return TextTable(
      "",
      places.map { .init($0.name, .integers($0.cells)) } + swept + zip(names, columns).map { .init($0, .numbers($1)) })
  }

  private func makeFields() -> Record {
    Record(
      [
        (name: "weeks", value: .integer(ensemble.weeks)), (name: "runs", value: .integer(runs)),
        (name: "agents", value: .integer(agentCount)), (name: "seed", value: .integer(Int(clamping: ensemble.seed))),
        (name: "columns", value: .strings(names)),
        (
          name: "subsets",
          value: .list(
            sweptValues.map { values in
              .record(Record(zip(sweptNames, values).map { (name: $0, value: .number($1)) }))
            })
        ),
      ] + places.map { (name: $0.name, value: .integers($0.cells)) }
        + zip(names, columns).map { (name: $0, value: .numbers($1)) })
  }

  /// The runs of a column in a subset, from 0.
  func courses(_ column: String, subset: Int) throws -> [[Double]] {
    guard let place = names.firstIndex(of: column) else {
      let near = Suggestion.clause(for: column, among: names)
      throw ScriptError.invalidParameter(
        "there is no column '\(column)'\(near)", hint: "it has: " + names.joined(separator: ", "))
    }
    guard ensemble.tables.indices.contains(subset) else {
      throw ScriptError.invalidParameter("there are subsets 1 to \(subsetCount), not \(subset + 1)")
    }
    return ensemble.tables[subset].map { $0.columns[place] }
  }

  /// "burn_bps = 5000", empty where nothing was swept.
  func label(ofSubset subset: Int) -> String {
    zip(sweptNames, sweptValues[subset]).map { "\($0) = \(NumberFormat.shortest($1))" }.joined(separator: ", ")
  }

  /// The end of each subset, as means over its runs.
  var text: String {
    let shown = ["price", "staked_share", "base_apr", "gini", "pool_left", "burned", "attacker_power", "attack_cost"]
    var lines: [TextTable.Column] = [
      .init("subset", .integers(Array(1...max(1, subsetCount))))
    ]
    if !sweptNames.isEmpty { lines.append(.init("", .text((0..<subsetCount).map { label(ofSubset: $0) }))) }
    for name in shown {
      let ends = (0..<subsetCount).compactMap { subset -> Double? in
        guard let courses = try? courses(name, subset: subset) else { return nil }
        return courses.compactMap(\.last).reduce(0, +) / Double(max(1, courses.count))
      }
      lines.append(.init(name, .numbers(ends)))
    }
    let title =
      "economy of \(agentCount) agents, \(ensemble.weeks) weeks, \(runs) run\(runs == 1 ? "" : "s")"
      + (subsetCount == 1 ? "" : " of \(subsetCount) subsets")
    return [
      title, TextTable("", lines).text(),
      "  the last week\(runs == 1 ? "" : ", means over the runs"); seed \(ensemble.seed)",
    ].joined(separator: "\n")
  }
}

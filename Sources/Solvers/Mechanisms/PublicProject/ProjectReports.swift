/// What the two sides of a project say about each model: what it is worth to every owner, what it costs every station.
///
/// The same shape serves for what is reported (bids and claims) and for what is true (values and costs).
public struct ProjectReports<Money: ProjectMoney>: Sendable, Equatable {
  /// b_i^m or v_i^m, at least 0.
  public internal(set) var owners: MoneyTable<Money>
  /// a_i^m or k_i^m, at least 0.
  public internal(set) var stations: MoneyTable<Money>

  public var models: Int { owners.columns }
  public var participants: Int { owners.rows + stations.rows }

  /// - Throws: `NoParticipants` when a side is empty, `EmptyInput` without models, `ShapeMismatch`, `NegativeAmount`, `AmountOverflow`, `NotFinite`.
  @_specialize(where Money == Int128)
  @_specialize(where Money == Double)
  public init(owners: MoneyTable<Money>, stations: MoneyTable<Money>) throws(ProjectError) {
    guard owners.rows > 0, stations.rows > 0 else {
      throw ProjectError(
        .noParticipants, "a project needs owners and stations, but has \(owners.rows) and \(stations.rows)")
    }
    guard owners.columns > 0 else { throw ProjectError(.emptyInput, "a project needs at least one model") }
    guard owners.columns == stations.columns else {
      throw ProjectError(
        .shapeMismatch, "the owners speak of \(owners.columns) models, but the stations of \(stations.columns)")
    }
    try owners.checkAmounts("the owners' amounts")
    try stations.checkAmounts("the stations' amounts")
    self.owners = owners
    self.stations = stations
  }

  /// Sum of what the owners give less sum of what the stations ask, for each model.
  public var margins: [Money] { zip(owners.columnSums, stations.columnSums).map { $0 - $1 } }

  /// m*: the first model of the largest margin, if that is at least 0; nil when nothing is worth training.
  ///
  /// Source: HCFL section III.C, the maximum taken of the signed margin (the paper prints its absolute value).
  public var selected: Int? { Self.best(margins) }

  /// The first largest entry that is at least 0: a model comes before none.
  static func best(_ welfare: [Money]) -> Int? {
    var best: Int?
    var largest: Money = 0
    for (model, value) in welfare.enumerated() where best == nil ? value >= 0 : value > largest {
      (best, largest) = (model, value)
    }
    return best
  }

  /// The row of a participant, owners counted first.
  func row(of participant: Int) -> ArraySlice<Money> {
    participant < owners.rows ? owners.row(participant) : stations.row(participant - owners.rows)
  }

  /// The same with one participant saying something else, which must be amounts already checked.
  func replacing(_ participant: Int, with row: [Money]) -> ProjectReports {
    var changed = self
    for (model, amount) in row.enumerated() {
      if participant < owners.rows {
        changed.owners[participant, model] = amount
      } else {
        changed.stations[participant - owners.rows, model] = amount
      }
    }
    return changed
  }
}

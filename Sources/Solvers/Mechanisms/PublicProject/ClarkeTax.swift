/// How much of the others' welfare a participant must make good.
public enum TaxRule: String, CaseIterable, Sendable {
  /// max(0, max_m W_-i(m)) - W_-i(m*), with W_-i over both sides: truth is dominant, no tax is negative.
  case joint
  /// The same with W_-i over the own side only, while both sides choose together: not truthful.
  case side
  /// The body text of the paper: |W_-i(m*)| - W_-i(m') over the own side. Neither truthful nor balanced.
  case printed
}

/// The taxes that follow from everybody's reports on the models of a project.
///
/// For participant i, W_-i(m) is the sum of the nets of the others: bid less share for an owner, reward less claim for a
/// station; W_-i of no model is 0, and m' is its maximiser, ties to a model before none, then to the first. Each
/// participant's own column is subtracted from the totals, so the work is one pass over the reports after they are
/// summed: participants times models.
///
/// Source: HCFL section III.C, equations 12 to 18; the joint rule is the correction.
public struct ClarkeTax<Money: ProjectMoney>: Sendable, Equatable {
  /// m*, nil when nothing is trained.
  public let selected: Int?
  /// T_i, owners first. Negative ones, of the printed rule, are subsidies.
  public let taxes: [Money]
  /// Whether the others would have chosen otherwise: m' is not m*.
  public let pivots: [Bool]

  public var total: Money { taxes.reduce(0, +) }

  /// - Throws: `ShapeMismatch` when reports and shares do not cover the same participants and models.
  @_specialize(where Money == Int128)
  @_specialize(where Money == Double)
  public init(
    _ reports: ProjectReports<Money>, shares: ProjectShares<Money>, rule: TaxRule = .joint
  ) throws(ProjectError) {
    try shares.checkCover(reports)
    self.init(covered: reports, shares, rule)
  }

  /// Of reports and shares that are known to cover each other.
  @_specialize(where Money == Int128)
  @_specialize(where Money == Double)
  init(covered reports: ProjectReports<Money>, _ shares: ProjectShares<Money>, _ rule: TaxRule) {
    let chosen = reports.selected
    let ofOwners = Self.totals(of: reports.owners, less: shares.owners)
    let ofStations = Self.totals(of: shares.stations, less: reports.stations)
    var everybody = ofOwners
    for model in everybody.indices { everybody[model] += ofStations[model] }

    var taxes: [Money] = []
    var pivots: [Bool] = []
    taxes.reserveCapacity(reports.participants)
    pivots.reserveCapacity(reports.participants)
    Self.append(
      &taxes, &pivots, gains: reports.owners, losses: shares.owners, rule == .joint ? everybody : ofOwners, chosen, rule
    )
    Self.append(
      &taxes, &pivots, gains: shares.stations, losses: reports.stations, rule == .joint ? everybody : ofStations,
      chosen, rule)
    self.selected = chosen
    self.taxes = taxes
    self.pivots = pivots
  }

  /// The sum over the participants of gain less loss, for each model.
  @inline(__always)
  private static func totals(of gains: MoneyTable<Money>, less losses: MoneyTable<Money>) -> [Money] {
    zip(gains.columnSums, losses.columnSums).map { $0 - $1 }
  }

  /// The taxes of one side, whose nets are gains less losses.
  @inline(__always)
  private static func append(
    _ taxes: inout [Money], _ pivots: inout [Bool], gains: MoneyTable<Money>, losses: MoneyTable<Money>,
    _ totals: [Money], _ chosen: Int?, _ rule: TaxRule
  ) {
    let models = totals.count
    totals.withUnsafeBufferPointer { totals in
      gains.elements.withUnsafeBufferPointer { gains in
        losses.elements.withUnsafeBufferPointer { losses in
          for participant in 0..<(models > 0 ? gains.count / models : 0) {
            let start = participant * models
            @inline(__always) func othersWelfare(_ model: Int) -> Money {
              totals[model] - (gains[start + model] - losses[start + model])
            }
            // The first model of the largest welfare, if that is at least 0.
            var best = -1
            var largest: Money = 0
            for model in 0..<models {
              let welfare = othersWelfare(model)
              if welfare > largest || best < 0 && welfare == 0 { (best, largest) = (model, welfare) }
            }
            let atChosen: Money = chosen.map { othersWelfare($0) } ?? 0
            let isPivot = best != chosen ?? -1
            pivots.append(isPivot)
            switch rule {
            case .joint, .side: taxes.append(largest - atChosen)
            case .printed:
              taxes.append(!isPivot ? 0 : chosen == nil ? largest : (atChosen < 0 ? -atChosen : atChosen) - largest)
            }
          }
        }
      }
    }
  }
}

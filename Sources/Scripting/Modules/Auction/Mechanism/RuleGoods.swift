import Solvers

/// What a written mechanism has to give, by which its outcomes are feasible or not, and how good the best of them is.
enum RuleGoods {
  /// So many units of each thing, at most one to each participant.
  case units(Double)
  /// As much as sellers deliver, each at most one unit.
  case exchange
  /// One of several projects for all.
  case projects
  /// Nobody has said.
  case unknown

  private static let slack = 1e-9

  func infeasibility(of outcome: MechanismOutcome, _ groups: [RuleGroup]) -> String? {
    let amounts = outcome.coefficients
    switch self {
    case .unknown: return nil
    case .units(let units):
      let width = groups.first?.width ?? 0
      for item in 0..<width {
        var given = 0.0
        for participant in 0..<amounts.count {
          let amount = amounts[participant, item]
          if let wrong = outside(amount, participant, groups) { return wrong }
          given += amount
        }
        if given > units + Self.slack {
          let what = width > 1 ? " of item \(item + 1)" : ""
          return "\(NumberFormat.readable(given)) units\(what) are given away, but there \(units == 1 ? "is" : "are") "
            + NumberFormat.readable(units)
        }
      }
      return nil
    case .exchange:
      var (bought, sold) = (0.0, 0.0)
      var participant = 0
      for group in groups {
        for _ in 0..<group.count {
          let amount = amounts[participant, 0] * (group.delivers ? -1 : 1)
          if let wrong = outside(amount, participant, groups) { return wrong }
          if group.delivers { sold += amount } else { bought += amount }
          participant += 1
        }
      }
      return bought > sold + Self.slack
        ? "\(NumberFormat.readable(bought)) units are bought, but \(NumberFormat.readable(sold)) delivered" : nil
    case .projects:
      for participant in 1..<max(1, amounts.count) where amounts[participant] != amounts[0] {
        return "participants get different projects"
      }
      let shares = amounts.count > 0 ? amounts[0] : []
      return shares.allSatisfy { $0 >= -Self.slack } && shares.reduce(0, +) <= 1 + Self.slack
        ? nil : "more than one project is chosen"
    }
  }

  private func outside(_ amount: Double, _ participant: Int, _ groups: [RuleGroup]) -> String? {
    guard amount < -Self.slack || amount > 1 + Self.slack else { return nil }
    let name = groups.flatMap(\.participants)[participant].name
    return "\(name) has \(NumberFormat.readable(amount)) units: less than none, or more than one"
  }

  func optimalWelfare(_ types: Profile, _ groups: [RuleGroup]) -> Double? {
    switch self {
    case .unknown: return nil
    case .units(let units):
      var welfare = 0.0
      for item in 0..<(groups.first?.width ?? 0) {
        let values = (0..<types.count).map { types[$0, item] }.sorted(by: >)
        var left = units
        for value in values where value > 0 && left > 0 {
          welfare += value * min(1, left)
          left -= 1
        }
      }
      return welfare
    case .exchange:
      var (values, costs) = ([Double](), [Double]())
      var participant = 0
      for group in groups {
        for _ in 0..<group.count {
          if group.delivers { costs.append(types[participant, 0]) } else { values.append(types[participant, 0]) }
          participant += 1
        }
      }
      return DoubleAuction.largestWelfare(costs: costs, values: values)
    case .projects:
      let totals = (0..<(groups.first?.width ?? 0)).map { project in
        (0..<types.count).reduce(0) { $0 + types[$1, project] }
      }
      return totals.max()
    }
  }
}

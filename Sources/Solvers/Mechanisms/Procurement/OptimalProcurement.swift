import Tensor

extension DataProcurement {
  /// The purchases of the largest surplus, exactly.
  ///
  /// - Parameters:
  ///   - supplies: d-hat, at least 0: a row for each provider, a column for each kind.
  ///   - costTypes: gamma-hat, at least 0, one per provider.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`.
  ///
  /// Source: Network3 equation 11.
  public func optimal(supplies: Matrix, costTypes: [Double]) throws -> ProcurementPlan {
    try checkReports(supplies, costTypes)
    return optimal(checked: supplies, costTypes)
  }

  func optimal(checked supplies: Matrix, _ costTypes: [Double]) -> ProcurementPlan {
    let amounts = isLinear ? linearOptimum(supplies, costTypes) : quadraticOptimum(supplies, costTypes)
    return ProcurementPlan(amounts, of: self, costTypes: costTypes)
  }

  /// Buys the cheapest units of X first, as long as the next earns more than it costs.
  private func linearOptimum(_ supplies: Matrix, _ costTypes: [Double]) -> Matrix {
    struct Item {
      let price: Double
      let provider: Int
      let kind: Int
    }
    var items: [Item] = []
    for provider in 0..<supplies.rows {
      for kind in 0..<kinds where quality[kind] > 0 && supplies[provider, kind] > 0 {
        items.append(
          Item(price: costTypes[provider] * unitCosts[kind] / quality[kind], provider: provider, kind: kind))
      }
    }
    items.sort { ($0.price, $0.provider, $0.kind) < ($1.price, $1.provider, $1.kind) }
    var amounts = Matrix(rows: supplies.rows, columns: kinds)
    var volume = 0.0
    for item in items {
      let room = income.volume(atSlope: item.price) - volume
      guard room > 0 else { break }
      let whole = quality[item.kind] * supplies[item.provider, item.kind]
      let isWhole = whole <= room
      amounts[item.provider, item.kind] =
        isWhole ? supplies[item.provider, item.kind] : room / quality[item.kind]
      volume += isWhole ? whole : room
    }
    return amounts
  }

  /// Everybody delivers up to where its marginal cost meets the value L of another unit of X; the L that agrees with
  /// what is then delivered, I'(X(L)) = L, is bisected.
  private func quadraticOptimum(_ supplies: Matrix, _ costTypes: [Double]) -> Matrix {
    func delivered(_ value: Double) -> Matrix {
      var amounts = Matrix(rows: supplies.rows, columns: kinds)
      for provider in 0..<supplies.rows {
        for kind in 0..<kinds where quality[kind] > 0 {
          let supply = supplies[provider, kind]
          let wanted =
            costTypes[provider] == 0
            ? supply : (value * quality[kind] / costTypes[provider] - unitCosts[kind]) / curvature[kind]
          amounts[provider, kind] = min(max(wanted, 0), supply)
        }
      }
      return amounts
    }
    func volume(_ amounts: Matrix) -> Double {
      amounts.elements.enumerated().reduce(0) { $0 + quality[$1.offset % kinds] * $1.element }
    }
    // From here on everybody would deliver all that it has.
    var high = 0.0
    for provider in 0..<supplies.rows {
      for kind in 0..<kinds where quality[kind] > 0 {
        let last = unitCosts[kind] + curvature[kind] * supplies[provider, kind]
        high = max(high, costTypes[provider] * last / quality[kind])
      }
    }
    let everything = delivered(high)
    if income.slope(volume(everything)) >= high { return everything }
    var low = 0.0
    for _ in 0..<200 {
      let middle = low + (high - low) / 2
      if income.slope(volume(delivered(middle))) > middle { low = middle } else { high = middle }
    }
    return delivered(low + (high - low) / 2)
  }
}

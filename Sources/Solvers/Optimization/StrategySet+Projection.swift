extension StrategySet {
  /// The point of the set nearest to a given one, in the Euclidean sense.
  ///
  /// Coordinates of boxes are clipped, whole numbers rounded, simplices and budgets solved exactly by
  /// `KnapsackProjection`; the parts do not interact.
  /// - Throws: `SolverError` of kind `shapeMismatch` or `notFinite`.
  public func projection(of point: [Double]) throws -> [Double] {
    guard point.count == dimension else {
      throw SolverError(
        .shapeMismatch, "the point has \(point.count) coordinates, but the strategy set has \(dimension)")
    }
    try check(.each(.entry, "point", point, .real))
    var projected = point
    project(&projected)
    return projected
  }

  /// Projects the coordinates of a joint profile that begin at the offset.
  ///
  /// - Returns: the multiplier of every part's simplex or budget constraint, 0 where it does not bind.
  @discardableResult
  func project(_ profile: inout [Double], offset: Int = 0) -> [Double] {
    var multipliers: [Double] = []
    for part in parts {
      switch part.kind {
      case .box:
        clip(&profile, part.range, offset)
        multipliers.append(0)
      case .integers:
        for coordinate in part.range { profile[offset + coordinate].round() }
        clip(&profile, part.range, offset)
        multipliers.append(0)
      case .simplex(let total):
        multipliers.append(
          KnapsackProjection(set: self, range: part.range, weights: nil, limit: total).project(&profile, offset))
      case .budget(let weights, let limit):
        multipliers.append(
          KnapsackProjection(set: self, range: part.range, weights: weights, limit: limit).project(&profile, offset))
      }
    }
    return multipliers
  }

  private func clip(_ profile: inout [Double], _ range: Range<Int>, _ offset: Int) {
    for coordinate in range {
      profile[offset + coordinate] =
        min(max(profile[offset + coordinate], lowerBounds[coordinate]), upperBounds[coordinate])
    }
  }
}

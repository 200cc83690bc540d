import Tensor

/// Maximisation over sets with whole-number coordinates, perhaps beside continuous ones.
///
/// Few combinations: each of them, with the continuous coordinates maximised for it, which is exact as far as that
/// maximisation is. Many: the relaxed maximum and the start, rounded in every way (floors and ceilings), then one
/// coordinate after the other over all its values (a grid that closes in, where there are many) until none improves.
struct IntegerSearch {
  let search: GlobalSearch

  func maximise(
    _ section: SectionPayoff, over set: StrategySet, from start: [Double], cancellation: Cancellation
  ) throws -> Maximum {
    let before = section.evaluations
    let best =
      try search.effort.combinations > 0 && set.integerCombinations(upTo: search.effort.combinations) != nil
      ? enumerated(section, over: set, from: start, cancellation: cancellation)
      : searched(section, over: set, from: start, cancellation: cancellation)
    return Maximum(
      point: best.point, value: best.value, evaluations: section.evaluations - before, converged: best.converged)
  }

  private func enumerated(
    _ section: SectionPayoff, over set: StrategySet, from start: [Double], cancellation: Cancellation
  ) throws -> Maximum {
    let integers = set.integerCoordinates
    let hasContinuous = set.lowerBounds.indices.contains { set.width($0) > 0 && !integers.contains($0) }
    var best = Maximum(point: start, value: try section.value(at: start), evaluations: 0, converged: true)
    var combination = integers.map { set.lowerBounds[$0] }
    repeat {
      try cancellation.check()
      let held = set.holding(integers, at: combination).relaxed
      var point = start
      for (coordinate, value) in zip(integers, combination) { point[coordinate] = value }
      let found =
        hasContinuous
        ? try search.maximise(section, over: held, from: point, cancellation: cancellation)
        : Maximum(point: point, value: try section.value(at: point), evaluations: 0, converged: true)
      if found.value > best.value { best = found }
    } while advance(&combination, integers, set)
    return best
  }

  /// The next combination in counting order; false after the last.
  private func advance(_ combination: inout [Double], _ integers: [Int], _ set: StrategySet) -> Bool {
    for (index, coordinate) in integers.enumerated() {
      if combination[index] < set.upperBounds[coordinate] {
        combination[index] += 1
        return true
      }
      combination[index] = set.lowerBounds[coordinate]
    }
    return false
  }

  private func searched(
    _ section: SectionPayoff, over set: StrategySet, from start: [Double], cancellation: Cancellation
  ) throws -> Maximum {
    let integers = set.integerCoordinates
    let relaxed = try search.maximise(section, over: set.relaxed, from: start, cancellation: cancellation)
    var best = try IntegerRounding.best(section, over: set, near: relaxed.point)
    let held = Maximum(point: start, value: try section.value(at: start), evaluations: 0, converged: true)
    if held.value >= best.value { best = held }
    for _ in 0..<100 {
      let value = best.value
      for coordinate in integers {
        try cancellation.check()
        best = try sweep(section, over: set, along: coordinate, from: best, cancellation: cancellation)
      }
      if integers.count < set.dimension {
        let found = try LocalSearch().maximise(section, over: set, from: best.point, cancellation: cancellation)
        if found.value > best.value { best = found }
      }
      if best.value <= value { break }
    }
    return best
  }

  /// The best value of one coordinate, the others held.
  private func sweep(
    _ section: SectionPayoff, over set: StrategySet, along coordinate: Int, from best: Maximum,
    cancellation: Cancellation
  ) throws -> Maximum {
    var best = best
    var (low, high) = (set.lowerBounds[coordinate], set.upperBounds[coordinate])
    while true {
      let step = max(1, ((high - low) / 256).rounded(.down))
      var axis = Array(stride(from: low, through: high, by: step))
      if axis.last != high { axis.append(high) }
      let points = axis.map { value in
        var point = best.point
        point[coordinate] = value
        return point
      }
      let values = try section.values(at: points, cancellation: cancellation)
      guard let top = values.indices.max(by: { values[$0] < values[$1] }) else { return best }
      if values[top] > best.value {
        best = Maximum(point: points[top], value: values[top], evaluations: 0, converged: true)
      }
      if step == 1 { return best }
      low = max(low, axis[top] - step)
      high = min(high, axis[top] + step)
    }
  }
}

// Sums, extremes and what is made of them. Without an axis they run over every entry and give a scalar.

extension Formula {
  public func sum(_ axis: FormulaAxis = .all) -> Formula {
    graph.formula(graph.reduction(.sum, place, axis))
  }

  public func mean(_ axis: FormulaAxis = .all) -> Formula {
    let sum = sum(axis)
    return sum / (Double(shape.count) / Double(sum.shape.count))
  }

  public func maximum(_ axis: FormulaAxis = .all) -> Formula {
    graph.formula(graph.reduction(.maximum, place, axis))
  }

  public func minimum(_ axis: FormulaAxis = .all) -> Formula {
    graph.formula(graph.reduction(.minimum, place, axis))
  }

  /// The product of all entries, halves times halves, so that its derivatives need no division and are right where
  /// entries are 0.
  public func product() -> Formula {
    var product = graph.reshape(place, to: .vector(shape.count))
    var count = shape.count
    while count > 1 {
      let half = count / 2
      let first = graph.slice(product, row: 0, column: 0, rows: 1, columns: half)
      let second = graph.slice(product, row: 0, column: half, rows: 1, columns: half)
      let pairs = graph.binary(.multiply, first, second)
      if count % 2 == 1 {
        let last = graph.slice(product, row: 0, column: count - 1, rows: 1, columns: 1)
        product = graph.concatenation([pairs, last], .columns, .vector(half + 1))
      } else {
        product = pairs
      }
      count = half + count % 2
    }
    return graph.formula(graph.reshape(product, to: .scalar))
  }

  /// `self - max`, whose exponentials cannot overflow, and that maximum.
  private func centred(_ axis: FormulaAxis) -> (values: Int, maximum: Int) {
    let maximum = graph.held(graph.reduction(.maximum, place, axis))
    return (graph.binary(.subtract, place, graph.spread(maximum, axis, to: shape)), maximum)
  }

  /// ln of the sum of exponentials, without overflow.
  public func logSumExp(_ axis: FormulaAxis = .all) -> Formula {
    let (values, maximum) = centred(axis)
    let sum = graph.reduction(.sum, graph.unary(.exp, values), axis)
    return graph.formula(graph.binary(.add, graph.unary(.log, sum), maximum))
  }

  /// Exponentials over their sum, without overflow. Along `columns`, each row sums to 1.
  public func softmax(_ axis: FormulaAxis = .all) -> Formula {
    let powers = graph.unary(.exp, centred(axis).values)
    let sum = graph.reduction(.sum, powers, axis)
    return graph.formula(graph.binary(.divide, powers, graph.spread(sum, axis, to: shape)))
  }
}

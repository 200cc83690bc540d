#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How far predicted probabilities are from labels: the mean of -ln p(label), in nats.
public enum CrossEntropy {
  /// No probability counts as smaller, so that one sure and wrong prediction costs 27.6 nats, not infinity.
  public static let probabilityFloor = 1e-12

  /// The mean cross entropy H of predictions, one row of class probabilities for each label.
  ///
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`; `InvalidParameter` for a label that is no column, a
  ///   probability outside [0, 1], or a floor outside (0, 1).
  public static func mean(
    labels: [Int], probabilities: [[Double]], floor: Double = probabilityFloor
  ) throws -> Double {
    let check = ArgumentCheck("mean cross entropy")
    try check.nonEmpty(labels, "labels")
    try check.nonEmpty(probabilities, "probabilities")
    for row in probabilities { try check.nonEmpty(row, "a row of probabilities") }
    let classes = probabilities[0].count
    try check.shape(
      labels.count == probabilities.count && probabilities.allSatisfy { $0.count == classes },
      expected: "\(labels.count) rows of one length, a row for each label",
      given: "\(probabilities.count) rows of \(Set(probabilities.map(\.count)).sorted()) numbers")
    for row in probabilities { try check.finite(row, "probabilities") }
    try check.finite(floor, "floor")
    try check.domain(floor > 0 && floor < 1, "floor", given: floor, allowed: "a number between 0 and 1")
    for label in labels {
      try check.domain((0..<classes).contains(label), "label", given: label, allowed: "0 to \(classes - 1)")
    }
    for value in probabilities.joined() {
      try check.domain(value >= 0 && value <= 1, "probability", given: value, allowed: "a number in [0, 1]")
    }
    let total = zip(labels, probabilities).reduce(0) { $0 - log(max($1.1[$1.0], floor)) }
    return total / Double(labels.count)
  }

  /// Replaces each row of scores by the gradient of its loss, (softmax - one at the label) * weight.
  ///
  /// - Returns: the sum of the losses, and how many rows have their largest score at the label.
  static func backward(
    batch: Int, classes: Int, scores: UnsafeMutablePointer<Float>, labels: UnsafePointer<UInt8>, weight: Float
  ) -> (loss: Double, correct: Int) {
    var loss = 0.0
    var correct = 0
    for sample in 0..<batch {
      let row = scores + sample * classes
      let label = Int(labels[sample])
      var best = 0
      for index in 1..<max(classes, 1) where row[index] > row[best] { best = index }
      if best == label { correct += 1 }
      let largest = row[best]
      var total: Float = 0
      for index in 0..<classes {
        row[index] = expf(row[index] - largest)
        total += row[index]
      }
      loss -= log(max(Double(row[label] / total), probabilityFloor))
      let scale = weight / total
      for index in 0..<classes { row[index] *= scale }
      row[label] -= weight
    }
    return (loss, correct)
  }
}

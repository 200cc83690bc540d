import Solvers
import Tensor

/// Holds a trace against plain calls: a comparison with == or a draw of chance leaves no trace.
enum TraceCheck {
  /// - Throws: what the function raises; `InvalidParameter` where the two differ.
  static func run(_ utility: UtilityFunction, _ traced: TracedPayoff, at points: [[Double]]) throws {
    for point in points {
      let (plain, written) = (try utility.value(at: point), try traced.value(at: point))
      // Orders of sums differ, and so do the last digits of exp and log.
      let scale = max(1, abs(plain))
      guard plain == written || plain.isNaN && written.isNaN || abs(plain - written) <= 1e-9 * scale else {
        let place = point.map { NumberFormat.readable($0) }.prefix(6).joined(separator: ", ")
        throw ScriptError.invalidParameter(
          "\(utility.title) is not what its trace says: at (\(place)) it gives \(NumberFormat.readable(plain)), the trace "
            + NumberFormat.readable(written),
          hint: "it may compare with ==, count calls or draw chance; game.where chooses, trace = false calls it plainly"
        )
      }
    }
  }
}

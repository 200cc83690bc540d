import Tensor

/// What the payments of users must add up to.
public enum Extraction: String, CaseIterable, Sendable {
  /// At every profile of types all value is paid: sum_j p_j(theta) = -sum_j w_j. The paper's equation 12.
  case exPost = "ex_post"
  /// Each type expects to pay what it values: E[p_j | t] = -w_j(t). The classical full extraction.
  case interim
}

/// Payments that take all value while users, by their own beliefs, neither stay away nor lie.
public struct SurplusExtraction: Sendable, Equatable {
  /// p_j(theta), a list for each user, the first user's type slowest; nil when there are none.
  public let payments: [[Double]]?
  /// The largest payment in size, which the programme makes as small as it can be.
  public let largestPayment: Double?
  /// The demands that contradict each other, with their weights; empty when there are payments.
  public let contradiction: [Demand]

  public var isFeasible: Bool { payments != nil }

  /// A row of the programme; types are counted from 0.
  public struct Demand: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
      /// That all value is paid at this profile of types.
      case budget(profile: [Int])
      /// That this type expects to pay its value.
      case extraction(user: Int, type: Int)
      /// That this type does not lose by taking part.
      case participation(user: Int, type: Int)
      /// That this type does not gain by saying another.
      case truth(user: Int, type: Int, said: Int)
    }
    public let kind: Kind
    public let weight: Double
  }
}

extension CremerMcLean {
  /// The smallest payments, in the size of the largest one, that extract all value, by linear programme.
  ///
  /// Infeasible is a normal answer, and says which demands contradict each other: with two users the ex-post form hardly
  /// ever has a solution, and independent types never have one. Fall back to the interim form, then to posted prices.
  ///
  /// - Parameter receivesNothing: whether no user may ever receive money, p_j <= 0.
  /// - Throws: `Cancelled`; `InvalidParameter` when the method broke down.
  ///
  /// Source: Network3 equation 12; the interim form is Cremer and McLean's.
  public func payments(
    _ extraction: Extraction = .exPost, receivesNothing: Bool = false, cancellation: Cancellation = .never
  ) throws -> SurplusExtraction {
    let unit = max(valuations.joined().reduce(0) { max($0, abs($1)) }, .leastNormalMagnitude)
    let count = users * law.profileCount
    let demands = demands(extraction, unit: unit)
    // The last variable bounds all payments.
    var objective = [Double](repeating: 0, count: count + 1)
    objective[count] = -1
    var program = LinearProgram(objective: objective, freeVariables: Set(0..<count))
    for demand in demands { program.addRow(demand.terms, demand.bound) }
    for payment in 0..<count {
      program.addRow([(payment, 1), (count, -1)], .atMost(0))
      program.addRow([(payment, 1), (count, 1)], .atLeast(0))
      if receivesNothing { program.addRow([(payment, 1)], .atMost(0)) }
    }
    if let solution = try program.solve(cancellation: cancellation) {
      let payments = (0..<users).map { user in
        (0..<law.profileCount).map { solution.variables[place(user, $0)] * unit }
      }
      return SurplusExtraction(payments: payments, largestPayment: -solution.value * unit, contradiction: [])
    }
    let weights = try program.infeasibilityCertificate(cancellation: cancellation)?.weights ?? []
    return SurplusExtraction(
      payments: nil, largestPayment: nil,
      contradiction: zip(demands, weights).filter { abs($1) > 1e-9 }.map { .init(kind: $0.kind, weight: $1) })
  }

  private typealias Row = (
    kind: SurplusExtraction.Demand.Kind, terms: [(variable: Int, factor: Double)], bound: LinearProgram.Bound
  )

  /// In money divided by the largest valuation.
  private func demands(_ extraction: Extraction, unit: Double) -> [Row] {
    var rows: [Row] = []
    if extraction == .exPost {
      for profile in 0..<law.profileCount {
        rows.append(
          (
            .budget(profile: law.types(of: profile)), (0..<users).map { (place($0, profile), 1) },
            .equal(-totalValue(profile) / unit)
          ))
      }
    }
    for user in 0..<users {
      for type in 0..<law.typeCounts[user] {
        let honest = expectedPayment(of: user, type: type, saying: type)
        let value = valuations[user][type] / unit
        rows.append(
          extraction == .interim
            ? (.extraction(user: user, type: type), honest, .equal(-value))
            : (.participation(user: user, type: type), honest, .atLeast(-value)))
        // The valuations cancel, because everybody's access is the same whatever is said.
        for said in 0..<law.typeCounts[user] where said != type {
          let lying = expectedPayment(of: user, type: type, saying: said).map { ($0.variable, -$0.factor) }
          rows.append((.truth(user: user, type: type, said: said), honest + lying, .atLeast(0)))
        }
      }
    }
    return rows
  }
}

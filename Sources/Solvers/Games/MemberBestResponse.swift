import Tensor

extension IncentiveModel {
  /// The unbounded best reply of members who train one model for all providers:
  /// k_i = (sum_j delta_ij / C^c_i)^(1/sigma), eps_i = (sum_j delta_ij / C^p_i)^(1/sigma), 0 where nothing is earned.
  ///
  /// - Parameters:
  ///   - benefit: delta, members x providers, any sign.
  ///   - computationCost: C^c per member, above 0.
  ///   - privacyCost: C^p per member, above 0.
  ///   - concavity: sigma, above 0.
  /// - Returns: iterations (not yet whole) and privacy budgets per member.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`.
  ///
  /// Source: FL-NFT (18), PMS-AM (22), whose printed minus sign is a slipped index of the root.
  public static func sharedBestResponse(
    benefit: Matrix, computationCost: [Double], privacyCost: [Double], concavity: Double
  ) throws -> (iterations: [Double], privacyBudgets: [Double]) {
    let shape = try check(
      .table(.member, .provider, "benefit", benefit, .real),
      .each(.member, "unit computation costs", computationCost, .positive),
      .each(.member, "unit privacy costs", privacyCost, .positive),
      .scalar("concavity sigma", concavity, .positive))
    let earnings = rowSums(benefit)
    let members = 0..<shape[.member]
    return (
      members.map { effort(earning: earnings[$0], unitCost: computationCost[$0], concavity: concavity) },
      members.map { effort(earning: earnings[$0], unitCost: privacyCost[$0], concavity: concavity) }
    )
  }

  /// The unbounded best reply of members who work separately for each provider:
  /// k_ij = (delta_ij / C^c_i)^(1/sigma), eps_ij = (delta_ij / C^p_i)^(1/sigma).
  ///
  /// Parameters and errors are those of `sharedBestResponse`.
  ///
  /// - Returns: iterations and privacy budgets, members x providers.
  ///
  /// Source: FL-NFT (18), PMS-AM (22), read with an effort per provider.
  public static func separateBestResponse(
    benefit: Matrix, computationCost: [Double], privacyCost: [Double], concavity: Double
  ) throws -> (iterations: Matrix, privacyBudgets: Matrix) {
    try check(
      .table(.member, .provider, "benefit", benefit, .real),
      .each(.member, "unit computation costs", computationCost, .positive),
      .each(.member, "unit privacy costs", privacyCost, .positive),
      .scalar("concavity sigma", concavity, .positive))
    func reply(_ cost: [Double]) -> Matrix {
      let elements = benefit.elements.indices.map {
        effort(earning: benefit.elements[$0], unitCost: cost[$0 / benefit.columns], concavity: concavity)
      }
      return Matrix(rows: benefit.rows, columns: benefit.columns, elements: elements)
    }
    return (reply(computationCost), reply(privacyCost))
  }

  /// What each member earns from all providers together.
  static func rowSums(_ matrix: Matrix) -> [Double] {
    let columns = matrix.columns
    return matrix.elements.withUnsafeBytes { bytes in
      (0..<matrix.rows).map { row in
        let start = row * columns * 8
        var lanes = SIMD8<Double>.zero
        for block in 0..<columns / 8 {
          lanes += bytes.loadUnaligned(fromByteOffset: start + block * 64, as: SIMD8<Double>.self)
        }
        var total = lanes.sum()
        for column in columns / 8 * 8..<columns {
          total += bytes.load(fromByteOffset: start + column * 8, as: Double.self)
        }
        return total
      }
    }
  }
}

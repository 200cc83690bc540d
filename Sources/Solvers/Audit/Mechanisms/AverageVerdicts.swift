import Tensor

/// Verdicts on promises about averages over what is not known yet: the types of others, or of all.
struct AverageVerdicts {
  let probe: MechanismProbe
  let options: AuditOptions
  let domain: FiniteDomain?
  let cancellation: Cancellation

  func verdict(_ property: MechanismProperty, _ findings: ChunkRunner.Findings) throws -> PropertyVerdict {
    switch property {
    case .exAnteRationality: exAnte(findings.utilities, scale: findings.scale)
    default: try InterimVerdicts(probe: probe, options: options, cancellation: cancellation).verdict(property)
    }
  }

  /// Four standard errors, so that chance alone accuses one mechanism in tens of thousands.
  static let certainty = 4.0

  /// Means over all profiles that were drawn from the prior.
  private func exAnte(_ utilities: [WeightedMean], scale: Double) -> PropertyVerdict {
    guard let draws = utilities.first?.count, draws > (domain == nil ? 1 : 0) else {
      return .notChecked("the mechanism gave no outcome to look at")
    }
    let isExact = domain != nil
    func margin(_ mean: WeightedMean) -> Double { isExact ? 0 : mean.standardError }
    let worst = utilities.indices.min { utilities[$0].mean < utilities[$1].mean } ?? 0
    let loser = utilities.indices.first { index in
      utilities[index].mean + Self.certainty * margin(utilities[index]) < -options.tolerance * scale
    }
    if let loser {
      let mean = utilities[loser].mean
      let types = Profile(widths: probe.widths)
      let name = probe.participants[loser].name
      return .violated(
        Counterexample(
          property: .exAnteRationality, found: AuditCase(types: types, participants: [loser]), names: [name],
          excess: -mean, sentence: "\(name) has \(shown(mean)) on average", before: probe.emptyOutcome(), after: nil,
          expectation: .init(truthful: mean, lying: nil, draws: isExact ? nil : draws)), times: 0, trials: 0)
    }
    if isExact { return .proved(profiles: draws) }
    return .notViolatedOnAverage(
      worst: -(utilities[worst].mean - 1.645 * utilities[worst].standardError), draws: draws)
  }
}

/// How an equilibrium is looked for.
public enum ContinuousMethod: Sendable, Equatable, CustomStringConvertible {
  public enum Order: String, CaseIterable, Sendable {
    /// One player after the other, each knowing the moves before (Gauss and Seidel).
    case sequential
    /// All at once, each knowing the last round (Jacobi).
    case simultaneous
  }

  /// `BestResponseIteration`; a damping of 1 goes the whole way to the response, 0.5 half of it.
  case bestResponse(Order, damping: Double)
  /// `ProjectedGradient`.
  case projectedGradient
  /// `Extragradient`.
  case extragradient
  /// `KKTNewton`.
  case newton
  /// `GridFictitiousPlay` on a grid of so many points per axis.
  case fictitiousPlay(pointsPerAxis: Int)
  /// `LogitDynamics` on a grid of so many points per axis; the temperature is relative to each payoff's range.
  case logit(pointsPerAxis: Int, temperature: Double)
  /// Best responses, then damped ones, extragradient and Newton, until one gives an equilibrium; its last digits by a
  /// few steps of Newton.
  case automatic

  public var description: String {
    switch self {
    case .bestResponse(let order, let damping):
      "\(order.rawValue) best response" + (damping == 1 ? "" : " (damping \(damping))")
    case .projectedGradient: "projected gradient"
    case .extragradient: "extragradient"
    case .newton: "Newton on the KKT conditions"
    case .fictitiousPlay(let points): "fictitious play (\(points) points per axis)"
    case .logit(let points, let temperature): "logit dynamics (\(points) points per axis, temperature \(temperature))"
    case .automatic: "automatic"
    }
  }

  /// The methods that are tried, in order.
  func attempts(for game: ContinuousGame) -> [ContinuousMethod] {
    guard self == .automatic else { return [self] }
    let responses: [ContinuousMethod] = [.bestResponse(.sequential, damping: 1)]
    guard game.isContinuous else { return responses + [.bestResponse(.simultaneous, damping: 1)] }
    let damped = responses + [.bestResponse(.sequential, damping: 0.5)]
    return game.isSmooth ? damped + [.extragradient, .newton] : damped
  }
}

/// What a search for an equilibrium may cost, and when it is content.
public struct EquilibriumOptions: Sendable, Equatable {
  public var method: ContinuousMethod
  /// Where to begin; nil for the centre of the strategy sets.
  public var start: [Double]?
  /// How many starting points: the first as above, the others of low discrepancy.
  public var starts: Int
  /// The seed of the further starts and of the searches for deviations.
  public var seed: UInt64
  /// The largest relative regret that counts as an equilibrium.
  public var tolerance: Double
  /// Of each method from each start.
  public var maximumIterations: Int
  /// How hard deviations are searched for.
  public var effort: SearchEffort
  /// Whether second-order conditions and the contraction are examined.
  public var diagnostics: Bool

  public init(
    method: ContinuousMethod = .automatic, start: [Double]? = nil, starts: Int = 5, seed: UInt64 = 0,
    tolerance: Double = 1e-6, maximumIterations: Int = 1000, effort: SearchEffort = .thorough,
    diagnostics: Bool = true
  ) {
    self.method = method
    self.start = start
    self.starts = starts
    self.seed = seed
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
    self.effort = effort
    self.diagnostics = diagnostics
  }

  func validate(for game: ContinuousGame) throws {
    try demand(starts >= 1, "the number of starts must be at least 1, but is \(starts)")
    try demand(maximumIterations >= 1, "the number of iterations must be at least 1, but is \(maximumIterations)")
    try check(.scalar("tolerance", tolerance, .positive))
    switch method {
    case .bestResponse(_, let damping):
      try check(.scalar("damping", damping, .positive))
      try demand(damping <= 1, "the damping must be at most 1, but is \(damping)")
      try demand(
        damping == 1 || game.isContinuous, "damped responses would leave the whole numbers; the damping must be 1")
    case .projectedGradient, .extragradient, .newton:
      try demand(
        game.isContinuous, "\(method) moves through a continuum, but a player chooses whole numbers",
        hint: "use best responses, fictitious play or logit dynamics")
      try demand(
        game.isSmooth, "\(method) needs derivatives, but a payoff says that it has none",
        hint: "use best responses, fictitious play or logit dynamics")
    case .fictitiousPlay(let points):
      try demand(points >= 2, "the points per axis must be at least 2, but are \(points)")
    case .logit(let points, let temperature):
      try demand(points >= 2, "the points per axis must be at least 2, but are \(points)")
      try check(.scalar("temperature", temperature, .positive))
    case .automatic: break
    }
  }
}

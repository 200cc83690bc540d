import Tensor

/// What one unit of a member's effort k is.
public enum IterationUnit: String, CaseIterable, Sendable {
  /// One step on one batch, as the papers' cost per batch reads.
  case batch
  /// One pass over the member's own data, as the framework that they cite counts.
  case epoch
}

/// What noise is added before a member shows anything, and what that is worth.
public enum NoiseMode: String, CaseIterable, Sendable {
  /// Nothing is added.
  case none
  /// Laplace noise on the trained parameters, once a round.
  case update
  /// Laplace noise on the mean of the clipped gradients, in every step: PMS-AM equation (4).
  case step

  /// What the mode promises, in words that a report can print.
  public var guarantee: String {
    switch self {
    case .none: "no privacy"
    case .update: "not a formal differential privacy guarantee: exact for one clipped step on all own data only"
    case .step: "epsilon-differential privacy of a sample for each step; epsilons add over steps and rounds"
    }
  }

  /// The L1 bound c that the noise is scaled for, unless the user names one.
  public var usualClip: Double { self == .update ? 20 : 1 }
}

/// How a federation trains.
public struct FederationOptions: Sendable, Equatable {
  public let batchSize: Int
  public let learningRate: Double
  public let momentum: Double
  public let unit: IterationUnit
  public let noise: NoiseMode
  /// c, the L1 norm that the noise assumes no sample's gradient to exceed.
  public let clip: Double
  /// Whether gradients are cut to `clip`. Always so in mode `step`, where the guarantee rests on it; in mode `update`
  /// the bound is customarily only a scale for the noise, because cut gradients learn slowly.
  public let clipsGradients: Bool
  public let adjacency: Adjacency
  public let seed: UInt64
  /// Members train on this many threads at once; results do not depend on it.
  public let threads: Int

  /// The papers' settings (batch 64, learning rate 0.01, momentum 0.5).
  /// - Throws: `NotFinite`, `InvalidParameter`.
  public init(
    batchSize: Int = 64, learningRate: Double = 0.01, momentum: Double = 0.5, unit: IterationUnit = .batch,
    noise: NoiseMode = .none, clip: Double? = nil, clipsGradients: Bool? = nil, adjacency: Adjacency = .replace,
    seed: UInt64 = 0, threads: Int = 1
  ) throws {
    let clip = clip ?? noise.usualClip
    let clipsGradients = clipsGradients ?? (noise == .step)
    let check = ArgumentCheck("federation")
    // The steps' own check covers learning rate, momentum and clip.
    _ = try NetworkTrainer.Step(learningRate: learningRate, momentum: momentum, clip: clip)
    try check.domain((1...65_536).contains(batchSize), "batch size", given: batchSize, allowed: "1 to 65536")
    try check.domain((1...1024).contains(threads), "threads", given: threads, allowed: "1 to 1024")
    try check.domain(
      clipsGradients || noise != .step, "clipped gradients", given: false,
      allowed: "true with noise in every step, because its guarantee rests on the bound")
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.momentum = momentum
    self.unit = unit
    self.noise = noise
    self.clip = clip
    self.clipsGradients = clipsGradients
    self.adjacency = adjacency
    self.seed = seed
    self.threads = threads
  }
}

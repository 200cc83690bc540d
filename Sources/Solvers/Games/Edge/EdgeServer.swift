import Tensor

/// Who works for an edge server at its price.
public enum LeaderRule: String, CaseIterable, Sendable {
  /// All workers, at the maximiser of (33), which is 0: as printed, without their consent.
  case literal
  /// All workers, at the lowest price at which all of them agree.
  case fixedSet = "fixed_set"
  /// Whoever is willing at the price.
  case prefix
  /// Those of the willing whom the server wants.
  case subset
}

/// The lower level of the two-level market: an edge server names a price, its workers answer with resources.
///
/// pi_s(W, p) = U(W) + (v - p) p K(W) - gas |W|. U does not depend on the price, so with v = 0, as printed, the server
/// would pay nothing and its workers would lose their fixed costs; what keeps the price up is their consent.
///
/// Source: TBCIM IV-B and IV-C, (33)-(37).
public struct EdgeServer: Equatable, Sendable {
  public var workers: [EdgeWorker]
  public var quality: DataQuality
  /// At least 0, in money.
  public var gasPerWorker: Double
  /// v: what the server values a unit of resource at; 0 as printed.
  public var resourceValue: Double
  /// What having no workers is worth.
  public var empty: DataQuality.Empty

  public init(
    workers: [EdgeWorker], quality: DataQuality = DataQuality(), gasPerWorker: Double, resourceValue: Double = 0,
    empty: DataQuality.Empty = .zero
  ) {
    self.workers = workers
    self.quality = quality
    self.gasPerWorker = gasPerWorker
    self.resourceValue = resourceValue
    self.empty = empty
  }

  /// How many workers `subset` can choose among: it tries every set.
  public static let largestSubsetSearch = 20

  func check(_ rule: LeaderRule) throws {
    guard !workers.isEmpty else { throw EdgeError.emptyInput("workers") }
    guard rule != .subset || workers.count <= Self.largestSubsetSearch else {
      throw EdgeError.outOfRange(
        "number of workers", given: "\(workers.count)",
        allowed: "at most \(Self.largestSubsetSearch) for the rule \"subset\", which tries every set of them "
          + "(\"prefix\" takes any number)")
    }
    try EdgeWorker.check(workers)
    try quality.checkParameters()
    try EdgeError.checkNonNegative(["gas per worker": gasPerWorker, "value of a resource": resourceValue])
  }

  /// What a set of workers is made of, as far as the revenue depends on it.
  struct Team {
    var workers = 0
    var samples = 0.0
    var distances = 0.0
    var feeFactor = 0.0
    var highestParticipation = 0.0

    func adding(_ worker: EdgeWorker, participation: Double) -> Team {
      var team = self
      team.workers += 1
      team.samples += worker.samples
      team.distances += worker.distance
      team.feeFactor += worker.feeFactor()
      team.highestParticipation = max(highestParticipation, participation)
      return team
    }
  }

  func revenue(of team: Team, price: Double) -> Double {
    quality.utility(samples: team.samples, distances: team.distances, workers: team.workers, empty: empty)
      + (resourceValue - price) * price * team.feeFactor - gasPerWorker * Double(team.workers)
  }
}

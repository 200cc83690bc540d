import Tensor

/// Where the time until a model is minted goes, in seconds.
public struct MintingTime: Equatable, Sendable {
  /// Training and upload: the slowest member of each round.
  public let training: Double
  public let game: Double
  public let consensus: Double
  public var total: Double { training + game + consensus }
}

extension IncentiveModel {
  /// How long a model takes until it is minted: each round waits for its slowest member, then for the game, then for
  /// the ledger.
  ///
  /// - Parameters:
  ///   - training: seconds, rounds x members, at least 0.
  ///   - upload: seconds, rounds x members, at least 0.
  ///   - gameDecision: seconds per round, at least 0.
  ///   - consensus: seconds per round, at least 0.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`.
  ///
  /// Source: PMS-AM, table 3.
  public static func mintingTime(
    training: Matrix, upload: Matrix, gameDecision: [Double], consensus: [Double]
  ) throws -> MintingTime {
    let shape = try check(
      .table(.round, .member, "training times", training, .nonNegative),
      .table(.round, .member, "upload times", upload, .nonNegative),
      .each(.round, "game decision times", gameDecision, .nonNegative),
      .each(.round, "consensus times", consensus, .nonNegative))
    let slowest = (0..<shape[.round]).map { round in
      zip(training.row(round), upload.row(round)).reduce(0) { max($0, $1.0 + $1.1) }
    }
    return MintingTime(
      training: slowest.reduce(0, +), game: gameDecision.reduce(0, +), consensus: consensus.reduce(0, +))
  }
}

import Tensor

/// Gambit's file format for games in normal form (.nfg), in its payoff and its outcome version.
///
/// Source: the Gambit manual, "Game representation formats".
public enum GambitFormat {
  /// How payoffs are written.
  public enum Version: String, CaseIterable, Sendable {
    /// All payoffs in the order of profiles.
    case payoff
    /// The different payoff vectors once, and for each profile which of them it has.
    case outcome
  }

  /// Longer files are refused, in bytes.
  public static let sizeLimit = 1 << 30
}

/// A file that is no game in Gambit's format.
public struct GambitFormatError: Diagnosable, Equatable {
  /// Where it was read from, for the message.
  public var file: String?
  public let line: Int
  public let reason: String

  public var kind: String { "MalformedGame" }
  public var message: String { (file.map { "\($0), " } ?? "") + "line \(line): \(reason)" }
}

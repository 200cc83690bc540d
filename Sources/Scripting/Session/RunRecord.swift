import Core

/// What a run was given and what it found: parameters, kept values, tables and figures, checks, a verdict. Runs that
/// have a folder write their `results.json` from it.
public final class RunRecord {
  /// A claim that a script has tried, and how that came out.
  public struct Check: Sendable {
    public let claim: String
    public let holds: Bool
    /// A claim of a publication, which the script only holds against what it found.
    public let isPublished: Bool
  }

  /// What a script says of the figure or table that it reproduces.
  public struct Verdict: Sendable {
    public let word: Word
    public let reason: String

    public enum Word: String, Sendable, CaseIterable {
      case reproduced
      case inShape = "reproduced in shape"
      case notAsPrinted = "not reproducible as printed"
    }
  }

  /// What the command line gave, by the names of parameters.
  public let settings: [String: String]
  /// Where tables and figures go as they are kept; nil where nobody asked for files.
  public let folder: String?

  /// The parameters that the script declared, with the values they had in this run.
  public internal(set) var parameters: [String: JSON] = [:]
  /// Whether the script has declared parameters at all.
  public internal(set) var declaresParameters = false
  public internal(set) var values: [String: JSON] = [:]
  public internal(set) var tables: Set<String> = []
  public internal(set) var figures: Set<String> = []
  public internal(set) var checks: [Check] = []
  public internal(set) var verdict: Verdict?

  init(settings: [String: String], folder: String?) {
    self.settings = settings
    self.folder = folder
  }

  /// The first claim of the script's own that does not hold; a publication's may be wrong without the run being so.
  public var failedCheck: String? { checks.first { !$0.holds && !$0.isPublished }?.claim }

  /// The settings that no parameter has taken, sorted.
  public var unusedSettings: [String] { settings.keys.filter { parameters[$0] == nil }.sorted() }
}

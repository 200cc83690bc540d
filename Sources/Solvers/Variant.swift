/// Which form of a published rule is meant.
public enum Variant: String, CaseIterable, Sendable {
  /// As printed, with its defects: results may be negative, and are never clamped.
  case paper
  /// Well defined, and with the property that the paper claims.
  case corrected
}

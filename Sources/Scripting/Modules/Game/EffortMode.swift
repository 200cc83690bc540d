/// How a member's effort is shared out.
enum EffortMode: String, CaseIterable {
  /// One model is trained and sold to all providers.
  case shared
  /// A separate effort for each provider.
  case perProvider = "per_provider"
}

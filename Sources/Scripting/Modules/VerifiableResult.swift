/// What stands behind a result that can be put to a harder test.
protocol VerifiableResult {
  /// - Parameter factor: how many times as hard as before.
  func verified(harder factor: Int) throws -> LuaValue
}

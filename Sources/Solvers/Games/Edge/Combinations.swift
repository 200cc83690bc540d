/// The sets of a given size among 0..<count, in lexicographic order, each with what its members add up to.
enum Combinations {
  /// - Parameters:
  ///   - start: the sum of nobody.
  ///   - add: the sum with one member more; members come in ascending order.
  ///   - each: told of every set.
  static func visit<Sum>(
    _ count: Int, _ size: Int, start: Sum, add: (Sum, Int) -> Sum, each: (Sum, [Int]) throws -> Void
  ) throws {
    var members: [Int] = []
    members.reserveCapacity(size)
    func extend(_ sum: Sum, from first: Int) throws {
      let missing = size - members.count
      guard missing > 0 else { return try each(sum, members) }
      guard first <= count - missing else { return }
      for member in first...(count - missing) {
        members.append(member)
        try extend(add(sum, member), from: member + 1)
        members.removeLast()
      }
    }
    try extend(start, from: 0)
  }
}

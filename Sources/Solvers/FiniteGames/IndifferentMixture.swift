import Tensor

/// The mixture on a support that makes the other player indifferent between the strategies of its own support.
struct IndifferentMixture {
  enum Answer: Equatable {
    /// There is none, or the other player does better outside its support.
    case none
    /// There is one, with probability on the whole support, and nothing outside is as good.
    case proper
    /// There is one, but some probability is 0 or something outside is as good: the game is degenerate.
    case borderline
    /// The equations do not determine it.
    case unsure
  }

  /// The other player's payoffs, its own strategy selecting a stretch.
  private let payoffs: [Double]
  private let own: Int
  private let others: Int
  private var system: [Double]
  private var ownMembers: [Int] = []
  private var otherMembers: [Int] = []
  /// What the last `solve` found.
  private(set) var mixture: [Double]

  init(payoffs: [Double], own: Int, others: Int) {
    self.payoffs = payoffs
    self.own = own
    self.others = others
    let size = min(own, others)
    system = Array(repeating: 0, count: size * (size + 1))
    mixture = Array(repeating: 0, count: others)
    ownMembers.reserveCapacity(own)
    otherMembers.reserveCapacity(others)
  }

  /// - Precondition: both supports are of one size.
  mutating func solve(indifferent: UInt32, support: UInt32) -> Answer {
    list(indifferent, &ownMembers)
    list(support, &otherMembers)
    let size = otherMembers.count
    fillSystem(size)
    guard eliminate(size) else { return .unsure }
    for place in 0..<others { mixture[place] = 0 }
    var answer = Answer.proper
    var total = 0.0
    for (place, member) in otherMembers.enumerated() {
      let probability = system[place * (size + 1) + size]
      guard probability >= -Bimatrix.tolerance else { return .none }
      if probability <= Bimatrix.tolerance {
        answer = .borderline
      } else {
        mixture[member] = probability
        total += probability
      }
    }
    for member in otherMembers { mixture[member] /= total }
    return isBestResponse(indifferent, &answer) ? answer : .none
  }

  /// Whether any mixture on the support, perhaps on less than all of it, makes the set a set of best responses.
  func exists(indifferent: UInt32, support: UInt32, cancellation: Cancellation) throws -> Bool {
    let members = support.members
    // Last comes the value, which may have either sign.
    var program = LinearProgram(
      objective: Array(repeating: 0, count: members.count + 1), freeVariables: [members.count])
    for strategy in 0..<own {
      let terms = members.enumerated().map { (variable: $0.offset, factor: payoffs[strategy * others + $0.element]) }
      let isIndifferent = indifferent >> UInt32(strategy) & 1 == 1
      program.addRow(terms + [(members.count, -1)], isIndifferent ? .equal(0) : .atMost(0))
    }
    program.addRow(members.indices.map { ($0, 1) }, .equal(1))
    return try program.solve(cancellation: cancellation) != nil
  }

  /// The first row says that probabilities add to 1, the others that two strategies are worth the same.
  private mutating func fillSystem(_ size: Int) {
    let width = size + 1
    for place in 0...size { system[place] = 1 }
    let first = ownMembers[0] * others
    for equation in 1..<size {
      let line = ownMembers[equation] * others
      for place in 0..<size {
        system[equation * width + place] = payoffs[line + otherMembers[place]] - payoffs[first + otherMembers[place]]
      }
      system[equation * width + size] = 0
    }
  }

  /// Gauss and Jordan with partial pivoting; false when a pivot vanishes.
  private mutating func eliminate(_ size: Int) -> Bool {
    let width = size + 1
    return system.withUnsafeMutableBufferPointer { system in
      for step in 0..<size {
        var best = step
        for row in step..<size where abs(system[row * width + step]) > abs(system[best * width + step]) { best = row }
        let pivot = system[best * width + step]
        guard abs(pivot) > Bimatrix.pivotTolerance else { return false }
        for place in step..<width {
          let value = system[best * width + place] / pivot
          system[best * width + place] = system[step * width + place]
          system[step * width + place] = value
        }
        for row in 0..<size where row != step {
          let factor = system[row * width + step]
          if factor == 0 { continue }
          for place in step..<width { system[row * width + place] -= factor * system[step * width + place] }
        }
      }
      return true
    }
  }

  private func isBestResponse(_ indifferent: UInt32, _ answer: inout Answer) -> Bool {
    func value(of strategy: Int) -> Double {
      var sum = 0.0
      for member in otherMembers { sum += payoffs[strategy * others + member] * mixture[member] }
      return sum
    }
    let level = value(of: ownMembers[0])
    for strategy in 0..<own where indifferent >> UInt32(strategy) & 1 == 0 {
      let gain = value(of: strategy) - level
      if gain > Bimatrix.tolerance { return false }
      if gain >= -Bimatrix.tolerance { answer = .borderline }
    }
    return true
  }

  private func list(_ set: UInt32, _ members: inout [Int]) {
    members.removeAll(keepingCapacity: true)
    var left = set
    while left != 0 {
      members.append(left.trailingZeroBitCount)
      left &= left &- 1
    }
  }
}

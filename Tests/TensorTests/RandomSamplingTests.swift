import Testing

@testable import Tensor

@Suite struct RandomSamplingTests {
  /// Words in bulk are the words of single draws, and both go on from the same place.
  @Test func bulkWordsAreTheStreamsOwn() {
    var single = RandomStream(seed: 0xffff_ffff_1234_5678, purpose: "test", round: 3, client: 4)
    var bulk = single
    for _ in 0..<3 {
      let draws = (0..<16).map { _ in single.next() }
      let words = bulk.nextThirtyTwoWords()
      let pairs = (0..<16).map { UInt64(words[2 * $0]) | UInt64(words[2 * $0 + 1]) << 32 }
      #expect(Set(draws) == Set(pairs))
    }
    #expect(single.next() == bulk.next())
  }

  @Test func permutationsHoldEveryNumberOnce() {
    var stream = RandomStream(seed: 1, purpose: "test")
    let values = stream.permutation(1000)
    #expect(values.sorted() == (0..<1000).map { Int32($0) })
    #expect(values != values.sorted())
    #expect(stream.permutation(0).isEmpty)
  }

  /// 60,000 orders of three: chi-square of five degrees of freedom, 99.99 % quantile 25.7.
  @Test func permutationsAreFair() {
    var stream = RandomStream(seed: 2, purpose: "test")
    var counts: [[Int32]: Int] = [:]
    for _ in 0..<60_000 { counts[stream.permutation(3), default: 0] += 1 }
    let statistic = counts.values.reduce(0.0) { $0 + (Double($1) - 10_000) * (Double($1) - 10_000) / 10_000 }
    #expect(counts.count == 6)
    #expect(statistic < 25.7)
  }

  /// Gamma deviates of shape s have mean and variance s; 100,000 of them, within five standard errors.
  @Test(arguments: [0.3, 1, 4.5])
  func gammaMoments(shape: Double) {
    var stream = RandomStream(seed: 3, purpose: "test")
    let values = (0..<100_000).map { _ in stream.gamma(shape: shape) }
    let mean = values.reduce(0, +) / 100_000
    #expect(abs(mean - shape) < 5 * (shape / 100_000).squareRoot())
    let variance = values.reduce(0) { $0 + ($1 - shape) * ($1 - shape) } / 100_000
    #expect(abs(variance - shape) < 5 * ((2 * shape * shape + 6 * shape) / 100_000).squareRoot())
  }

  @Test func dirichletSharesAddToOne() {
    var stream = RandomStream(seed: 4, purpose: "test")
    for concentration in [1e-6, 0.1, 1, 100] {
      let shares = stream.dirichlet(count: 7, concentration: concentration)
      #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
      #expect(shares.allSatisfy { $0 >= 0 })
    }
  }
}

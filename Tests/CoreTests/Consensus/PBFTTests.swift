import Tensor
import Testing

@testable import Core

@Suite("Practical Byzantine fault tolerance")
struct PBFTTests {
  private func committee(
    _ behaviours: [CommitteeBehaviour], delay: DelayLaw = .uniform(0.05, 0.15), loss: Double = 0,
    partitions: [NetworkConditions.Partition] = [], blockTime: Double = 1, timeout: Double = 2
  ) throws -> PBFTCommittee {
    try PBFTCommittee(
      behaviours: behaviours, blockTime: blockTime, timeout: timeout,
      conditions: NetworkConditions(delay: delay, loss: loss, partitions: partitions),
      load: TransactionLoad(rate: 5, capacity: 100))
  }

  @Test func quorums() throws {
    // m, f, quorum, by the specification's formula.
    for (members, faulty, size) in [(4, 1, 3), (5, 1, 4), (6, 1, 4), (7, 2, 5), (10, 3, 7), (100, 33, 67)] {
      let quorum = try Quorum(members: members)
      #expect(quorum.faulty == faulty && quorum.size == size)
      // Two quorums share more members than can be faulty, and the others are enough for one.
      #expect(2 * size - members > faulty && members - faulty >= size)
    }
    #expect(throws: ConsensusError.self) { try Quorum(members: 3) }
  }

  /// Nobody faulty, constant delays: three phases take three delays, and each block one message per pair and phase,
  /// but for the proposer's.
  @Test func threePhases() throws {
    let outcome = try committee([CommitteeBehaviour](repeating: .honest, count: 7), delay: .constant(0.1))
      .run(blocks: 50, seed: 1)
    let report = outcome.report
    #expect(report.chain.count == 50 && outcome.viewChanges == 0)
    #expect(report.properties == .init(agreement: true, validity: true, liveness: true))
    for block in report.chain {
      let final = try #require(block.final)
      #expect(abs(final - block.created - 0.3) < 1e-9)
    }
    let interval = try #require(report.meanInterval)
    #expect(abs(interval - 1) < 1e-9)
    // Proposal 6, prepares 7 x 6, commits 7 x 6; the last block's may still be under way.
    #expect(report.messages == 50 * (6 + 42 + 42))
  }

  @Test func silentPrimariesAreVotedOut() throws {
    let outcome = try committee([.silent, .honest, .honest, .honest, .silent, .honest, .honest]).run(
      blocks: 40, seed: 2)
    #expect(outcome.report.properties == .init(agreement: true, validity: true, liveness: true))
    #expect(outcome.viewChanges > 0)
    #expect(outcome.report.chain.allSatisfy { $0.producer != 0 && $0.producer != 4 })
  }

  @Test func moreSilentThanFaultyStandStill() throws {
    let outcome = try committee([.silent, .silent, .honest, .honest]).run(blocks: 5, limit: 2000, seed: 3)
    #expect(outcome.report.chain.isEmpty)
    #expect(outcome.report.properties.agreement && !outcome.report.properties.liveness)
  }

  @Test func equivocationBeyondTheBoundBreaksAgreement() throws {
    let within = try committee([.equivocating, .honest, .honest, .honest]).run(blocks: 40, seed: 4)
    #expect(within.report.properties == .init(agreement: true, validity: true, liveness: true))
    let beyond = try committee([.equivocating, .equivocating, .honest, .honest]).run(blocks: 40, limit: 4000, seed: 4)
    #expect(!beyond.report.properties.agreement)
    #expect(beyond.disagreement != nil)
    let regular = try committee([.equivocating, .equivocating, .honest, .honest], delay: .constant(0.1))
      .run(blocks: 20, limit: 4000, seed: 4)
    #expect(!regular.report.properties.agreement)
  }

  /// BFT-1: agreement whatever the network does, and liveness once it is whole, for any faults up to f.
  @Test func agreementAndLivenessUpToTheBound() throws {
    for number in 0..<150 {
      var stream = RandomStream(seed: 5, purpose: "committees", round: number)
      let members = 4 + stream.integer(below: 7)
      let quorum = try Quorum(members: members)
      var behaviours = [CommitteeBehaviour](repeating: .honest, count: members)
      for member in stream.permutation(members).prefix(stream.integer(below: quorum.faulty + 1)) {
        behaviours[Int(member)] = [.silent, .equivocating, .delaying(stream.uniform(0, 5))][stream.integer(below: 3)]
      }
      let split = stream.permutation(members).map { Int($0) }
      let cut = stream.integer(below: members + 1)
      let begin = stream.uniform(0, 10)
      let outcome = try committee(
        behaviours, delay: stream.uniform() < 0.5 ? .uniform(0.01, 0.3) : .exponential(0.1),
        loss: stream.uniform() < 0.5 ? 0 : stream.uniform(0, 0.2),
        partitions: stream.uniform() < 0.5
          ? [
            .init(
              from: begin, until: begin + stream.uniform(1, 30), groups: [Array(split[..<cut]), Array(split[cut...])])
          ]
          : []
      ).run(blocks: 12, limit: 100_000, seed: UInt64(number))
      #expect(outcome.report.properties.agreement, "committee \(number): \(behaviours)")
      #expect(outcome.report.properties.validity, "committee \(number): \(behaviours)")
      #expect(outcome.report.properties.liveness, "committee \(number): \(behaviours), \(outcome.decided)")
    }
  }

  /// Agreement needs only that equivocators are at most f: delays and silence, of any number, cost liveness alone.
  @Test func silenceNeverCostsAgreement() throws {
    for number in 0..<60 {
      var stream = RandomStream(seed: 6, purpose: "silent committees", round: number)
      let members = 4 + stream.integer(below: 6)
      var behaviours = (0..<members).map { _ -> CommitteeBehaviour in
        [.honest, .silent, .delaying(stream.uniform(0, 20))][stream.integer(below: 3)]
      }
      behaviours[0] = .honest
      let outcome = try committee(behaviours, loss: 0.1).run(blocks: 8, limit: 500, seed: UInt64(number))
      #expect(outcome.report.properties.agreement && outcome.report.properties.validity)
    }
  }

  @Test func theSameSeedGivesTheSameCourse() throws {
    let setup = try committee([.equivocating, .honest, .honest, .honest], loss: 0.1)
    #expect(try setup.run(blocks: 10, seed: 7) == setup.run(blocks: 10, seed: 7))
  }

  @Test func nothingWrongIsSimulated() {
    #expect(throws: ConsensusError.self) { try committee([.honest, .honest, .honest]) }
    #expect(throws: ConsensusError.self) { try committee([.silent, .silent, .silent, .silent]) }
    #expect(throws: ConsensusError.self) { try committee([.honest, .honest, .honest, .honest], timeout: 0) }
    #expect(throws: ConsensusError.self) {
      try committee(
        [.honest, .honest, .honest, .honest], partitions: [.init(from: 0, until: 1, groups: [[4]])])
    }
  }
}

import Foundation
import Tensor
import Testing

@testable import Core

/// Members that crash and come back: BFT-2, and BFT-1 in spite of it.
@Suite("Crash and recovery in a committee")
struct PBFTRecoveryTests {
  private func committee(
    _ behaviours: [CommitteeBehaviour], crashes: [CommitteeCrash], memory: CommitteeMemory = .journal,
    delay: DelayLaw = .uniform(0.05, 0.15), loss: Double = 0, partitions: [NetworkConditions.Partition] = []
  ) throws -> PBFTCommittee {
    try PBFTCommittee(
      behaviours: behaviours, blockTime: 1, timeout: 2,
      conditions: NetworkConditions(delay: delay, loss: loss, partitions: partitions),
      load: TransactionLoad(rate: 5, capacity: 100), crashes: crashes, memory: memory)
  }

  private func honest(_ count: Int) -> [CommitteeBehaviour] { [CommitteeBehaviour](repeating: .honest, count: count) }

  /// Up to f that are away cost nothing but views; who is back learns what it missed.
  @Test func whoWasAwayCatchesUp() throws {
    let outcome = try committee(honest(4), crashes: [.init(member: 2, from: 5.5, until: 30)]).run(blocks: 40, seed: 1)
    #expect(outcome.report.properties == .init(agreement: true, validity: true, liveness: true))
    #expect(outcome.recovery.crashes == 1 && outcome.recovery.returns == 1 && outcome.recovery.isExact)
    #expect(outcome.decided == [40, 40, 40, 40])
    // One question there and one answer back, at most 0.15 s each.
    let time = try #require(outcome.recovery.meanCatchUpTime)
    #expect(time > 0.1 && time <= 0.3)
  }

  /// More than f away stop the chain, and nothing breaks; it goes on when they are back.
  @Test func theChainWaitsForAQuorum() throws {
    let down = [CommitteeCrash(member: 0, from: 10, until: 50), CommitteeCrash(member: 3, from: 12, until: 60)]
    let outcome = try committee(honest(4), crashes: down).run(blocks: 40, seed: 2)
    #expect(outcome.report.properties == .init(agreement: true, validity: true, liveness: true))
    let finals = outcome.report.chain.compactMap(\.final)
    // A quorum of 3 is there before the second crash, but for what was under way, and from the first return on.
    #expect(!finals.contains { $0 > 12.5 && $0 < 50 })
    #expect(finals.contains { $0 > 50 && $0 < 60 })
  }

  /// Everybody at once: nothing but what is on their disks remains, and it is enough.
  @Test func allCrashAtOnce() throws {
    for seed in 0..<20 {
      let moment = 3 + Double(seed) / 20
      let all = (0..<7).map { CommitteeCrash(member: $0, from: moment, until: 20 + Double($0)) }
      let outcome = try committee(honest(7), crashes: all).run(blocks: 15, seed: UInt64(seed))
      #expect(outcome.report.properties == .init(agreement: true, validity: true, liveness: true), "at \(moment)")
      #expect(outcome.recovery.isExact && outcome.recovery.returns == 7)
    }
  }

  /// Who stays away is one of the faulty.
  @Test func whoNeverComesBackCountsAsFaulty() throws {
    let outcome = try committee(honest(4), crashes: [.init(member: 1, from: 4)]).run(blocks: 20, seed: 3)
    #expect(outcome.faultyMembers == 1 && outcome.decided[1] == 0)
    #expect(outcome.report.properties == .init(agreement: true, validity: true, liveness: true))
    let stuck = try committee(honest(4), crashes: [.init(member: 1, from: 4), .init(member: 2, from: 4)])
      .run(blocks: 20, limit: 500, seed: 3)
    #expect(stuck.report.properties.agreement && !stuck.report.properties.liveness)
  }

  /// One member decides, and those who made the quorum forget: they decide otherwise. With journals they do not.
  @Test func whoForgetsBreaksAgreement() throws {
    // Proposed at 1.0, prepared by 1.1, committed by 1.2; the commits reach member 0 at 1.3, and then it is cut off.
    let down = (1..<4).map { CommitteeCrash(member: $0, from: 1.25, until: 2) }
    let cut = NetworkConditions.Partition(from: 1.25, until: 40, groups: [[1, 2, 3]])
    var broken = 0
    for seed in 0..<20 {
      func run(_ memory: CommitteeMemory) throws -> PBFTCommittee.Outcome {
        try committee(honest(4), crashes: down, memory: memory, delay: .constant(0.1), partitions: [cut])
          .run(blocks: 5, limit: 200, seed: UInt64(seed))
      }
      let forgotten = try run(.nothing)
      #expect(!forgotten.recovery.isExact)
      if forgotten.disagreement == 1 { broken += 1 }
      let kept = try run(.journal)
      #expect(kept.report.properties == .init(agreement: true, validity: true, liveness: true))
    }
    // Two of the three commits under way must arrive, each with a chance of one half: half of all courses.
    #expect(broken >= 3 && broken <= 17)
  }

  /// Any crashes of any members at any times, with faults up to f beside: agreement, exact returns, and liveness once
  /// everybody is back.
  @Test func agreementAndLivenessWhoeverCrashes() throws {
    let count = ProcessInfo.processInfo.environment["FLNFT_LONG_TESTS"] == nil ? 200 : 5000
    var returns = 0
    for number in 0..<count {
      var stream = RandomStream(seed: 9, purpose: "crashing committees", round: number)
      let members = 4 + stream.integer(below: 6)
      let quorum = try Quorum(members: members)
      var behaviours = honest(members)
      let order = stream.permutation(members).map { Int($0) }
      let faulty = stream.integer(below: quorum.faulty + 1)
      for member in order.prefix(faulty) {
        behaviours[member] = [.silent, .equivocating, .delaying(stream.uniform(0, 3))][stream.integer(below: 3)]
      }
      var crashes: [CommitteeCrash] = []
      for member in order.dropFirst(faulty) {
        var time = stream.uniform(0, 6)
        for _ in 0..<stream.integer(below: 4) {
          let end = time + stream.uniform(0.01, stream.uniform() < 0.5 ? 0.3 : 15)
          crashes.append(CommitteeCrash(member: member, from: time, until: end))
          time = end + stream.uniform(0, 4)
        }
      }
      let cut = stream.integer(below: members + 1)
      let outcome = try committee(
        behaviours, crashes: crashes, delay: stream.uniform() < 0.5 ? .uniform(0.01, 0.3) : .exponential(0.1),
        loss: stream.uniform() < 0.5 ? 0 : stream.uniform(0, 0.2),
        partitions: stream.uniform() < 0.7
          ? []
          : [.init(from: 2, until: 2 + stream.uniform(1, 20), groups: [Array(order[..<cut]), Array(order[cut...])])]
      ).run(blocks: 10, limit: 100_000, seed: UInt64(number))
      returns += outcome.recovery.returns
      let all = ConsensusReport.Properties(agreement: true, validity: true, liveness: true)
      #expect(outcome.report.properties == all, "committee \(number): \(behaviours), \(crashes), \(outcome.decided)")
      #expect(outcome.recovery.isExact, "committee \(number)")
    }
    #expect(returns > 2 * count)
  }

  /// Without crashes a committee does, to the message, what it does when nobody thinks of them.
  @Test func aCrashAfterTheEndChangesNothing() throws {
    let plain = try committee(honest(4), crashes: [], loss: 0.1).run(blocks: 10, seed: 4)
    let late = try committee(honest(4), crashes: [.init(member: 0, from: 1e6, until: 2e6)], loss: 0.1)
      .run(blocks: 10, seed: 4)
    #expect(plain.report == late.report && late.recovery.crashes == 0)
  }

  @Test func impossibleCrashesAreRefused() {
    for crashes: [CommitteeCrash] in [
      [.init(member: 4, from: 1, until: 2)], [.init(member: -1, from: 1, until: 2)],
      [.init(member: 0, from: 2, until: 2)], [.init(member: 0, from: -1, until: 2)],
      [.init(member: 0, from: .nan, until: 2)], [.init(member: 0, from: 1, until: .nan)],
      [.init(member: 0, from: 1), .init(member: 0, from: 3, until: 4)],
      (0..<4).map { .init(member: $0, from: 1) },
    ] {
      #expect(throws: ConsensusError.self) { try committee(honest(4), crashes: crashes) }
    }
    #expect(throws: ConsensusError.self) {
      try committee([.silent, .honest, .honest, .honest], crashes: [.init(member: 0, from: 1, until: 2)])
    }
  }
}

import Solvers
import Tensor
import Testing

@testable import Core

/// The round of the specification's cases: three owners, two stations, two proposals.
private struct SampleRound {
  static let claims: [(String, [UInt64])] = [
    ("o1", [60, 10]), ("o2", [20, 50]), ("o3", [30, 35]), ("b1", [20, 15]), ("b2", [25, 10]),
  ]

  static func terms(_ gate: PromiseVote.Gate = .voteAndEvidence) throws -> CrowdfundingTerms {
    try CrowdfundingTerms(
      name: "r1", deadlines: .init(propose: 10, commit: 20, reveal: 30, deliver: 40, train: 50, assess: 60),
      ownerBond: Amount(units: 100), stationBond: Amount(units: 50), beacon: Beacon(1, of: 2),
      silenceFee: Amount(units: 30), slope: PromiseVote.Slope(1), gate: gate)
  }

  static func registered(_ gate: PromiseVote.Gate = .voteAndEvidence) throws -> CrowdfundingRound {
    var round = CrowdfundingRound(try terms(gate))
    for name in ["o1", "o2", "o3"] { try round.perform(.register(name, .owner, deposit: Amount(units: 1000)), at: 1) }
    for name in ["b1", "b2"] { try round.perform(.register(name, .station, deposit: Amount(units: 400)), at: 1) }
    return round
  }

  static func revealed(
    except silent: Set<String> = [], gate: PromiseVote.Gate = .voteAndEvidence
  ) throws -> CrowdfundingRound {
    var round = try registered(gate)
    try round.perform(.propose("o1", accuracy: 900_000, low: Amount(units: 60), high: Amount(units: 120)), at: 2)
    try round.perform(.propose("o2", accuracy: 800_000, low: Amount(units: 40), high: Amount(units: 80)), at: 2)
    for (name, claims) in claims {
      let amounts = claims.map { Amount(units: UInt128($0)) }
      let digest = SealedClaim.digest(round: "r1", of: name, salt: "s-\(name)", claims: amounts)
      try round.perform(.commit(name, digest.description), at: 12)
    }
    for (name, claims) in claims where !silent.contains(name) {
      try round.perform(
        .reveal(name, salt: "s-\(name)", claims: claims.map { Amount(units: UInt128($0)) }), at: 22)
    }
    try round.perform(.poke, at: 31)
    return round
  }

  static func balances(_ round: CrowdfundingRound) -> [UInt128] { round.participants.map(\.balance.units) }
}

@Suite("A round of crowdfunding: histories worked out by hand")
struct CrowdfundingRoundTests {
  @Test func aRoundThatKeepsItsPromise() throws {
    var round = try SampleRound.revealed()
    #expect(round.stage == .deliver)
    // Margins are 60 + 20 + 30 - 45 = 65 and 10 + 50 + 35 - 25 = 70.
    #expect(round.decision?.selected == 1)
    #expect(round.decision?.totalPayment.units == 60)
    try round.perform(.deliver("o2"), at: 32)
    try round.perform(.update("b1"), at: 42)
    try round.perform(.update("b2"), at: 42)
    #expect(round.stage == .assess)
    try round.perform(.report("o2", accuracy: 950_000), at: 51)
    try round.perform(.vote("o1", punish: false), at: 52)
    try round.perform(.poke, at: 60)
    #expect(round.stage == .settled)
    #expect(SampleRound.balances(round) == [980, 945, 970, 430, 430])
    #expect(round.pool.units == 45)
  }

  @Test func shortfallCostsItsShareOfTheBond() throws {
    var round = try SampleRound.revealed()
    try round.perform(.deliver("o2"), at: 32)
    for station in ["b1", "b2"] { try round.perform(.update(station), at: 42) }
    try round.perform(.report("o2", accuracy: 700_000), at: 51)
    for owner in ["o1", "o3"] { try round.perform(.vote(owner, punish: true), at: 52) }
    let before = round
    try round.perform(.poke, at: 60)
    // 100 times 100000 / 800000, rounded up.
    #expect(round.assessment?.penalty == 13)
    #expect(before.assessment == nil)
  }

  @Test func aWinnerWhoDoesNotDeliverPaysTheStations() throws {
    var round = try SampleRound.revealed()
    try round.perform(.poke, at: 40)
    #expect(round.stage == .failedDelivery)
    #expect(SampleRound.balances(round) == [1000, 900, 1000, 450, 450])
    #expect(round.pool == .zero)
  }

  @Test func stationsThatDoNotTrainLoseTheirBonds() throws {
    var round = try SampleRound.revealed()
    try round.perform(.deliver("o2"), at: 32)
    try round.perform(.poke, at: 50)
    #expect(round.stage == .failedTraining)
    #expect(SampleRound.balances(round) == [1000, 1000, 1000, 350, 350])
    #expect(round.pool.units == 100)
  }

  @Test func aMissingStationLosesBondAndReward() throws {
    var round = try SampleRound.revealed(except: ["o3"])
    // 60 + 20 - 45 = 35 on both models: the first.
    #expect(round.decision?.selected == 0)
    try round.perform(.deliver("o1"), at: 32)
    try round.perform(.update("b1"), at: 42)
    try round.perform(.poke, at: 50)
    #expect(round.stage == .assess)
    try round.perform(.report("o1", accuracy: 900_000), at: 51)
    try round.perform(.poke, at: 60)
    // o3 paid its silence; of the price of 90, b2's half goes back to the owners.
    #expect(SampleRound.balances(round) == [943, 977, 970, 435, 350])
    #expect(round.pool.units == 125)
  }

  @Test func withoutProposalEverybodyIsRefunded() throws {
    var round = try SampleRound.registered()
    try round.perform(.poke, at: 99)
    #expect(round.stage == .aborted)
    #expect(SampleRound.balances(round) == [1000, 1000, 1000, 400, 400])
  }

  @Test func whenTooFewSpeakTheRoundIsAborted() throws {
    let round = try SampleRound.revealed(except: ["o1", "o2"])
    #expect(round.stage == .aborted)
    #expect(SampleRound.balances(round) == [970, 970, 1000, 400, 400])
    #expect(round.pool.units == 60)
  }

  @Test func whenNothingIsWorthTrainingOnlyTaxesAreDue() throws {
    var round = try SampleRound.registered()
    try round.perform(.propose("o1", accuracy: 900_000, low: Amount(units: 12), high: Amount(units: 12)), at: 2)
    // Values 0, 6 and 7 against a cost of 14: the appendix's case 5, in which an owner vetoes and pays for it.
    for (name, claim) in [("o1", 0), ("o2", 6), ("o3", 7), ("b1", 7), ("b2", 7)] {
      let amounts = [Amount(units: UInt128(claim))]
      try round.perform(
        .commit(name, SealedClaim.digest(round: "r1", of: name, salt: "", claims: amounts).description), at: 12)
    }
    for (name, claim) in [("o1", 0), ("o2", 6), ("o3", 7), ("b1", 7), ("b2", 7)] {
      try round.perform(.reveal(name, salt: "", claims: [Amount(units: UInt128(claim))]), at: 22)
    }
    try round.perform(.poke, at: 30)
    #expect(round.stage == .settled)
    #expect(round.winner == nil)
    // Without o1 the others' nets are 2 + 3 - 1 - 1 = 3; without b1 or b2, 0.
    #expect(round.decision?.taxes.map(\.units) == [3, 0, 0, 0, 0])
    #expect(round.pool.units == 3)
  }

  @Test func everyRefusalHasItsName() throws {
    func refusal(_ operation: CrowdfundingOperation, at time: Int, in round: CrowdfundingRound) -> String? {
      var copy = round
      do {
        try copy.perform(operation, at: time)
        return nil
      } catch { return (error as? any Diagnosable)?.kind }
    }
    let open = try SampleRound.registered()
    let (low, high) = (Amount(units: 1), Amount(units: 2))
    #expect(refusal(.register("o1", .station, deposit: Amount(units: 400)), at: 1, in: open) == "AlreadyRegistered")
    #expect(refusal(.register("o9", .owner, deposit: Amount(units: 99)), at: 1, in: open) == "InsufficientDeposit")
    #expect(refusal(.propose("b1", accuracy: 1, low: low, high: high), at: 1, in: open) == "NotAuthorized")
    #expect(refusal(.propose("o1", accuracy: 1, low: high, high: low), at: 1, in: open) == "EmptyInterval")
    #expect(refusal(.propose("o1", accuracy: 0, low: low, high: high), at: 1, in: open) == "InvalidAccuracy")
    #expect(refusal(.propose("o1", accuracy: 1_000_001, low: low, high: high), at: 1, in: open) == "InvalidAccuracy")
    #expect(refusal(.commit("o1", "00"), at: 1, in: open) == "WrongState")
    #expect(refusal(.withdraw("o1"), at: 1, in: open) == "WrongState")
    #expect(refusal(.poke, at: 0, in: open) == "InvalidTime")
    var delivering = try SampleRound.revealed()
    #expect(refusal(.deliver("o1"), at: 31, in: delivering) == "NotAuthorized")
    #expect(refusal(.update("b1"), at: 31, in: delivering) == "WrongState")
    try delivering.perform(.deliver("o2"), at: 31)
    #expect(refusal(.deliver("o2"), at: 31, in: delivering) == "WrongState")
    #expect(refusal(.update("o1"), at: 41, in: delivering) == "NotAuthorized")
    try delivering.perform(.update("b1"), at: 41)
    #expect(refusal(.update("b1"), at: 41, in: delivering) == "DuplicateUpdate")
    try delivering.perform(.update("b2"), at: 41)
    #expect(refusal(.report("o1", accuracy: 1), at: 51, in: delivering) == "NotAuthorized")
    #expect(refusal(.report("o2", accuracy: -1), at: 51, in: delivering) == "InvalidAccuracy")
    #expect(refusal(.vote("o2", punish: false), at: 51, in: delivering) == "NotAuthorized")
    #expect(refusal(.vote("b1", punish: false), at: 51, in: delivering) == "NotAuthorized")
    try delivering.perform(.vote("o1", punish: false), at: 51)
    #expect(refusal(.vote("o1", punish: true), at: 51, in: delivering) == "DuplicateVote")
    try delivering.perform(.report("o2", accuracy: 1), at: 51)
    #expect(refusal(.report("o2", accuracy: 1), at: 51, in: delivering) == "DuplicateReport")
    #expect(refusal(.withdraw("nobody"), at: 70, in: delivering) == "NotAuthorized")
    try delivering.perform(.withdraw("o1"), at: 70)
    #expect(refusal(.withdraw("o1"), at: 70, in: delivering) == "NothingToWithdraw")
    #expect(throws: CrowdfundingError.self) {
      try CrowdfundingTerms.Deadlines(propose: 10, commit: 10, reveal: 30, deliver: 40, train: 50, assess: 60)
    }
  }

  @Test func claimsAreHeldToTheirCommitment() throws {
    var round = try SampleRound.registered()
    try round.perform(.propose("o1", accuracy: 900_000, low: Amount(units: 60), high: Amount(units: 120)), at: 2)
    func commit(_ name: String, _ claims: [UInt128]) throws {
      let amounts = claims.map { Amount(units: $0) }
      try round.perform(
        .commit(name, SealedClaim.digest(round: "r1", of: name, salt: "s", claims: amounts).description), at: 12)
    }
    try commit("o1", [5])
    try commit("o2", [5, 6])
    // Bid 840, bond 100: more than the deposit of 1000 only from 901 on.
    try commit("o3", [901])
    func refusal(_ name: String, _ claims: [UInt128], salt: String = "s") -> String? {
      var copy = round
      do {
        try copy.perform(.reveal(name, salt: salt, claims: claims.map { Amount(units: $0) }), at: 22)
        return nil
      } catch { return (error as? CrowdfundingError)?.kind }
    }
    #expect(refusal("o1", [6]) == "BadReveal")
    #expect(refusal("o1", [5], salt: "t") == "BadReveal")
    #expect(refusal("o2", [5, 6]) == "DimensionMismatch")
    #expect(refusal("o3", [901]) == "InsufficientDeposit")
    #expect(refusal("b1", [5]) == "NotAuthorized")
    #expect(refusal("o1", [5]) == nil)
  }
}

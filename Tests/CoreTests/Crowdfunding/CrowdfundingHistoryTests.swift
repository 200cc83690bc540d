import Solvers
import Tensor
import Testing

@testable import Core

@Suite("A round of crowdfunding: whatever happens")
struct CrowdfundingHistoryTests {
  /// Random events, most of them sensible and some not, in whatever order chance gives.
  private struct History {
    var stream: RandomStream
    var round: CrowdfundingRound
    var time = 0
    var salts: [String: (String, [Amount])] = [:]
    let names: [String]

    init(_ number: Int) throws {
      stream = RandomStream(seed: 7, purpose: "crowdfunding histories", round: number)
      let bond = UInt128(stream.integer(below: 200))
      let terms = try CrowdfundingTerms(
        name: "round \(number)",
        deadlines: .init(propose: 10, commit: 20, reveal: 30, deliver: 40, train: 50, assess: 60),
        ownerBond: Amount(units: bond), stationBond: Amount(units: UInt128(stream.integer(below: 100))),
        minimumOwners: 1 + stream.integer(below: 3), minimumStations: 1 + stream.integer(below: 2),
        beacon: Beacon(UInt128(stream.integer(below: 100)), of: 100),
        silenceFee: Amount(units: UInt128(stream.integer(below: 500))),
        slope: PromiseVote.Slope(UInt64(stream.integer(below: 4))),
        gate: stream.integer(below: 2) == 0 ? .vote : .voteAndEvidence,
        poolBefore: Amount(units: UInt128(stream.integer(below: 50))))
      round = CrowdfundingRound(terms)
      names = (1...3 + stream.integer(below: 4)).map { "p\($0)" }
    }

    mutating func amount(below bound: Int) -> Amount { Amount(units: UInt128(stream.integer(below: bound))) }

    mutating func operation() throws -> CrowdfundingOperation {
      let name = names[stream.integer(below: names.count)]
      // Half of the time what the stage asks for, otherwise anything.
      let wanted: [Int] =
        switch round.stage {
        case .open: [0, 0, 1]
        case .commit: [2]
        case .reveal: [3]
        case .deliver: [4]
        case .train: [5]
        case .assess: [6, 7]
        default: [8]
        }
      let choice = stream.uniform() < 0.85 ? wanted[stream.integer(below: wanted.count)] : stream.integer(below: 10)
      switch choice {
      case 0:
        return .register(name, stream.uniform() < 0.6 ? .owner : .station, deposit: amount(below: 3000))
      case 1:
        let low = stream.integer(below: 100)
        return .propose(
          name, accuracy: stream.integer(below: 1_100_000),
          low: Amount(units: UInt128(low)), high: Amount(units: UInt128(max(0, low - 5 + stream.integer(below: 200)))))
      case 2:
        let count = stream.uniform() < 0.95 ? round.proposals.count : stream.integer(below: 4)
        let claims = (0..<count).map { _ in amount(below: 400) }
        let salt = "\(stream.integer(below: 1_000_000))"
        let digest = SealedClaim.digest(round: round.terms.name, of: name, salt: salt, claims: claims)
        if round.participant(named: name)?.commitment == nil { salts[name] = (salt, claims) }
        return .commit(name, digest.description)
      case 3:
        let (salt, claims) = salts[name] ?? ("", [])
        return .reveal(name, salt: stream.uniform() < 0.97 ? salt : "other", claims: claims)
      case 4: return .deliver(round.winner.map { round.participants[$0].name } ?? name)
      case 5: return .update(name)
      case 6:
        return .report(
          round.winner.map { round.participants[$0].name } ?? name, accuracy: stream.integer(below: 1_050_000))
      case 7: return .vote(name, punish: stream.uniform() < 0.5)
      case 8: return .withdraw(name)
      default: return .poke
      }
    }
  }

  @Test func moneyIsConservedAndRefusalsChangeNothing() throws {
    var ends: [CrowdfundingStage: Int] = [:]
    var (operations, refusals) = (0, 0)
    for number in 0..<4000 {
      var history = try History(number)
      while history.time < 75 {
        let operation = try history.operation()
        var waited = history.round
        try waited.advance(to: history.time)
        do {
          try history.round.perform(operation, at: history.time)
          operations += 1
        } catch let refusal as any Diagnosable {
          refusals += 1
          #expect(history.round == waited, "history \(number): \(refusal) changed something")
          #expect(!["MoneyNotConserved", "InvalidTime", "AmountOverflow", "NegativeAmount"].contains(refusal.kind))
        }
        // The model, apart from the code's own check: everything paid in is somewhere.
        let round = history.round
        let paidIn = round.participants.reduce(round.terms.poolBefore.units) { $0 + $1.deposit.units }
        let held = round.participants.reduce(round.pool.units) { $0 + $1.balance.units + $1.withdrawn.units }
        #expect(paidIn == held, "history \(number) at \(history.time)")
        history.time += history.stream.integer(below: 8) == 0 ? history.stream.integer(below: 12) : 0
      }
      #expect(history.round.stage.isTerminal, "history \(number) ends in \(history.round.stage)")
      ends[history.round.stage, default: 0] += 1
    }
    // Every way for a round to end is among the histories, and so are refusals.
    for end in CrowdfundingStage.allCases where end.isTerminal {
      #expect(ends[end, default: 0] > 20, "\(end) is rare: \(ends)")
    }
    #expect(operations > 40_000 && refusals > 10_000)
  }

  /// Truth never leaves anybody with less than its worst case, so that the deposit bound suffices.
  @Test func depositsCoverWhatFollows() throws {
    var stream = RandomStream(seed: 3, purpose: "deposit bound")
    for _ in 0..<2000 {
      let models = 1 + stream.integer(below: 3)
      let (owners, stations) = (1 + stream.integer(below: 4), 1 + stream.integer(below: 3))
      func table(_ rows: Int, _ bound: Int) -> [[Int128]] {
        (0..<rows).map { _ in (0..<models).map { _ in Int128(stream.integer(below: bound)) } }
      }
      let (bids, claims) = (table(owners, 60), table(stations, 60))
      let prices = (0..<models).map { _ in Int128(stream.integer(below: 150)) }
      func shares(_ rows: Int) throws -> [[Int128]] {
        let columns = try prices.map { try CostShares.equal($0, among: rows) }
        return (0..<rows).map { row in columns.map { $0[row] } }
      }
      let (costs, rewards) = (try shares(owners), try shares(stations))
      func amounts(_ row: [Int128]) -> [Amount] { row.map { Amount(units: $0.magnitude) } }
      let bond = Amount(units: 7)
      let ownerDeposits = try zip(bids, costs).map {
        try DepositBound.owner(bids: amounts($0), costs: amounts($1), bond: bond)
      }
      let stationDeposits = try zip(claims, rewards).map {
        try DepositBound.station(claims: amounts($0), rewards: amounts($1), bond: bond)
      }
      let project = try ProjectShares(owners: MoneyTable(costs), stations: MoneyTable(rewards))
      let tax = try ClarkeTax(ProjectReports(owners: MoneyTable(bids), stations: MoneyTable(claims)), shares: project)
      let settled = try DepositSettlement(
        ownerDeposits: ownerDeposits, stationDeposits: stationDeposits, tax: tax, shares: project,
        winner: tax.selected == nil ? nil : 0, penalty: tax.selected == nil ? .zero : bond)
      #expect(settled.poolAfter.units >= tax.total.magnitude)
    }
  }
}

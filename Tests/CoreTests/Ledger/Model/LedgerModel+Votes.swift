@testable import Core

/// Who votes, and what comes of it.
extension LedgerModel {
  /// Members with their weights; or everybody who stakes, with the stake and the votes of its locks.
  func electorate(of organisation: Organisation, _ now: UInt64) -> [Elector]? {
    guard case .stakes(let chambers) = organisation.rule.weighing else {
      return organisation.members.map {
        Elector(address: $0.address, power: organisation.rule.weighing == .heads ? 1 : UInt128($0.weight))
      }
    }
    // A super node has half a percent of all money, rounded up; the classes below have half of the class above.
    let supply = issued - burned
    let least = max(supply / 200 + (supply % 200 > 0 ? 1 : 0), chambers.leastSuperStake.units)
    let bounds = [least, least - least / 2, least - least / 2 - (least - least / 2) / 2]
    var electors: [Elector] = []
    var all: UInt128 = 0
    for owner in Set(stakes.values.filter { $0.amount > 0 }.map(\.owner)).sorted() {
      let mine = stakes.values.filter { $0.owner == owner }
      let pledge = mine.reduce(0) { $0 + $1.amount }
      var power = pledge
      for stake in mine {
        let (sum, overflow) = power.addingReportingOverflow(stake.votes(on: Self.day(now)))
        guard !overflow else { return nil }
        power = sum
      }
      let (sum, overflow) = all.addingReportingOverflow(power)
      guard !overflow else { return nil }
      all = sum
      electors.append(Elector(address: owner, power: power, rank: bounds.count(where: { pledge >= $0 })))
    }
    return electors
  }

  /// What came of a vote: "passed", alone or with who let it pass, or why it did not.
  func outcome(of motion: Motion) -> String {
    func power(_ ballots: [CollectiveAction.Ballot?], _ ranks: [Int] = [0, 1, 2, 3]) -> UInt128 {
      motion.electorate.reduce(0) {
        $0 + (ranks.contains($1.rank) && ballots.contains(motion.ballots[$1.address]) ? $1.power : 0)
      }
    }
    let cast: [CollectiveAction.Ballot?] = [.inFavour, .against, .abstain]
    func answers(_ ranks: [Int], _ quorum: UInt16) -> Bool {
      let (present, needed) = (
        power(cast, ranks).multipliedFullWidth(by: 10_000),
        power(cast + [nil], ranks).multipliedFullWidth(by: UInt128(quorum))
      )
      return (present.high, present.low) >= (needed.high, needed.low)
    }
    guard answers([0, 1, 2, 3], motion.rule.quorum) else { return "no quorum" }
    guard power([.inFavour]) > power([.against]) else { return "no majority" }
    guard case .stakes(let chambers) = motion.rule.weighing else { return "passed" }
    if isOrdinary(motion.actions, chambers.ordinaryLimit.units) { return "passed as ordinary" }
    for rank in [3, 2] where power(cast + [nil], [rank]) > 0 && answers([rank], chambers.quorum) {
      let (yes, no) = (power([.inFavour], [rank]), power([.against], [rank]))
      // Two thirds in favour are twice as many as are against.
      return "\(yes > 0 && yes / 2 >= no ? "passed" : "vetoed") by chamber \(rank)"
    }
    return "no chamber"
  }

  private func isOrdinary(_ actions: [Action], _ limit: UInt128) -> Bool {
    var left = limit
    for action in actions {
      let parts: [Amount]
      switch action {
      case .transfer(_, let amount), .openEscrow(_, _, let amount, _), .money(.burn(let amount)),
        .money(.approve(_, let amount)), .trade(.buy(_, let amount)):
        parts = [amount]
      case .pay(let payments): parts = payments.map(\.amount)
      default: return false
      }
      for part in parts {
        guard part.units <= left else { return false }
        left -= part.units
      }
    }
    return true
  }
}

/// What an organisation of all who stake asks of its largest members before it does something large.
///
/// A key proposal needs two thirds of the chamber of super nodes too, or, if that is silent, of the first tier's.
///
/// Source: Network3 section 4, specification 2.4; the largest ordinary proposal is ours, since neither says which
/// proposals are key, and who may call its own proposal ordinary needs no chamber.
public struct Chambers: Hashable, Sendable {
  /// The part of a chamber's power that must vote for it to decide, in hundredths of a percent.
  public let quorum: UInt16
  /// What a super node has staked at least, however little money there is.
  public let leastSuperStake: Amount
  /// What an ordinary proposal spends at most. One that spends more, or does anything but spend, is a key proposal.
  public let ordinaryLimit: Amount

  public init(quorum: UInt16, leastSuperStake: Amount, ordinaryLimit: Amount) {
    (self.quorum, self.leastSuperStake, self.ordinaryLimit) = (quorum, leastSuperStake, ordinaryLimit)
  }

  /// Whether a proposal needs the chambers, by what it does.
  public func matter(of actions: [Action]) -> GovernanceVote.Matter {
    var spent = Amount.zero
    for action in actions {
      guard let outlay = action.outlay, let sum = try? spent + outlay, sum <= ordinaryLimit else { return .key }
      spent = sum
    }
    return .ordinary
  }

  /// Who may vote on a day, and with what power: the stake and, one for one, veN3 of the locks that last.
  ///
  /// - Throws: `EconomyError`, `AmountError.overflow` when the power of all leaves 128 bits.
  func electorate(of stakes: [Stake], supply: Amount, on day: Int) throws -> [Elector] {
    var standing: [Address: (pledge: Amount, votes: Amount)] = [:]
    for stake in stakes where !stake.position.amount.isZero {
      let (pledge, votes) = standing[stake.owner] ?? (.zero, .zero)
      standing[stake.owner] = (try pledge + stake.position.amount, try votes + stake.position.voteEscrow(on: day))
    }
    guard !standing.isEmpty else { return [] }
    let thresholds = try NodeThresholds(circulation: supply, minimumSuper: leastSuperStake)
    let electors = try standing.sorted { $0.key < $1.key }.map { address, held in
      Elector(
        address: address, weight: try VotingPower.oneToOne.power(pledge: held.pledge, votes: held.votes).units,
        tier: thresholds.tier(ofPledge: held.pledge))
    }
    _ = try electors.reduce(Amount.zero) { try $0 + Amount(units: $1.weight) }
    return electors
  }

  func encode(into writer: inout ByteWriter) {
    writer.write(quorum)
    writer.write(leastSuperStake)
    writer.write(ordinaryLimit)
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    self.init(
      quorum: try reader.read(UInt16.self), leastSuperStake: try reader.readAmount(),
      ordinaryLimit: try reader.readAmount())
  }
}

extension Action {
  /// What it takes at most from the account that does it, to be spent; `nil` for what does something else.
  fileprivate var outlay: Amount? {
    switch self {
    case .transfer(_, let amount), .openEscrow(_, _, let amount, _): amount
    case .pay(let payments):
      payments.reduce(Optional(Amount.zero)) { sum, payment in sum.flatMap { try? $0 + payment.amount } }
    case .money(.burn(let amount)), .money(.approve(_, let amount)): amount
    case .trade(.buy(_, let limit)): limit
    default: nil
    }
  }
}

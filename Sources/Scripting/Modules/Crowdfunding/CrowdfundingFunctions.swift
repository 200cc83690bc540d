import Core
import Solvers

/// Rounds of crowdfunding, and what they are made of.
enum CrowdfundingFunctions {
  static var all: [Function] { [crowdfunding, claimDigest, depositRequired, settleProject] }

  // MARK: A round

  private static var crowdfunding: Function {
    let name = Parameter<String>.string("name", "of the round; commitments hold for it alone", default: "round")
    func deadline(_ name: String, _ what: String, _ fallback: Int) -> Parameter<Int> {
      .integer(name, "until when \(what)", unit: "s", default: fallback)
    }
    let propose = deadline("propose", "owners and stations register and owners propose", 10)
    let commit = deadline("commit", "everybody commits to its claims", 20)
    let reveal = deadline("reveal", "everybody shows them", 30)
    let deliver = deadline("deliver", "the winner delivers the model", 40)
    let train = deadline("train", "stations train", 50)
    let assess = deadline("assess", "the winner reports and the owners vote", 60)
    let ownerBond = Parameter.wholeAmount("owner_bond", "what an owner can lose by a broken promise", default: 100)
    let stationBond = Parameter.wholeAmount("station_bond", "what a station can lose by not training", default: 50)
    let minimumOwners = Parameter<Int>.integer(
      "min_owners", "below it nothing is decided", default: 2, domain: .atLeast(1))
    let minimumStations = Parameter<Int>.integer(
      "min_stations", "below it nothing is decided, or trained", default: 1, domain: .atLeast(1))
    let numerator = Parameter.wholeAmount(
      "beacon_numerator", "u times its denominator, drawn after the claims are sealed", default: 1)
    let denominator = Parameter.wholeAmount("beacon_denominator", "what u is counted in", default: 2)
    let fee = Parameter.wholeAmount("silence_fee", "what it costs not to show one's claims", default: 0)
    let slopeNumerator = Parameter<Int>.integer(
      "slope_numerator", "the penalty is this over slope_denominator times the relative shortfall", default: 1,
      domain: .nonNegative)
    let slopeDenominator = Parameter<Int>.integer("slope_denominator", "see above", default: 1, domain: .atLeast(1))
    let gate = Parameter<PromiseVote.Gate>.choice(
      "gate", "a vote counts only with a measured shortfall, or by itself as printed", default: .voteAndEvidence)
    let pool = Parameter.wholeAmount("pool", "what earlier rounds left", default: 0)
    let book = Parameter<LedgerObject>.object(
      "ledger", "on which deposits and withdrawals are transactions of accounts with the participants' names",
      "a ledger"
    ).optional("the round keeps books of its own alone")
    let collector = Parameter<String>.string("collector", "the account that gets what a round on a ledger leaves over")
      .optional("the ledger's issuer")
    return Function(
      Signature(
        "ledger.crowdfunding", "Opens a round in which owners and stations decide what is trained, and who pays.",
        [
          name, propose, commit, reveal, deliver, train, assess, ownerBond, stationBond, minimumOwners, minimumStations,
          numerator, denominator, fee, slopeNumerator, slopeDenominator, gate, pool, book,
          collector,
        ], result: "a crowdfunding round",
        errors: ["InvalidSchedule", "NegativeAmount"] + LedgerParameters.writing,
        source: "HCFL III; the failure paths are the specification's (3.8)",
        example: "round = ledger.crowdfunding{ name = \"spring\", owner_bond = 100, station_bond = 50 }")
    ) { arguments in
      let (numerator, denominator) = (arguments[numerator], arguments[denominator])
      let beacon = try Beacon(
        CrowdfundingOption.amount(numerator, "beacon_numerator").units,
        of: CrowdfundingOption.amount(denominator, "beacon_denominator").units)
      let terms = try CrowdfundingTerms(
        name: arguments[name],
        deadlines: .init(
          propose: arguments[propose], commit: arguments[commit], reveal: arguments[reveal],
          deliver: arguments[deliver], train: arguments[train], assess: arguments[assess]),
        ownerBond: CrowdfundingOption.amount(arguments[ownerBond], "owner_bond"),
        stationBond: CrowdfundingOption.amount(arguments[stationBond], "station_bond"),
        minimumOwners: arguments[minimumOwners], minimumStations: arguments[minimumStations], beacon: beacon,
        silenceFee: CrowdfundingOption.amount(arguments[fee], "silence_fee"),
        slope: PromiseVote.Slope(UInt64(arguments[slopeNumerator]), over: UInt64(arguments[slopeDenominator])),
        gate: arguments[gate], poolBefore: CrowdfundingOption.amount(arguments[pool], "pool"))
      let round = CrowdfundingRound(terms)
      guard let book = arguments[book] else {
        guard arguments[collector] == nil else {
          throw ScriptError.invalidParameter("option 'collector' is for rounds on a ledger, and needs option 'ledger'")
        }
        return .object(CrowdfundingObject(round))
      }
      return .object(
        CrowdfundingObject(round, custody: try custody(of: terms, book, collector: arguments[collector]), on: book))
    }
  }

  private static func custody(
    of terms: CrowdfundingTerms, _ book: LedgerObject, collector: String?
  ) throws -> CrowdfundingCustody {
    guard terms.poolBefore.isZero else {
      throw ScriptError.invalidParameter(
        "a round on a ledger begins with an empty pool: what earlier rounds left has gone to their collectors")
    }
    let name = "\(terms.name) deposits"
    guard book.ledger.state.address(named: try Label(checking: name)) == nil else {
      throw ScriptError.invalidParameter(
        "a round '\(terms.name)' has been played on this ledger, and its account '\(name)' is taken",
        hint: "give this round another name")
    }
    let seed = book.seed
    return try CrowdfundingCustody(
      named: Label(checking: name), key: book.key(of: name),
      collector: try collector.map { try book.address(of: $0) } ?? book.issuer().address, on: book.ledger, at: book.now
    ) { try KeyPair(runSeed: seed, account: Label(checking: $0)) }
  }

  // MARK: Parts of one

  private static var claimDigest: Function {
    let round = Parameter<String>.string("round", "the round's name")
    let who = Parameter<String>.string("who", "who claims")
    let salt = Parameter<String>.string("salt", "a text that nobody can guess")
    let claims = Parameter.wholeAmounts("claims", "bids of an owner or claims of a station, for each proposal")
    return Function(
      Signature(
        "ledger.claim_digest", "The commitment to claims: SHA-256 of round, name, salt and amounts.",
        [round, who, salt, claims], result: "64 hexadecimal digits", errors: ["NegativeAmount", "AmountOverflow"],
        source: "specification 3.8",
        example: "ledger.claim_digest{ round = \"r1\", who = \"o1\", salt = \"s-o1\", claims = { 40, 10 } }")
    ) { arguments in
      let amounts = try CrowdfundingOption.amounts(arguments[claims], "claims")
      return .string(
        SealedClaim.digest(round: arguments[round], of: arguments[who], salt: arguments[salt], claims: amounts)
          .description)
    }
  }

  static let side = Parameter<CrowdfundingOperation.Side>.choice("side", "who pays, or who trains")

  private static var depositRequired: Function {
    let claims = Parameter.wholeAmounts("claims", "bids of an owner or claims of a station, for each model")
    let transfers = Parameter.wholeAmounts(
      "transfers", "what the owner pays at most, or the station receives at least, for each model")
    let bond = Parameter.wholeAmount("bond", "what comes on top", default: 0)
    return Function(
      Signature(
        "ledger.deposit_required", "The least deposit that covers whatever can follow from claims.",
        [side, claims, transfers, bond], result: "a whole amount",
        errors: ["DimensionMismatch", "NegativeAmount", "AmountOverflow"], source: "specification 3.5",
        example: "ledger.deposit_required{ side = \"owner\", claims = { 10, 4 }, transfers = { 6, 7 }, bond = 100 }")
    ) { arguments in
      let claims = try CrowdfundingOption.amounts(arguments[claims], "claims")
      let transfers = try CrowdfundingOption.amounts(arguments[transfers], "transfers")
      let bond = try CrowdfundingOption.amount(arguments[bond], "bond")
      return CrowdfundingOption.units(
        arguments[side] == .owner
          ? try DepositBound.owner(bids: claims, costs: transfers, bond: bond)
          : try DepositBound.station(claims: claims, rewards: transfers, bond: bond))
    }
  }

  private static var settleProject: Function {
    let ownerDeposits = Parameter.wholeAmounts("owner_deposits", "what each owner deposited")
    let stationDeposits = Parameter.wholeAmounts("station_deposits", "what each station deposited")
    let winner = Parameter<Int>.integer("winner", "the owner who pays the penalty", domain: .atLeast(1)).optional()
    let penalty = Parameter.wholeAmount("penalty", "for a broken promise", default: 0)
    let pool = Parameter.wholeAmount("pool", "what it holds before", default: 0)
    return Function(
      Signature(
        "ledger.settle_project", "Settles a decided project from deposits; taxes and penalty go to the pool.",
        [
          ownerDeposits, stationDeposits, ProjectOption.ownerBids, ProjectOption.stationClaims,
          ProjectOption.ownerShares, ProjectOption.stationShares, winner, penalty, pool,
        ],
        result: "a table with selected (nil for none), owner_balances, station_balances and pool",
        errors: ProjectOption.errors + [
          "SharesNotBalanced", "DimensionMismatch", "InsufficientDeposit", "InvalidParameter",
        ],
        source: "HCFL III; specification 3.8",
        example: """
          ledger.settle_project{ owner_deposits = { 50, 50 }, station_deposits = { 10 },
            owner_bids = { { 10, 0 }, { 2, 6 } }, station_claims = { { 0, 0 } },
            owner_shares = { { 2, 2 }, { 2, 2 } }, station_shares = { { 4, 4 } } }
          """)
    ) { arguments in
      let reports = try ProjectOption.reports(arguments)
      let shares = try ProjectOption.shares(arguments)
      let settled = try DepositSettlement(
        ownerDeposits: CrowdfundingOption.amounts(arguments[ownerDeposits], "owner_deposits"),
        stationDeposits: CrowdfundingOption.amounts(arguments[stationDeposits], "station_deposits"),
        tax: ClarkeTax(reports, shares: shares, rule: .joint), shares: shares, winner: arguments[winner].map { $0 - 1 },
        penalty: CrowdfundingOption.amount(arguments[penalty], "penalty"),
        poolBefore: CrowdfundingOption.amount(arguments[pool], "pool"))
      return .record([
        "selected": .position(settled.selected), "owner_balances": CrowdfundingOption.units(settled.ownerBalances),
        "station_balances": CrowdfundingOption.units(settled.stationBalances),
        "pool": CrowdfundingOption.units(settled.poolAfter),
      ])
    }
  }
}

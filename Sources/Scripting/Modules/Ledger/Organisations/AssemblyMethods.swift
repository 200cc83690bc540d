import Core

/// Organisations of everybody who stakes, with chambers of the largest.
enum AssemblyMethods {
  static var all: [Function] { [found] }

  private static var found: Function {
    let name = Parameter<String>.string("name", "of the organisation and its account")
    let founder = Parameter<String>.string("founder", "whose transaction founds it")
    let limit = Parameter<Amount>.amount(
      "ordinary_limit", "what an ordinary proposal spends at most; one that spends more, or does anything else, is key"
    ).optional("0")
    let least = Parameter<Amount>.amount(
      "minimum_super", "what a super node has staked at least; else half a percent of all money is enough"
    ).optional("0")
    let chamberQuorum = Parameter<Double>.number(
      "chamber_quorum", "the part of a chamber's power that must vote for it to decide", default: 0.5,
      domain: .between(0, 1))
    return .method(
      Signature(
        "ledger:assembly",
        "Founds an organisation of everybody who stakes, in which large proposals need the largest stakes too.",
        [
          name, founder, limit, least, chamberQuorum, OrganisationMethods.quorum, OrganisationMethods.voting,
          OrganisationMethods.timelock,
        ], result: "the address of its account",
        errors: LedgerParameters.writing + ["NameTaken", "NotFinite", "NegativeAmount"],
        source: "Network3 section 4, specification 2.4; which proposals are key is ours",
        example: """
          book:stake{ by = "MSP 1", amount = 20 }
          book:assembly{ name = "Network", founder = "MSP 1", ordinary_limit = 5, voting = 60, timelock = 60 }
          book:transfer{ from = "MSP 1", to = "Network", amount = 10 }
          key = book:propose{ member = "MSP 1", organisation = "Network",
            steps = { { action = "transfer", to = "MSP 2", amount = 8 } } }
          book:vote_on{ member = "MSP 1", proposal = key }
          print(book:proposal(key))
          """)
    ) { (book: LedgerObject, arguments) in
      let chambers = Chambers(
        quorum: UInt16((arguments[chamberQuorum] * 10_000).rounded()), leastSuperStake: arguments[least] ?? .zero,
        ordinaryLimit: arguments[limit] ?? .zero)
      return try OrganisationMethods.establish(
        arguments[name], try OrganisationMethods.rule(.stakes(chambers), arguments), by: arguments[founder], on: book)
    }
  }
}

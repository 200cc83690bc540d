import Solvers

/// Which model is trained, and who is taxed for it.
enum ProjectFunctions {
  static func all(_ context: RunContext) -> [Function] { [select, tax, utilities, cavallo(context)] }

  private static var select: Function {
    Function(
      Signature(
        "auction.select_model", "Chooses the model whose bids exceed its claims by most, or none.",
        [ProjectOption.ownerBids, ProjectOption.stationClaims],
        result: "a table with margins, and selected (1-based; nil when no margin reaches 0)",
        errors: ProjectOption.errors, source: "HCFL III.C",
        example: "auction.select_model{ owner_bids = { { 9, 4 }, { 2, 5 } }, station_claims = { { 3, 1 } } }.selected")
    ) { arguments in
      let reports = try ProjectOption.reports(arguments)
      return .record(["margins": .wholeAmounts(reports.margins), "selected": .position(reports.selected)])
    }
  }

  private static var tax: Function {
    Function(
      Signature(
        "auction.clarke_tax", "The model that is trained, and the tax on everybody whose report changed the choice.",
        [
          ProjectOption.ownerBids, ProjectOption.stationClaims, ProjectOption.ownerShares, ProjectOption.stationShares,
          ProjectOption.rule,
        ],
        result: "a result with selected (nil for none), owner_tax, station_tax, owner_pivot, station_pivot, tax_total",
        errors: ProjectOption.errors + ["SharesNotBalanced"],
        source: "HCFL III.C, (12)-(18); the joint rule is the correction",
        example: """
          auction.clarke_tax{ owner_bids = { { 10, 0 }, { 2, 6 } }, station_claims = { { 0, 0 } },
            owner_shares = { { 2, 2 }, { 2, 2 } }, station_shares = { { 4, 4 } } }
          """)
    ) { arguments in
      let reports = try ProjectOption.reports(arguments)
      let tax = try ClarkeTax(reports, shares: ProjectOption.shares(arguments), rule: arguments[ProjectOption.rule])
      let owners = reports.owners.rows
      let chosen = tax.selected.map { "model \($0 + 1) is trained" } ?? "no model is trained"
      return .object(
        ResultObject(
          "Clarke tax, rule \(arguments[ProjectOption.rule].rawValue)",
          fields: [
            "selected": .position(tax.selected), "owner_tax": .wholeAmounts(tax.taxes[..<owners]),
            "station_tax": .wholeAmounts(tax.taxes[owners...]), "owner_pivot": .booleans(Array(tax.pivots[..<owners])),
            "station_pivot": .booleans(Array(tax.pivots[owners...])), "tax_total": .wholeAmount(tax.total),
          ],
          tables: [
            TextTable(
              "",
              [
                .init("participant", .text(names(reports))), .init("tax", .text(tax.taxes.map(\.description))),
                .init("pivot", .text(tax.pivots.map { $0 ? "yes" : "" })),
              ])
          ], notes: ["\(chosen); the taxes sum to \(tax.total)"], payload: tax))
    }
  }

  private static var utilities: Function {
    let values = Parameter.wholeAmountTable("owner_values", "what each model is truly worth to each owner")
    let costs = Parameter.wholeAmountTable("station_costs", "what each model truly costs each station")
    return Function(
      Signature(
        "auction.project_utilities", "What everybody is left with when a project is decided on reports, true or not.",
        [
          values, costs, ProjectOption.ownerBids, ProjectOption.stationClaims, ProjectOption.ownerShares,
          ProjectOption.stationShares, ProjectOption.rule,
        ],
        result: """
          a result with selected, owner_utilities, station_utilities, tax_total, surplus, budget_balanced (surplus at \
          least 0) and individually_rational (no utility below 0)
          """,
        errors: ProjectOption.errors + ["SharesNotBalanced"], source: "HCFL (1), (2)",
        example: """
          auction.project_utilities{ owner_values = { { 5, 0 }, { 2, 5 } }, station_costs = { { 3, 0 } },
            owner_bids = { { 9, 0 }, { 2, 5 } }, station_claims = { { 3, 0 } },
            owner_shares = { { 2, 2 }, { 2, 1 } }, station_shares = { { 4, 3 } }, rule = "printed" }
          """)
    ) { arguments in
      let reports = try ProjectOption.reports(arguments)
      let shares = try ProjectOption.shares(arguments)
      let tax = try ClarkeTax(reports, shares: shares, rule: arguments[ProjectOption.rule])
      let result = try ProjectUtilities(
        truth: ProjectReports(owners: arguments[values], stations: arguments[costs]), shares: shares, tax: tax)
      return .object(
        ResultObject(
          "utilities of a project, rule \(arguments[ProjectOption.rule].rawValue)",
          fields: [
            "selected": .position(tax.selected), "owner_utilities": .wholeAmounts(result.owners),
            "station_utilities": .wholeAmounts(result.stations), "tax_total": .wholeAmount(tax.total),
            "surplus": .wholeAmount(result.surplus), "budget_balanced": .boolean(result.isBudgetBalanced),
            "individually_rational": .boolean(result.isIndividuallyRational),
          ],
          tables: [
            TextTable(
              "",
              [
                .init("participant", .text(names(reports))), .init("tax", .text(tax.taxes.map(\.description))),
                .init("utility", .text((result.owners + result.stations).map(\.description))),
              ])
          ]))
    }
  }

  private static func cavallo(_ context: RunContext) -> Function {
    let domains = Parameter<[[[Int128]]]>(
      name: "domains", summary: "for each participant, owners first, every row of amounts that it may report",
      typeName: "a list of lists of rows of whole amounts", unit: "smallest units", domain: nil, fallback: nil,
      fallbackText: nil, choices: []
    ) { stack, index in
      try ListReader.elements(stack, index, expected: "a list of lists of rows of whole amounts") {
        try WholeAmount.rows(stack, $0)
      }
    }
    return Function(
      Signature(
        "auction.cavallo_rebates",
        "Gives part of the joint taxes back without spoiling anybody's reason to be truthful.",
        [
          ProjectOption.ownerBids, ProjectOption.stationClaims, ProjectOption.ownerShares, ProjectOption.stationShares,
          domains,
        ],
        result: "a table with tax_total, rebates (owners first) and left",
        errors: ProjectOption.errors + ["SharesNotBalanced", "OutsideDomain"], source: "Cavallo 2006",
        example: """
          auction.cavallo_rebates{ owner_bids = { { 60, 0 }, { 0, 40 } }, station_claims = { { 0, 0 } },
            owner_shares = { { 0, 0 }, { 0, 0 } }, station_shares = { { 0, 0 } },
            domains = { { { 60, 0 }, { 50, 0 } }, { { 0, 40 }, { 0, 30 } }, { { 0, 0 } } } }
          """)
    ) { arguments in
      let result = try CavalloRebates(
        ProjectOption.reports(arguments), shares: ProjectOption.shares(arguments), domains: arguments[domains],
        cancellation: context.cancellation)
      return .record([
        "tax_total": .wholeAmount(result.taxTotal), "rebates": .wholeAmounts(result.rebates),
        "left": .wholeAmount(result.left),
      ])
    }
  }

  private static func names(_ reports: ProjectReports<Int128>) -> [String] {
    (0..<reports.owners.rows).map { "owner \($0 + 1)" } + (0..<reports.stations.rows).map { "station \($0 + 1)" }
  }
}

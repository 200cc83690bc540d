import Solvers

/// An equilibrium of the incentive game as users see it.
enum EquilibriumReport {
  static func result(_ equilibrium: IncentiveEquilibrium, reports: MemberReports) -> ResultObject {
    let members = equilibrium.members
    let benefits = (0..<equilibrium.benefit.rows).map { equilibrium.benefit.row($0).reduce(0, +) }
    var fields: Record = [
      "iterations": .integers(members.iterations), "privacy_budget": .numbers(members.privacyBudgets),
      "cost": .numbers(equilibrium.costs), "utility": .numbers(members.utilities), "benefit": .numbers(benefits),
      "quality_bids": .matrix(equilibrium.quality.bids), "freshness_bids": .matrix(equilibrium.freshness.bids),
      "quality_win_probability": .matrix(equilibrium.quality.winProbability),
      "freshness_win_probability": .matrix(equilibrium.freshness.winProbability),
      "spending": .numbers(equilibrium.spending), "budget": .numbers(equilibrium.budgets),
      "provider_utility": .numbers(equilibrium.providerUtilities),
      "quality": .number(equilibrium.assessment.quality), "freshness": .number(equilibrium.assessment.freshness),
      "quality_ratios": .numbers(equilibrium.assessment.qualityRatios),
      "freshness_ratios": .numbers(equilibrium.assessment.freshnessRatios), "ask": .number(equilibrium.ask),
      "variant": .string(equilibrium.variant.rawValue),
    ]
    var notes = ["the organisation asks \(NumberFormat.readable(equilibrium.ask))"]
    if let regret = equilibrium.regret {
      fields["max_regret"] = .number(regret.maximumRegret)
      let best =
        regret.member.relativeGain >= regret.provider.relativeGain
        ? regret.member.description : regret.provider.description
      notes.append(
        regret.maximumRegret < 1e-6
          ? "no one gains by deviating: the largest gain found is \(NumberFormat.readable(regret.maximumRegret)) of the utility"
          : "not an equilibrium: \(best)")
    }
    let memberTable = TextTable(
      "Members",
      [
        .init("member", .integers(Array(1...max(1, members.iterations.count)))),
        .init("GHz", .numbers(reports.frequencies.map { $0 / 1e9 })),
        .init("loss", .numbers(reports.losses)), .init("age (s)", .numbers(reports.ages)),
        .init("quality share", .numbers(equilibrium.assessment.qualityRatios)),
        .init("freshness share", .numbers(equilibrium.assessment.freshnessRatios)),
        .init("iterations", .integers(members.iterations)), .init("epsilon", .numbers(members.privacyBudgets)),
        .init("cost", .numbers(equilibrium.costs)), .init("utility", .numbers(members.utilities)),
      ])
    let providerTable = TextTable(
      "Providers",
      [
        .init("provider", .integers(Array(1...max(1, equilibrium.budgets.count)))),
        .init("budget", .numbers(equilibrium.budgets)),
        .init("quality bids", .numbers(equilibrium.quality.spending)),
        .init("freshness bids", .numbers(equilibrium.freshness.spending)),
        .init("spending", .numbers(equilibrium.spending)), .init("utility", .numbers(equilibrium.providerUtilities)),
      ])
    return ResultObject(
      "equilibrium of the incentive game (\(equilibrium.variant.rawValue))", fields: fields,
      tables: [memberTable, providerTable], notes: notes,
      pictures: [
        Picture(
          "utilities",
          Plot(
            .facets(
              [
                bars("members", members.utilities), bars("providers", equilibrium.providerUtilities),
              ], columns: 2), title: "utilities in equilibrium")),
        Picture("members", bars("members", members.utilities)),
        Picture("providers", bars("providers", equilibrium.providerUtilities)),
      ], payload: equilibrium)
  }

  private static func bars(_ who: String, _ utilities: [Double]) -> Plot {
    Plot(
      series: [.init(name: "", mark: .bar, values: utilities)], title: who, xLabel: String(who.dropLast()),
      yLabel: "utility")
  }
}

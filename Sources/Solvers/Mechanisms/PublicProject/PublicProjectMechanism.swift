import Tensor

/// A public project of HCFL as a mechanism: owners report what each model is worth to them, stations what it costs them.
///
/// The model of the largest margin is trained, or none. Owners pay its total payment in shares, stations receive it in
/// shares, and everybody pays the Clarke tax of the rule. With posted prices or intervals, shares by known weights and
/// the joint rule, truth is dominant and nothing has to be put in; who takes part may lose by it. The other rules, prices
/// that follow from the claims, and equal rebates are kept to be caught.
///
/// Source: HCFL section III; specification 3.2 to 3.6.
public struct PublicProjectMechanism: ConcurrentMechanism, ExtensibleMechanism {
  public let name: String
  public let participants: [Participant]
  public let terms: ProjectTerms
  /// Where nothing that is reported moves the prices.
  private let postedShares: ProjectShares<Double>?

  /// - Throws: those of `ProjectTerms`.
  public init(_ terms: ProjectTerms) throws {
    self.terms = try terms.validated()
    name = Self.name(of: terms)
    let beacon = Participant(
      role: "beacon", index: 0, space: ReportSpace([.init("u", 0...1, isPrivate: false)]))
    participants =
      Participant.each("owner", count: terms.owners, space: try terms.space(largest: terms.largestValue))
      + Participant.each("station", count: terms.stations, space: try terms.space(largest: terms.largestCost))
      + (terms.isBeaconDrawn ? [beacon] : [])
    switch (terms.prices, terms.beacon) {
    case (.posted(let prices), _): postedShares = try terms.shares(prices)
    case (.interval(let intervals), let beacon?):
      postedShares = try terms.shares(intervals.map { $0.lowerBound + ($0.upperBound - $0.lowerBound) * beacon })
    default: postedShares = nil
    }
  }

  /// Posted prices in equal shares.
  ///
  /// - Parameters:
  ///   - prices: C_m, the total payment for each model.
  ///   - largestValue, largestCost: what is the most that an owner, or a station, may report on a model.
  /// - Throws: those of `ProjectTerms`.
  public init(
    owners: Int, stations: Int, prices: [Double], largestValue: Double, largestCost: Double, rule: TaxRule = .joint
  ) throws {
    var terms = ProjectTerms(.posted(prices), owners: owners, stations: stations)
    (terms.largestValue, terms.largestCost, terms.rule) = (largestValue, largestCost, rule)
    try self.init(terms)
  }

  public var isNonRival: Bool { true }

  /// A false name has no capability or contribution of its own to be weighed by, so that only equal shares know what it
  /// pays or receives.
  public func withOneMore(of role: String) throws -> (any Mechanism)? {
    var terms = terms
    switch role {
    case "owner" where Set(terms.ownerWeights).count == 1: terms.ownerWeights.append(terms.ownerWeights[0])
    case "station" where Set(terms.stationWeights).count == 1: terms.stationWeights.append(terms.stationWeights[0])
    default: return nil
    }
    return try PublicProjectMechanism(terms)
  }

  private static func name(of terms: ProjectTerms) -> String {
    var name =
      switch terms.rule {
      case .joint: "public project with the joint Clarke tax"
      case .side: "public project with Clarke taxes side by side"
      case .printed: "public project with the printed tax of HCFL"
      }
    if case .claimed = terms.prices { name += ", prices between the claims" }
    switch terms.rebate {
    case .none: break
    case .equal: name += ", taxes shared out"
    case .cavallo: name += ", Cavallo's rebates"
    }
    return name
  }

  public func settle(_ reports: Profile, into outcome: inout MechanismOutcome) throws {
    let said = try said(reports)
    let (tax, shares) = try decision(said, reports)
    let sides = terms.owners + terms.stations
    for participant in 0..<sides { outcome.payments[participant] = tax.taxes[participant] }
    try giveBack(tax, said, reports, &outcome)
    guard let model = tax.selected else { return }
    for participant in 0..<sides {
      let isOwner = participant < terms.owners
      outcome.coefficients[participant, model] = isOwner ? 1 : -1
      outcome.payments[participant] +=
        isOwner ? shares.owners[participant, model] : -shares.stations[participant - terms.owners, model]
    }
  }

  private func decision(
    _ said: ProjectReports<Double>, _ reports: Profile
  ) throws -> (ClarkeTax<Double>, ProjectShares<Double>) {
    let shares = try postedShares ?? terms.shares(totals(said, reports))
    return (ClarkeTax(covered: said, shares, terms.rule), shares)
  }

  private func totals(_ said: ProjectReports<Double>, _ reports: Profile) -> [Double] {
    terms.totals(said, beacon: terms.beacon ?? reports.values.last ?? 0)
  }

  private func giveBack(
    _ tax: ClarkeTax<Double>, _ said: ProjectReports<Double>, _ reports: Profile, _ outcome: inout MechanismOutcome
  ) throws {
    let sides = terms.owners + terms.stations
    switch terms.rebate {
    case .none: return
    case .equal: for participant in 0..<sides { outcome.payments[participant] -= tax.total / Double(sides) }
    case .cavallo:
      for participant in 0..<sides {
        var least = tax.total
        for report in participants[participant].space.types ?? [] {
          least = min(least, try decision(said.replacing(participant, with: report), reports).0.total)
        }
        outcome.payments[participant] -= least / Double(sides)
      }
    }
  }

  public func optimalWelfare(_ types: Profile) throws -> Double? {
    let truth = try said(types)
    return truth.selected.map { truth.margins[$0] } ?? 0
  }

  public func publicFacts(_ reports: Profile, outcome: MechanismOutcome) throws -> [PublicFact] {
    let said = try said(reports)
    let chosen = said.selected
    return [
      PublicFact("model", Double(chosen.map { $0 + 1 } ?? 0)),
      PublicFact("total_payment", chosen.map { totals(said, reports)[$0] } ?? 0),
      PublicFact("taxes", outcome.surplus),
    ]
  }

  private func said(_ profile: Profile) throws -> ProjectReports<Double> {
    let models = terms.prices.models
    let split = terms.owners * models
    return try ProjectReports(
      owners: MoneyTable(rows: terms.owners, columns: models, elements: Array(profile.values[..<split])),
      stations: MoneyTable(
        rows: terms.stations, columns: models,
        elements: Array(profile.values[split..<(split + terms.stations * models)])))
  }
}

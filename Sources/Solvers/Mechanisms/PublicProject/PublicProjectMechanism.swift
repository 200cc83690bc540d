/// A public project of HCFL as a mechanism: owners report what each model is worth to them, stations what it costs them.
///
/// The model of the largest margin is trained, or none. Its total payment was posted before anybody reported; owners pay
/// it in equal shares, stations receive it in equal shares, and everybody pays the Clarke tax of the rule. Under the
/// joint rule truth is dominant and nothing has to be put in; who takes part may lose by it. The other two rules are
/// kept to be caught.
public struct PublicProjectMechanism: ConcurrentMechanism {
  public let name: String
  public let participants: [Participant]
  public let rule: TaxRule
  private let owners: Int
  private let models: Int
  private let shares: ProjectShares<Double>

  /// - Parameters:
  ///   - prices: C_m, the total payment for each model.
  ///   - largestValue, largestCost: what is the most that an owner, or a station, may report on a model.
  /// - Throws: `NoParticipants`, `EmptyInput`, `NegativeAmount`, `AmountOverflow`, `NotFinite`, `InvalidParameter`.
  public init(
    owners: Int, stations: Int, prices: [Double], largestValue: Double, largestCost: Double, rule: TaxRule = .joint
  ) throws {
    guard owners > 0, stations > 0 else {
      throw ProjectError(.noParticipants, "a project needs owners and stations, but has \(owners) and \(stations)")
    }
    try check(
      .each(.entry, "prices", prices, .nonNegative), .scalar("largest value", largestValue, .positive),
      .scalar("largest cost", largestCost, .positive))
    try demand(
      Double(owners) + Double(stations) <= 1e5 && (Double(owners) + Double(stations)) * Double(prices.count) <= 1e7,
      "a project of \(owners) owners, \(stations) stations and \(prices.count) models is too large")
    func space(_ highest: Double) -> ReportSpace {
      ReportSpace(prices.indices.map { .init("model \($0 + 1)", 0...highest) })
    }
    name =
      switch rule {
      case .joint: "public project with the joint Clarke tax"
      case .side: "public project with Clarke taxes side by side"
      case .printed: "public project with the printed tax of HCFL"
      }
    participants =
      Participant.each("owner", count: owners, space: space(largestValue))
      + Participant.each("station", count: stations, space: space(largestCost))
    self.rule = rule
    self.owners = owners
    models = prices.count
    shares = try ProjectShares(equalSharesOf: prices, owners: owners, stations: stations)
  }

  public func settle(_ reports: Profile, into outcome: inout MechanismOutcome) throws {
    let tax = ClarkeTax(covered: try said(reports), shares, rule)
    for participant in participants.indices { outcome.payments[participant] = tax.taxes[participant] }
    guard let model = tax.selected else { return }
    for participant in participants.indices {
      let isOwner = participant < owners
      outcome.coefficients[participant, model] = isOwner ? 1 : -1
      outcome.payments[participant] +=
        isOwner ? shares.owners[participant, model] : -shares.stations[participant - owners, model]
    }
  }

  public func optimalWelfare(_ types: Profile) throws -> Double? {
    let truth = try said(types)
    return truth.selected.map { truth.margins[$0] } ?? 0
  }

  public func publicFacts(_ reports: Profile, outcome: MechanismOutcome) throws -> [PublicFact] {
    let chosen = try said(reports).selected
    return [PublicFact("model", Double(chosen.map { $0 + 1 } ?? 0)), PublicFact("taxes", outcome.surplus)]
  }

  private func said(_ profile: Profile) throws -> ProjectReports<Double> {
    let split = owners * models
    return try ProjectReports(
      owners: MoneyTable(rows: owners, columns: models, elements: Array(profile.values[..<split])),
      stations: MoneyTable(
        rows: participants.count - owners, columns: models, elements: Array(profile.values[split...])))
  }
}

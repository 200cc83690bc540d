import Solvers

// What the passing of each deadline brings about.
extension CrowdfundingRound {
  /// Those who have not left, in the order of registration.
  var activeOwners: [Int] { active(.owner) }
  var activeStations: [Int] { active(.station) }

  private func active(_ side: CrowdfundingOperation.Side) -> [Int] {
    participants.indices.filter { participants[$0].side == side && !participants[$0].hasLeft }
  }

  mutating func passDeadline() throws {
    switch stage {
    case .open: stage = isViable && !proposals.isEmpty ? .commit : .aborted
    case .commit: stage = .reveal
    case .reveal: try decide()
    case .deliver: try endDelivery()
    case .train: try endTraining()
    case .assess: try settle()
    case .settled, .aborted, .failedDelivery, .failedTraining: break
    }
  }

  private var isViable: Bool {
    activeOwners.count >= terms.minimumOwners && activeStations.count >= terms.minimumStations
  }

  // MARK: The decision

  /// Silent participants pay and leave with their proposals; the others' claims choose a model, if any is left.
  private mutating func decide() throws {
    for place in participants.indices where participants[place].claims == nil {
      let fee = min(terms.silenceFee, participants[place].balance)
      try toPool(fee, from: place)
      participants[place].hasLeft = true
    }
    let standing = proposals.indices.filter { !participants[proposals[$0].owner].hasLeft }
    guard isViable, !standing.isEmpty else {
      stage = .aborted
      return
    }
    let decision = try decision(among: standing)
    self.decision = decision
    guard decision.selected != nil else {
      for (place, tax) in decision.taxes.enumerated() { try toPool(tax, from: place) }
      stage = .settled
      return
    }
    stage = .deliver
  }

  /// The joint Clarke tax on the proposals that still stand, their prices drawn by the beacon.
  private func decision(among standing: [Int]) throws -> Decision {
    let (owners, stations) = (activeOwners, activeStations)
    let prices = standing.map { proposals[$0].price.totalPayment(terms.beacon) }
    func claims(of places: [Int]) throws -> MoneyTable<Int128> {
      try MoneyTable(
        places.map { place in
          let claims = participants[place].claims ?? []
          return try standing.map { try WholeMoney.of(claims[$0], "a claim") }
        })
    }
    func equalShares(among count: Int) throws -> MoneyTable<Int128> {
      let columns = try prices.map { try CostShares.equal($0, among: count) }
      return try MoneyTable((0..<count).map { row in columns.map { $0[row] } })
    }
    let shares = try ProjectShares(
      owners: equalShares(among: owners.count), stations: equalShares(among: stations.count))
    let tax = try ClarkeTax(
      ProjectReports(owners: claims(of: owners), stations: claims(of: stations)), shares: shares, rule: .joint)
    var taxByPlace = [Amount](repeating: .zero, count: participants.count)
    var shareByPlace = taxByPlace
    for (row, place) in (owners + stations).enumerated() { taxByPlace[place] = WholeMoney.amount(tax.taxes[row]) }
    if let chosen = tax.selected {
      for (row, place) in owners.enumerated() { shareByPlace[place] = WholeMoney.amount(shares.owners[row, chosen]) }
      for (row, place) in stations.enumerated() {
        shareByPlace[place] = WholeMoney.amount(shares.stations[row, chosen])
      }
    }
    return Decision(
      selected: tax.selected.map { standing[$0] },
      totalPayment: tax.selected.map { WholeMoney.amount(prices[$0]) } ?? .zero, shares: shareByPlace,
      taxes: taxByPlace)
  }

  // MARK: Delivery and training

  /// A winner that did not deliver loses its bond to the stations; nobody pays anything else.
  private mutating func endDelivery() throws {
    guard !isDelivered, let winner else {
      stage = .train
      return
    }
    let bond = min(terms.ownerBond, participants[winner].balance)
    participants[winner].balance = try participants[winner].balance - bond
    try share(bond, among: activeStations)
    stage = .failedDelivery
  }

  /// Too few trained: those who did not lose their bond, and nobody pays anything else.
  mutating func endTraining() throws {
    let stations = activeStations
    guard stations.count(where: { participants[$0].isTrained }) < terms.minimumStations else {
      stage = .assess
      return
    }
    for station in stations where !participants[station].isTrained { try forfeitBond(of: station) }
    stage = .failedTraining
  }

  // MARK: Settlement

  private mutating func settle() throws {
    guard let decision, let selected = decision.selected, let winner else { return }
    let owners = activeOwners
    for owner in owners {
      let share = decision.shares[owner]
      participants[owner].balance = try participants[owner].balance - share
      try toPool(decision.taxes[owner], from: owner)
    }
    for station in activeStations {
      let reward = decision.shares[station]
      if participants[station].isTrained {
        participants[station].balance = try participants[station].balance + reward
        try toPool(decision.taxes[station], from: station)
      } else {
        try forfeitBond(of: station)
        try share(reward, among: owners)
        try toPool(min(decision.taxes[station], participants[station].balance), from: station)
      }
    }
    let verdict = try PromiseVote(
      promised: proposals[selected].accuracy, measured: reportedAccuracy ?? 0,
      votes: owners.filter { $0 != winner }.map { participants[$0].vote },
      bond: WholeMoney.of(terms.ownerBond, "the bond"), slope: terms.slope, gate: terms.gate)
    try toPool(WholeMoney.amount(verdict.penalty), from: winner)
    assessment = verdict
    stage = .settled
  }

  private mutating func forfeitBond(of station: Int) throws {
    try toPool(min(terms.stationBond, participants[station].balance), from: station)
  }

  private mutating func toPool(_ amount: Amount, from place: Int) throws {
    participants[place].balance = try participants[place].balance - amount
    pool = try pool + amount
  }

  /// In equal parts, by largest remainder.
  private mutating func share(_ amount: Amount, among places: [Int]) throws {
    guard !places.isEmpty else {
      pool = try pool + amount
      return
    }
    let parts = try amount.split(weights: [UInt128](repeating: 1, count: places.count))
    for (place, part) in zip(places, parts) {
      participants[place].balance = try participants[place].balance + part
    }
  }
}

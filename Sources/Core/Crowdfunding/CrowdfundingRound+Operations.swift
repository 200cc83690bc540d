import Solvers

// What each operation asks for and does. Guards come in the order in which the specification lists their errors.
extension CrowdfundingRound {
  mutating func carryOut(_ operation: CrowdfundingOperation) throws {
    switch operation {
    case .register(let name, let side, let deposit): try register(name, side, deposit)
    case .propose(let name, let accuracy, let low, let high): try propose(name, accuracy, low, high)
    case .commit(let name, let digest): try commit(name, digest)
    case .reveal(let name, let salt, let claims): try reveal(name, salt, claims)
    case .deliver(let name): try deliver(name)
    case .update(let name): try update(name)
    case .report(let name, let accuracy): try report(name, accuracy)
    case .vote(let name, let punish): try vote(name, punish)
    case .withdraw(let name): try withdraw(name)
    case .poke: break
    }
  }

  // MARK: Before the decision

  private mutating func register(_ name: String, _ side: CrowdfundingOperation.Side, _ deposit: Amount) throws {
    try require(.open, for: "register")
    guard participant(named: name) == nil else {
      throw CrowdfundingError(.alreadyRegistered, "'\(name)' is registered already")
    }
    let bond = side == .owner ? terms.ownerBond : terms.stationBond
    guard deposit >= bond else {
      throw CrowdfundingError(
        .insufficientDeposit, "'\(name)' deposits \(deposit.units) units, less than the bond of \(bond.units)")
    }
    _ = try WholeMoney.of(deposit, "a deposit")
    participants.append(Participant(name: name, side: side, deposit: deposit, balance: deposit))
  }

  private mutating func propose(_ name: String, _ accuracy: Int, _ low: Amount, _ high: Amount) throws {
    try require(.open, for: "propose")
    let owner = try place(of: name, on: .owner, to: "propose")
    guard !proposals.contains(where: { $0.owner == owner }) else {
      throw CrowdfundingError(.duplicateProposal, "'\(name)' has proposed a model already")
    }
    guard (1...1_000_000).contains(accuracy) else {
      throw CrowdfundingError(
        .invalidAccuracy, "a promise must be above 0 and at most 1000000 parts per million, but is \(accuracy)")
    }
    let price = try PostedInterval(low: WholeMoney.of(low, "the low end"), high: WholeMoney.of(high, "the high end"))
    proposals.append(Proposal(owner: owner, accuracy: accuracy, price: price))
  }

  private mutating func commit(_ name: String, _ digest: String) throws {
    try require(.commit, for: "commit")
    let place = try place(of: name, to: "commit")
    guard participants[place].commitment == nil else {
      throw CrowdfundingError(.duplicateCommit, "'\(name)' has committed already")
    }
    participants[place].commitment = digest
  }

  private mutating func reveal(_ name: String, _ salt: String, _ claims: [Amount]) throws {
    try require(.reveal, for: "reveal")
    let place = try place(of: name, to: "reveal")
    guard participants[place].claims == nil else {
      throw CrowdfundingError(.duplicateReveal, "'\(name)' has opened its commitment already")
    }
    guard let commitment = participants[place].commitment else {
      throw CrowdfundingError(.notAuthorized, "'\(name)' has not committed to anything and may not reveal")
    }
    let digest = SealedClaim.digest(round: terms.name, of: name, salt: salt, claims: claims)
    guard commitment == digest.description else {
      throw CrowdfundingError(.badReveal, "salt and claims of '\(name)' are not what it committed to")
    }
    guard claims.count == proposals.count else {
      throw CrowdfundingError(
        .dimensionMismatch, "'\(name)' claims for \(claims.count) models, but \(proposals.count) are proposed")
    }
    for claim in claims { _ = try WholeMoney.of(claim, "a claim") }
    let required = try depositRequired(of: participants[place].side, for: claims)
    guard participants[place].balance >= required else {
      throw CrowdfundingError(
        .insufficientDeposit,
        "'\(name)' deposited \(participants[place].balance.units) units, but its claims need \(required.units)")
    }
    participants[place].claims = claims
  }

  /// The deposit bound, with the shares that the fewest owners or the most stations would have.
  ///
  /// - Throws: `DimensionMismatch`, `AmountOverflow`.
  public func depositRequired(of side: CrowdfundingOperation.Side, for claims: [Amount]) throws -> Amount {
    switch side {
    case .owner:
      let costs = try proposals.map {
        try WholeMoney.amount($0.price.high).portion(1, of: UInt128(terms.minimumOwners), rounding: .up)
      }
      return try DepositBound.owner(bids: claims, costs: costs, bond: terms.ownerBond)
    case .station:
      let stations = UInt128(max(1, participants.count { $0.side == .station }))
      let rewards = try proposals.map { try WholeMoney.amount($0.price.low).portion(1, of: stations) }
      return try DepositBound.station(claims: claims, rewards: rewards, bond: terms.stationBond)
    }
  }

  // MARK: After the decision

  private mutating func deliver(_ name: String) throws {
    try require(.deliver, for: "deliver")
    _ = try winnerPlace(name, to: "deliver")
    guard !isDelivered else {
      throw CrowdfundingError(.wrongState, "'\(name)' has delivered already")
    }
    isDelivered = true
  }

  private mutating func update(_ name: String) throws {
    try require(.train, for: "update")
    let station = try place(of: name, on: .station, to: "update")
    guard !participants[station].isTrained else {
      throw CrowdfundingError(.duplicateUpdate, "'\(name)' has handed in its training already")
    }
    participants[station].isTrained = true
    if activeStations.allSatisfy({ participants[$0].isTrained }) { try endTraining() }
  }

  private mutating func report(_ name: String, _ accuracy: Int) throws {
    try require(.assess, for: "report")
    _ = try winnerPlace(name, to: "report")
    guard reportedAccuracy == nil else {
      throw CrowdfundingError(.duplicateReport, "'\(name)' has reported already")
    }
    guard (0...1_000_000).contains(accuracy) else {
      throw CrowdfundingError(
        .invalidAccuracy, "a measured accuracy must be from 0 to 1000000 parts per million, but is \(accuracy)")
    }
    reportedAccuracy = accuracy
  }

  private mutating func vote(_ name: String, _ punish: Bool) throws {
    try require(.assess, for: "vote")
    let owner = try place(of: name, on: .owner, to: "vote")
    guard owner != winner else {
      throw CrowdfundingError(.notAuthorized, "'\(name)' may not vote on its own promise")
    }
    guard participants[owner].vote == nil else {
      throw CrowdfundingError(.duplicateVote, "'\(name)' has voted already")
    }
    participants[owner].vote = punish
  }

  private mutating func withdraw(_ name: String) throws {
    guard stage.isTerminal else {
      throw CrowdfundingError(.wrongState, "cannot withdraw in stage \(stage.rawValue): the round is not over")
    }
    guard let place = participants.firstIndex(where: { $0.name == name }) else { throw stranger(name, "withdraw") }
    let balance = participants[place].balance
    guard !balance.isZero else {
      throw CrowdfundingError(.nothingToWithdraw, "nothing is left for '\(name)'")
    }
    participants[place].balance = .zero
    participants[place].withdrawn = try participants[place].withdrawn + balance
  }

  // MARK: Guards

  private func require(_ needed: CrowdfundingStage, for operation: String) throws(CrowdfundingError) {
    guard stage == needed else {
      throw CrowdfundingError(
        .wrongState, "cannot \(operation) in stage \(stage.rawValue): it takes \(needed.rawValue)")
    }
  }

  /// Where somebody stands who takes part and has not left.
  private func place(
    of name: String, on side: CrowdfundingOperation.Side? = nil, to operation: String
  ) throws(CrowdfundingError) -> Int {
    guard let place = participants.firstIndex(where: { $0.name == name }), !participants[place].hasLeft else {
      throw stranger(name, operation)
    }
    guard side == nil || participants[place].side == side else {
      throw CrowdfundingError(
        .notAuthorized, "'\(name)' is no \(side?.rawValue ?? "participant") and may not \(operation)")
    }
    return place
  }

  private func winnerPlace(_ name: String, to operation: String) throws(CrowdfundingError) -> Int {
    guard let winner, participants[winner].name == name else {
      throw CrowdfundingError(.notAuthorized, "'\(name)' did not win and may not \(operation)")
    }
    return winner
  }

  private func stranger(_ name: String, _ operation: String) -> CrowdfundingError {
    CrowdfundingError(.notAuthorized, "'\(name)' takes no part in this round and may not \(operation)")
  }
}

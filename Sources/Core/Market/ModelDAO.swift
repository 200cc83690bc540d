import Tensor

/// The members who trained a model together, and the account in whose name they mint and sell it.
public struct ModelDAO: Sendable {
  public let name: Label
  public let key: KeyPair
  /// In the order of the minting record.
  public let members: [Member]

  public struct Member: Sendable {
    public let name: Label
    public let key: KeyPair

    public init(name: Label, key: KeyPair) {
      (self.name, self.key) = (name, key)
    }
  }

  public init(name: Label, key: KeyPair, members: [Member]) {
    (self.name, self.key, self.members) = (name, key, members)
  }

  /// A DAO whose keys are derived from the run's seed and the names.
  ///
  /// - Throws: `LedgerError.invalidParameter` for a name that is none, `CryptographyError`.
  public init(named name: String, members: [String], runSeed: UInt64) throws {
    let label = try Label(checking: name)
    self.init(
      name: label, key: try KeyPair(runSeed: runSeed, account: label),
      members: try members.map {
        let member = try Label(checking: $0)
        return Member(name: member, key: try KeyPair(runSeed: runSeed, account: member))
      })
  }

  /// Opens the accounts of the DAO and of its members that are not on the ledger yet, as one block.
  ///
  /// - Throws: `LedgerError`.
  public func openAccounts(on ledger: Ledger, at now: Timestamp) throws {
    let all = [(name, key)] + members.map { ($0.name, $0.key) }
    let missing = all.filter { ledger.state.account($0.1.address) == nil }
    if !missing.isEmpty {
      try ledger.perform(missing.map { (action: .openAccount(name: $0.0), by: $0.1) }, at: now)
    }
  }

  /// Mints a model on the ledger.
  ///
  /// - Parameters:
  ///   - modelHash: of the serialised model.
  ///   - round: the round at which it was minted.
  ///   - details: further fields of the record, such as `contributions_micro`, `architecture` or `dataset_tag`; whole
  ///     numbers only.
  /// - Returns: the token's digest.
  /// - Throws: `MintRecordError`, `LedgerError`.
  public func mint(
    model modelName: String, modelHash: Digest, round: Int64, details: [String: JSON] = [:], on ledger: Ledger,
    at now: Timestamp
  ) throws -> Digest {
    var fields = details
    fields["name"] = .string(modelName)
    fields["model_hash"] = .string("sha256:\(modelHash)")
    fields["timestamp"] = .integer(Int64(clamping: now.microseconds / 1_000_000))
    fields["dao_public_key"] = .string(key.publicKey.description)
    fields["members"] = .array(members.map { .string($0.name.text) })
    fields["round"] = .integer(round)
    let record = try MintRecord(.object(fields))
    try ledger.perform([(.mint(record: record.bytes), key)], at: now)
    return record.digest
  }

  /// Puts on record what each member wants for its part, as one block.
  ///
  /// - Parameter asks: one for each member, in tokens.
  /// - Throws: `MarketError.wrongCount`, `AmountError`, `LedgerError`.
  public func declareAsks(_ asks: [Double], for token: Digest, on ledger: Ledger, at now: Timestamp) throws {
    try check(asks.count, "asks")
    let actions = try zip(members, asks).map { member, ask in
      (action: Action.declareAsk(token: token, micro: try Micro.from(ask)), by: member.key)
    }
    try ledger.perform(actions, at: now)
  }

  /// Puts every member's ballot on record, as one block, and counts.
  ///
  /// - Parameter approvals: row i is member i's ballot: whose asks it approves. The diagonal does not count.
  /// - Throws: `MarketError.wrongCount`, `LedgerError`.
  public func vote(
    _ approvals: [[Bool]], onAsksFor token: Digest, on ledger: Ledger, at now: Timestamp
  ) throws -> AskTally {
    try check(approvals.count, "ballots")
    try ledger.perform(
      zip(members, approvals).map { (action: .voteOnAsks(token: token, approvals: $1), by: $0.key) }, at: now)
    return try ledger.state.askTally(of: token)
  }

  /// Passes the DAO's token on after the votes of the members who approve, as one block.
  ///
  /// - Throws: `LedgerError`, of kind `TransferNotApproved` when not more than half approve.
  public func transfer(
    _ token: Digest, to recipient: Address, approvedBy approvals: [Bool], on ledger: Ledger, at now: Timestamp
  ) throws {
    try check(approvals.count, "approvals")
    var actions: [(action: Action, by: KeyPair)] = []
    for (member, approves) in zip(members, approvals) where approves {
      actions.append((.voteOnTransfer(token: token, to: recipient), member.key))
    }
    actions.append((.transferToken(token, to: recipient), key))
    try ledger.perform(actions, at: now)
  }

  /// Shares a receipt among the members in proportion to weights, by largest remainder, to the last unit.
  ///
  /// - Parameters:
  ///   - weights: one for each member: approved asks, or contribution ratios of quality and freshness.
  /// - Returns: what each member received.
  /// - Throws: `MarketError.wrongCount`, `AmountError` (kind `ZeroWeight` when nobody has a weight), `LedgerError`.
  @discardableResult
  public func share(
    _ receipt: Amount, weights: [Double], on ledger: Ledger, at now: Timestamp
  ) throws -> [Amount] {
    try check(weights.count, "weights")
    return try pay(receipt.split(weights: weights), on: ledger, at: now)
  }

  /// Shares a receipt in proportion to the approved asks (specification 9.5).
  @discardableResult
  public func share(
    _ receipt: Amount, by tally: AskTally, on ledger: Ledger, at now: Timestamp
  ) throws -> [Amount] {
    try check(tally.lines.count, "approved asks")
    return try pay(receipt.split(weights: tally.weights), on: ledger, at: now)
  }

  private func pay(_ parts: [Amount], on ledger: Ledger, at now: Timestamp) throws -> [Amount] {
    let payments = zip(members, parts).map { Payment(to: $0.key.address, amount: $1) }
    try ledger.perform([(.pay(payments), key)], at: now)
    return parts
  }

  private func check(_ count: Int, _ what: String) throws(MarketError) {
    guard count == members.count else { throw .wrongCount(what: what, expected: members.count, given: count) }
  }
}

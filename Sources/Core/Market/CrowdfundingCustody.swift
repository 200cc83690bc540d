import Tensor

/// The money of a round of crowdfunding on a ledger: deposits lie in an account of the round's own, and whatever the round
/// decides about them is a transaction.
///
/// The account's key is derived from the run's seed, as all keys of a scenario are: who runs the scenario keeps the money.
/// A round that needs nobody's trust is the contract in examples/contracts/sources/crowdfunding.lua.
public struct CrowdfundingCustody: Sendable {
  /// The account in which the round's money lies.
  public let account: Label
  private let key: KeyPair
  /// Who gets what the round leaves over: taxes, fees and lost bonds.
  private let collector: Address
  /// Gives an account's key.
  private let keys: @Sendable (String) throws -> KeyPair
  /// What the collector has got.
  public private(set) var collected = Amount.zero
  private var isCollected = false

  /// Opens the round's account.
  ///
  /// - Parameters:
  ///   - name: of the account; an account of this name must not be there yet.
  ///   - keys: the keys of participants, by name.
  /// - Throws: `LedgerError` (kind `NameTaken`).
  public init(
    named name: Label, key: KeyPair, collector: Address, on ledger: Ledger, at now: Timestamp,
    keys: @escaping @Sendable (String) throws -> KeyPair
  ) throws {
    try ledger.perform([(.openAccount(name: name), key)], at: now)
    (account, self.key, self.collector, self.keys) = (name, key, collector, keys)
  }

  /// Does on the ledger, as one block, what an operation did in the round: deposits come in, withdrawals go out, and when
  /// the round is over the pool goes to the collector. When the ledger refuses, nothing has happened.
  ///
  /// - Throws: `LedgerError` (kinds `UnknownAccount`, `InsufficientFunds`, ...); `CrowdfundingError` of kind
  ///   `MoneyNotConserved` when the account does not hold what the round says.
  public mutating func follow(
    from before: CrowdfundingRound, to after: CrowdfundingRound, on ledger: Ledger, at now: Timestamp
  ) throws {
    var actions: [(action: Action, by: KeyPair)] = []
    for participant in after.participants.dropFirst(before.participants.count) {
      actions.append((.transfer(to: key.address, amount: participant.deposit), try keys(participant.name)))
    }
    for (participant, earlier) in zip(after.participants, before.participants)
    where participant.withdrawn > earlier.withdrawn {
      let amount = try participant.withdrawn - earlier.withdrawn
      actions.append((.transfer(to: try keys(participant.name).address, amount: amount), key))
    }
    let isOver = after.stage.isTerminal && !isCollected
    if isOver, !after.pool.isZero { actions.append((.transfer(to: collector, amount: after.pool), key)) }
    if !actions.isEmpty { try ledger.perform(actions, at: now) }
    if isOver { (isCollected, collected) = (true, after.pool) }
    let due = try Amount.total(after.participants.map(\.balance) + (isCollected ? [] : [after.pool]))
    let held = ledger.state.account(key.address)?.balance ?? .zero
    guard held >= due else {
      throw CrowdfundingError(
        .moneyNotConserved, "the account '\(account)' holds \(held.units) units, and the round owes \(due.units)")
    }
  }
}

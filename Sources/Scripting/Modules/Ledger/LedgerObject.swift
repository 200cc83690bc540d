import Core
import Tensor

/// A ledger that scripts hold, with the scenario's clock and the issuer of its money.
final class LedgerObject: ScriptObject {
  static let typeName = "ledger"
  let ledger: Ledger
  /// From which the accounts' keys derive.
  let seed: UInt64
  /// The scenario's clock; never the wall's.
  private(set) var now: Timestamp
  /// Whether the ledger was founded with this seed, as the issuer's key shows.
  private let isFoundersSeed: Bool
  /// The members of the DAOs that were founded in this session, by name.
  private(set) var daoMembers: [String: [String]] = [:]
  /// Those whose accounts were opened in this session by `ledger:open_account`.
  private(set) var people: Set<String> = []

  init(_ ledger: Ledger, seed: UInt64) {
    self.ledger = ledger
    self.seed = seed
    let issuer = ledger.state.chain.flatMap { ledger.state.account($0.issuer) }
    isFoundersSeed = issuer.map { (try? KeyPair(runSeed: seed, account: $0.name).publicKey) == $0.publicKey } ?? true
    now = ledger.clock
  }

  deinit { ledger.close() }

  /// When the first block of a scenario is made, unless it says otherwise: 2023-11-14 22:13:20 UTC.
  static let usualStart = 1_700_000_000.0

  func advance(by seconds: Double) throws {
    now = try Timestamp(seconds: now.seconds + seconds)
  }

  func advance(to time: Timestamp) { now = max(now, time) }

  func remember(dao name: String, of members: [String]) { daoMembers[name] = members }

  func remember(person name: String) { people.insert(name) }

  /// - Throws: `InvalidParameter` for an account that has no key, or is on the ledger under one from another seed.
  func key(of name: String) throws -> KeyPair {
    let label = try Label(checking: name)
    let key = try KeyPair(runSeed: seed, account: label)
    guard let known = ledger.state.address(named: label) else {
      // What this seed opened, the founder's could not sign for.
      guard isFoundersSeed else { throw foundedElsewhere }
      return key
    }
    guard known == key.address else { throw keyless(name, known) ?? foreign(name) }
    return key
  }

  /// Why nobody signs for an organisation or a contract.
  private func keyless(_ name: String, _ address: Address) -> ScriptError? {
    if ledger.state.collective(address) != nil {
      return .invalidParameter(
        "'\(name)' is an organisation: it has no key, and acts by what its members decide",
        hint: "ledger:propose puts the step to the vote")
    }
    if ledger.state.contract(address) != nil {
      return .invalidParameter(
        "'\(name)' is a contract: it has no key, and acts by its code",
        hint: "contract:call runs one of its functions")
    }
    return nil
  }

  private func foreign(_ name: String) -> ScriptError {
    isFoundersSeed
      ? .invalidParameter("the key of '\(name)' was not derived from seed \(seed), and nobody can sign for it here")
      : foundedElsewhere
  }

  private var foundedElsewhere: ScriptError {
    .invalidParameter(
      "this ledger was founded with another seed, so that its keys cannot be derived from seed \(seed)",
      hint: "run with the --seed that it was made with" + (ledger.isReadOnly ? "" : ", or open it to read only"))
  }

  /// The address of an account that is on the ledger.
  /// - Throws: `UnknownAccount`, with the nearest name.
  func address(of name: String) throws -> Address {
    if let address = ledger.state.address(named: try Label(checking: name)) { return address }
    let near = Suggestion.clause(for: name, among: ledger.state.accounts.map(\.name.text))
    throw ScriptError.unknownAccount(
      "there is no account '\(name)'\(near)",
      hint: "ledger:open_account{ name = \"\(name)\" } opens one")
  }

  /// The issuer of the ledger's money.
  func issuer() throws -> KeyPair {
    guard let issuer = ledger.state.chain?.issuer, let account = ledger.state.account(issuer) else {
      throw ScriptError.invalidParameter("this ledger has no issuer of money")
    }
    guard isFoundersSeed else { throw foundedElsewhere }
    return try KeyPair(runSeed: seed, account: account.name)
  }
}

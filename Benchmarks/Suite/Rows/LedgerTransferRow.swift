import Core

extension BenchmarkRow {
  /// Signed transfers that a ledger in memory verifies, applies and seals into a block of a thousand, against the
  /// verification of the same signatures alone.
  static let ledgerTransfer = BenchmarkRow(name: "ledger-transfer", unit: "transfers/CPU s", better: .larger) { _ in
    let book = try TransferBook(accounts: 16)
    let count = 1000
    let signed = try book.transfers(count)
    let messages = signed.map { Array($0.encoded.dropLast(Signature.count)) }
    return Contest(
      ours: {
        let transfers = try book.transfers(count)
        return Double(count) / (try CPUTime.seconds { try book.append(transfers) })
      },
      peers: [
        Contestant(name: "libsodium, verification alone") {
          let seconds = try CPUTime.seconds {
            for (transaction, message) in zip(signed, messages) {
              guard transaction.sender.verifies(transaction.signature, of: message) else {
                throw BenchmarkError("a signature does not hold")
              }
            }
          }
          return Double(count) / seconds
        }
      ])
  }
}

/// A ledger whose account holders pay each other in turn.
private final class TransferBook {
  private let ledger: Ledger
  private let keys: [KeyPair]
  private let now = Timestamp(microseconds: 0)

  init(accounts: Int) throws {
    let names = try (0..<accounts).map { try Label(checking: "account-\($0)") }
    keys = try names.map { try KeyPair(runSeed: 0, account: $0) }
    let issuer = try KeyPair(runSeed: 0, account: Label(checking: "issuer"))
    ledger = try Ledger.found(
      name: Label(checking: "benchmark"), issuer: issuer, issuerName: Label(checking: "issuer"), at: now)
    try ledger.perform(zip(names, keys).map { (.openAccount(name: $0), $1) }, at: now)
    try ledger.perform(
      keys.map { (.issue(to: $0.address, amount: Amount(tokens: 1_000_000)), issuer) }, at: now)
  }

  /// Signed, and good for the next block only.
  func transfers(_ count: Int) throws -> [Transaction] {
    try ledger.sign(
      (0..<count).map { place in
        let payee = keys[(place + 1) % keys.count].address
        return (.transfer(to: payee, amount: Amount(micro: 1)), keys[place % keys.count])
      })
  }

  func append(_ transfers: [Transaction]) throws { try ledger.append(transfers, at: now) }
}

import Foundation
import Synchronization

/// The signatures of many transactions, verified on all cores.
enum SignatureBatch {
  /// Below so many a thread costs more than it saves.
  private static let least = 16

  /// The place of a transaction that its sender did not sign, `nil` where all are signed.
  static func firstUnsigned(of transactions: [Transaction]) -> Int? {
    let verification = Verification(transactions)
    verification.work()
    return verification.firstUnsigned
  }

  /// Verifies while the caller does something else: `finish` takes part in what is left and waits.
  final class Verification: Sendable {
    private let transactions: [Transaction]
    private let next = Atomic<Int>(0)
    private let unsigned = Atomic<Int>(Int.max)
    private let helpers = DispatchGroup()
    /// Transactions that a thread takes at once.
    private static let stride = 8

    init(_ transactions: [Transaction]) {
      self.transactions = transactions
      guard transactions.count >= SignatureBatch.least else { return }
      for _ in 1..<max(2, ProcessInfo.processInfo.activeProcessorCount) {
        DispatchQueue.global(qos: .userInitiated).async(group: helpers) { self.drain() }
      }
    }

    var firstUnsigned: Int? {
      let place = unsigned.load(ordering: .acquiring)
      return place == Int.max ? nil : place
    }

    /// Verifies what nobody has taken yet, and waits for the rest.
    func work() {
      drain()
      helpers.wait()
    }

    private func drain() {
      while true {
        let start = next.add(Self.stride, ordering: .relaxed).oldValue
        guard start < transactions.count else { return }
        for place in start..<min(start + Self.stride, transactions.count) where !transactions[place].isSigned {
          unsigned.min(place, ordering: .acquiringAndReleasing)
        }
      }
    }
  }
}

/// What a sender has laid down for gas, and gets back of it.
struct GasPurse {
  /// What the transaction costs before any contract runs, in units of gas.
  let intrinsic: UInt64
  private let sender: Address
  private let price: Amount
  private let laidDown: Amount

  /// Takes from the sender what the transaction can cost at most: its limit where a contract runs, else what it needs.
  ///
  /// - Parameter price: the chain's, for a unit of gas.
  /// - Throws: `Refusal` when the offer is below what is needed or charged, or the sender cannot pay.
  init(_ transaction: Transaction, price: Amount, _ state: inout LedgerState) throws(Refusal) {
    let (gas, intrinsic) = (transaction.gas, GasSchedule.intrinsic(of: transaction))
    guard gas.limit >= intrinsic else {
      throw .money(.gasLimitTooLow(needed: intrinsic, offered: gas.limit))
    }
    guard gas.price >= price else { throw .money(.gasPriceTooLow(charged: price, offered: gas.price)) }
    (self.intrinsic, self.price, sender) = (intrinsic, price, transaction.sender.address)
    let most = if case .contract = transaction.action { gas.limit } else { intrinsic }
    laidDown = try Self.cost(of: most, at: price)
    guard !laidDown.isZero else { return }
    do throws(Refusal) {
      try state.debit(laidDown, from: sender)
    } catch .insufficientFunds(let account, let balance, let needed) {
      throw .money(.feeUnpaid(account: account, balance: balance, needed: needed))
    }
  }

  /// Pays the fee to the collector and the rest back.
  ///
  /// - Returns: the fee.
  func settle(gasUsed: UInt64, _ state: inout LedgerState) throws(Refusal) -> Amount {
    let fee = try Self.cost(of: gasUsed, at: price)
    guard !laidDown.isZero, let collector = state.chain?.feeCollector else { return fee }
    guard let rest = try? laidDown - fee else {
      throw .money(.gasLimitTooLow(needed: gasUsed, offered: intrinsic))
    }
    try state.credit(fee, to: collector)
    try state.credit(rest, to: sender)
    return fee
  }

  private static func cost(of gas: UInt64, at price: Amount) throws(Refusal) -> Amount {
    guard let cost = try? price * gas else { throw .money(.feeTooLarge(limit: gas, price: price)) }
    return cost
  }
}

import Tensor

@testable import Core

/// Random operations on a ledger: plausible ones, which mostly succeed, and foolish ones, which mostly do not.
struct LedgerOperations {
  /// One transaction before it is signed, so that a sequence can be run again without some of its steps.
  struct Step {
    let sender: Int
    let action: Action
    /// Added to the sender's right nonce.
    let nonceOffset: UInt64
    /// Microseconds since the step before.
    let pause: UInt64
    let gas: GasOffer
  }

  let keys: [KeyPair]
  let names: [Label]
  private var random: RandomStream
  private var mints: Int64 = 0
  /// Who minted last, and what: minting it again is refused.
  private var minted: (sender: Int, record: [UInt8])?
  private var organisations = 0

  init(seed: UInt64, users: Int) throws {
    random = RandomStream(seed: seed, purpose: "ledger operations")
    names = (0..<users).compactMap { Label("user\($0)") }
    keys = try names.map { try KeyPair(runSeed: seed, account: $0) }
  }

  // MARK: Dice

  private mutating func pick(_ count: Int) -> Int { Int(random.next() % UInt64(max(1, count))) }
  private mutating func oneIn(_ count: Int) -> Bool { pick(count) == 0 }
  private mutating func any<Element>(_ list: [Element]) -> Element? { list.isEmpty ? nil : list[pick(list.count)] }
  private mutating func user() -> Int { pick(keys.count) }
  private mutating func address() -> Address {
    oneIn(60) ? Address(bytes: SHA256.hash("nobody").bytes) : keys[user()].address
  }
  /// Mostly of a few tokens, now and then of everything or nothing.
  private mutating func amount() -> Amount {
    switch pick(16) {
    case 0: .zero
    case 1: Amount(units: UInt128(random.next()) << UInt128(pick(64)))
    case 2: Amount(units: UInt128(pick(7)))
    default: Amount(units: UInt128(random.next() >> UInt64(pick(40))))
    }
  }
  private func sorted<Value>(_ table: [Digest: Value]) -> [Digest] { table.keys.sorted() }
  private mutating func token(_ model: LedgerModel) -> Digest {
    any(sorted(model.tokens)) ?? SHA256.hash("no token")
  }

  // MARK: Steps

  /// The next step, drawn with an eye on where the model stands.
  mutating func next(_ model: LedgerModel, now: UInt64) -> Step {
    let (sender, action) = draw(model, now)
    let price = Amount(units: model.gasPrice)
    let gas =
      switch pick(40) {
      case 0: GasOffer(limit: UInt64(pick(4_000)), price: price)
      case 1: GasOffer(limit: GasOffer.usual.limit, price: Amount(units: model.gasPrice / 2))
      default: GasOffer(limit: GasOffer.usual.limit, price: price)
      }
    return Step(
      sender: sender, action: action, nonceOffset: oneIn(30) ? UInt64(pick(3)) &- 1 : 0,
      pause: UInt64(pick(4)) + (oneIn(60) ? UInt64(pick(200)) * 86_400_000_000 : 0), gas: gas)
  }

  private mutating func draw(_ model: LedgerModel, _ now: UInt64) -> (Int, Action) {
    switch pick(26) {
    case 0: (oneIn(8) ? user() : 0, .issue(to: address(), amount: amount()))
    case 1, 2, 3: (user(), .transfer(to: address(), amount: amount()))
    case 4: (user(), .pay((0..<pick(4)).map { _ in Payment(to: address(), amount: amount()) }))
    case 5, 6: money(model)
    case 7, 8: escrow(model, now)
    case 9: mint()
    case 10, 11, 12, 13: tokens(model)
    case 14, 15, 16: trade(model, now)
    case 17, 18: stake(model)
    default: organisation(model, now)
    }
  }

  private mutating func money(_ model: LedgerModel) -> (Int, Action) {
    switch pick(8) {
    case 0: return (user(), .money(.burn(amount())))
    case 1, 2, 3: return (user(), .money(.approve(spender: address(), amount())))
    case 4: return (oneIn(3) ? user() : 0, .money(.setGasPrice(Amount(units: UInt128(pick(3))), collector: address())))
    default:
      let pairs = model.allowances.keys.sorted { ($0.owner, $0.other) < ($1.owner, $1.other) }
      guard let pair = any(pairs), let spender = place(of: pair.other), !oneIn(6) else {
        return (user(), .money(.spend(from: address(), to: address(), amount())))
      }
      let allowed = model.allowances[pair] ?? 0
      let part = oneIn(4) ? allowed : allowed / UInt128(1 + pick(5))
      return (spender, .money(.spend(from: pair.owner, to: address(), Amount(units: part + (oneIn(5) ? 1 : 0)))))
    }
  }

  private mutating func escrow(_ model: LedgerModel, _ now: UInt64) -> (Int, Action) {
    if oneIn(3) || model.escrows.isEmpty {
      let expiry = Timestamp(microseconds: now + UInt64(pick(40)))
      // An organisation guards every third, so that there are bonds to punish with.
      let guild = oneIn(3) ? any(model.organisations.keys.sorted()) : nil
      return (
        user(), .openEscrow(beneficiary: address(), arbiter: guild ?? address(), amount: amount(), expiry: expiry)
      )
    }
    let open = sorted(model.escrows.filter { $0.value.amount > 0 || oneInTen($0.key) })
    let id = any(open) ?? SHA256.hash("no escrow")
    let parties = model.escrows[id].map { [$0.from, $0.to, $0.arbiter] } ?? []
    let sender = (oneIn(4) ? nil : any(parties)).flatMap { place(of: $0) } ?? user()
    return (sender, oneIn(2) ? .releaseEscrow(id) : .refundEscrow(id))
  }

  /// A tenth of what is closed stays in the draw, the same tenth every time.
  private func oneInTen(_ id: Digest) -> Bool { id.bytes.bytes[0] < 26 }

  private mutating func mint() -> (Int, Action) {
    if oneIn(8), let minted { return (minted.sender, .mint(record: minted.record)) }
    let sender = user()
    mints += 1
    var members = (0..<(1 + pick(3))).map { _ in names[user()].text }
    if oneIn(12) { members.append("nobody") }
    let key = oneIn(15) ? keys[user()].publicKey : keys[sender].publicKey
    let record = try? MintRecord(
      .object([
        "name": .string("fl-nft"), "model_hash": .string("sha256:\(SHA256.hash("model"))"), "timestamp": .integer(1),
        "dao_public_key": .string(key.description), "members": .array(members.map { .string($0) }),
        "round": .integer(oneIn(10) ? 1 : mints),
      ]))
    minted = (sender, record?.bytes ?? [])
    return (sender, .mint(record: record?.bytes ?? []))
  }

  private mutating func tokens(_ model: LedgerModel) -> (Int, Action) {
    let id = token(model)
    let about = model.tokens[id]
    let owner = about.flatMap { place(of: $0.owner) } ?? user()
    switch pick(13) {
    case 0, 1, 2, 3:
      let member = (oneIn(8) ? nil : any(about?.members ?? [])).flatMap { place(of: $0) } ?? user()
      return (member, .voteOnTransfer(token: id, to: oneIn(2) ? about?.minter ?? address() : address()))
    case 4: return (oneIn(4) ? user() : owner, .token(.approve(token: id, oneIn(4) ? nil : address())))
    case 5: return (user(), .token(.setOperator(address(), isAllowed: !oneIn(4))))
    case 6: return (oneIn(3) ? user() : owner, oneIn(3) ? .token(.burn(token: id)) : .transferToken(id, to: address()))
    case 7:
      let minter = about.flatMap { place(of: $0.minter) } ?? user()
      let action = oneIn(3) ? TokenAction.bindAsk(token: id) : .setRoyalty(token: id, basisPoints: UInt16(pick(10_500)))
      return (oneIn(4) ? user() : minter, .token(action))
    case 8, 9:
      let holders = about?.holders ?? []
      let holder = (oneIn(6) ? nil : any(holders)).flatMap { place(of: $0) } ?? user()
      let share = about?.shares[keys[holder].address] ?? 0
      let part = oneIn(4) ? share : share / UInt64(1 + pick(4))
      return (holder, .token(.transferShare(token: id, to: address(), micro: part + (oneIn(8) ? 1 : 0))))
    default:
      let allowed = [about?.owner, about?.approved].compactMap { $0 }.compactMap { place(of: $0) }
      return ((oneIn(4) ? nil : any(allowed)) ?? user(), .transferToken(id, to: address()))
    }
  }

  private mutating func trade(_ model: LedgerModel, _ now: UInt64) -> (Int, Action) {
    let end = Timestamp(microseconds: now + UInt64(pick(30)))
    switch pick(10) {
    case 0, 1, 2:
      // What no DAO holds fast any more, or its members want to sell.
      let free = sorted(model.tokens.filter { !$0.value.isBurned && $0.value.sale == nil })
      let first = any(free) ?? token(model)
      let owner = model.tokens[first].flatMap { place(of: $0.owner) } ?? user()
      let others = free.filter { model.tokens[$0]?.owner == keys[owner].address && $0 != first }
      var bundle = [first] + (oneIn(3) ? Array(others.prefix(2)) : [])
      if oneIn(15) { bundle.append(first) }
      if oneIn(20) { bundle = [] }
      let action: TradeAction =
        oneIn(2)
        ? .list(tokens: bundle, price: amount(), expiry: end)
        : .openSale(tokens: bundle, reserve: amount(), deadline: end)
      return (oneIn(10) ? user() : owner, .trade(action))
    case 3, 4, 5:
      let id = any(sorted(model.listings.filter { $0.value.isOpen || oneInTen($0.key) })) ?? SHA256.hash("no listing")
      if oneIn(6) {
        let seller = model.listings[id].flatMap { place(of: $0.seller) } ?? user()
        return (oneIn(3) ? user() : seller, .trade(.cancelListing(id)))
      }
      let price = model.listings[id]?.price ?? 0
      let limit = oneIn(4) ? Amount(units: price > 0 && oneIn(2) ? price - 1 : price) : .maximum
      return (user(), .trade(.buy(listing: id, limit: limit)))
    default:
      let id = any(sorted(model.sales.filter { $0.value.isOpen || oneInTen($0.key) })) ?? SHA256.hash("no sale")
      if oneIn(3) { return (user(), .trade(.closeSale(id))) }
      let bid = model.sales[id].map { max($0.bid + ($0.bid + 99) / 100, $0.price) } ?? 0
      let offer = oneIn(4) ? amount() : Amount(units: bid + UInt128(pick(3)) - (oneIn(3) && bid > 0 ? 1 : 0))
      return (user(), .trade(.raise(sale: id, offer)))
    }
  }

  private mutating func organisation(_ model: LedgerModel, _ now: UInt64) -> (Int, Action) {
    switch pick(10) {
    case 0:
      organisations += 1
      let counted = weighing(model)
      let rule = Collective.Rule(
        counted, quorum: oneIn(12) ? 10_001 : UInt16(pick(oneIn(2) ? 3_000 : 10_001)),
        votingPeriod: oneIn(15) ? 0 : UInt64(1 + pick(60)), timelock: UInt64(pick(12)))
      let name = oneIn(8) ? names[user()] : Label("guild\(organisations)") ?? names[0]
      let members = counted.isOfStakes && !oneIn(15) ? [] : electorate()
      return (user(), .collective(.found(name: name, members: members, rule: rule)))
    case 1, 2, 3:
      guard let address = any(model.organisations.keys.sorted()) else {
        return (user(), .transfer(to: address(), amount: .zero))
      }
      if oneIn(3) { return (user(), .transfer(to: address, amount: amount())) }
      let members = model.organisations[address].flatMap { model.electorate(of: $0, now) } ?? []
      let sender = (oneIn(8) ? nil : any(members)).flatMap { place(of: $0.address) } ?? user()
      let steps = (0..<(1 + pick(2))).map { _ in oneIn(4) ? punishment(by: address, model) : step() }
      return (sender, .collective(.propose(by: address, steps)))
    default:
      let motions = model.motions
      let open = motions.filter { $0.value.deadline > now }
      let counted = motions.filter { !$0.value.isDone && $0.value.deadline <= now && now - $0.value.deadline < 80 }
      let group = oneIn(12) ? motions : oneIn(3) ? counted : open
      let id = any(sorted(group)) ?? any(sorted(motions)) ?? SHA256.hash("no proposal")
      let sender =
        (oneIn(8) ? nil : any(model.motions[id]?.electorate ?? [])).flatMap { place(of: $0.address) } ?? user()
      if oneIn(3) || (model.motions[id]?.deadline ?? 0) <= now {
        return (sender, .collective(.execute(proposal: id)))
      }
      let ballot: CollectiveAction.Ballot = oneIn(4) ? .against : oneIn(3) ? .abstain : .inFavour
      return (sender, .collective(.vote(proposal: id, ballot)))
    }
  }

  private mutating func weighing(_ model: LedgerModel) -> Weighing {
    switch pick(5) {
    case 0: return .weights
    case 1: return .heads
    default:
      // Bounds near to what somebody has staked, so that there are nodes of every class.
      let staked = model.stakes[any(sorted(model.stakes)) ?? .zero]?.amount ?? 0
      let least = oneIn(3) ? Amount.zero : Amount(units: staked / 4 * UInt128(1 + pick(4)))
      let limit = oneIn(3) ? .maximum : oneIn(2) ? .zero : amount()
      return .stakes(
        Chambers(quorum: oneIn(15) ? 10_001 : UInt16(pick(7_000)), leastSuperStake: least, ordinaryLimit: limit))
    }
  }

  private mutating func stake(_ model: LedgerModel) -> (Int, Action) {
    if oneIn(3) || model.stakes.isEmpty {
      let sender = user()
      let balance = model.accounts[keys[sender].address]?.balance ?? 0
      return (sender, .stake(.stake(oneIn(3) ? amount() : Amount(units: balance / UInt128(1 + pick(8))))))
    }
    let open = sorted(model.stakes.filter { $0.value.amount > 0 || oneInTen($0.key) })
    let id = any(open) ?? SHA256.hash("no stake")
    let about = model.stakes[id]
    let sender = (oneIn(8) ? nil : about.flatMap { place(of: $0.owner) }) ?? user()
    if oneIn(2) { return (sender, .stake(.lock(position: id, days: UInt16(5 + pick(363))))) }
    let held = about?.amount ?? 1
    let part = oneIn(3) ? held : held / UInt128(1 + pick(5))
    return (sender, .stake(.unstake(position: id, Amount(units: part + (oneIn(12) ? 1 : 0)))))
  }

  private mutating func electorate() -> [Collective.Member] {
    var members = (0..<(1 + pick(4))).map { Collective.Member(address: keys[$0].address, weight: UInt64(1 + pick(5))) }
    if oneIn(15) { members.append(members[0]) }
    if oneIn(15) { members = [] }
    if oneIn(15), !members.isEmpty { members[0] = Collective.Member(address: members[0].address, weight: 0) }
    return members
  }

  private mutating func punishment(by guild: Address, _ model: LedgerModel) -> Action {
    let bonds = sorted(model.escrows.filter { $0.value.amount > 0 && ($0.value.arbiter == guild || oneInTen($0.key)) })
    let promise = BrokenPromise(
      escrow: any(bonds) ?? SHA256.hash("no escrow"), promised: UInt32(pick(1_000_200)),
      measured: UInt32(pick(800_000)),
      slopeNumerator: UInt32(pick(4)), slopeDenominator: UInt32(pick(4)))
    return .collective(.punish(promise))
  }

  private mutating func step() -> Action {
    switch pick(8) {
    case 0: .collective(.setMembers(electorate()))
    case 1: .money(.burn(amount()))
    case 2: .issue(to: address(), amount: amount())
    case 3: oneIn(3) ? .openAccount(name: names[0]) : .money(.approve(spender: address(), amount()))
    case 4:
      oneIn(3) ? .collective(.execute(proposal: SHA256.hash("x"))) : .token(.setOperator(address(), isAllowed: true))
    default: .transfer(to: address(), amount: amount())
    }
  }

  private func place(of address: Address) -> Int? { keys.firstIndex { $0.address == address } }
}

extension Weighing {
  fileprivate var isOfStakes: Bool { if case .stakes = self { true } else { false } }
}

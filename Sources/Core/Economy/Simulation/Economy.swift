import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A token economy that goes on week by week: tokens are released, fees come in, stakers and workers are paid, cheats are
/// slashed, and everybody decides what to do with what they have. No unit of money is made or lost on the way, which is
/// checked every week for tokens and for cash.
struct Economy {
  let scenario: EconomyScenario
  let schedule: EmissionSchedule
  var agents: [Agent] = []
  var market: LiquidityPool

  // Tokens that no agent holds.
  var miningPool: Amount
  var teamLeft: Amount
  var grantsLeft = Amount.zero
  var team = Amount.zero
  var treasury: Amount
  var developers = Amount.zero
  var stakersPool = Amount.zero
  var stakersCarry = Amount.zero
  var roleCarry = Amount.zero
  var minted = Amount.zero
  var burned = Amount.zero
  /// Operating costs that gas did not cover, in tokens.
  var deficit = Amount.zero

  // Cash that came in from users, and that left with operators, developers and who sold in their name.
  var cashIn: Amount
  var cashOut = Amount.zero

  var week = 0
  var usage: Double
  var prices: [Double]
  var flows = Flows()
  let streams: Streams
  var table: EconomyTable

  /// What moved in the week, and what has moved so far.
  struct Flows {
    var fees = Amount.zero
    var baseAPR = 0.0
    var stakers = Amount.zero
    var trainers = Amount.zero
    var localValidators = Amount.zero
    var aggregators = Amount.zero
    var globalValidators = Amount.zero
    var developers = Amount.zero
    var team = Amount.zero
    var emitted = Amount.zero
    var slashed = Amount.zero
    var forfeited = Amount.zero
    var earlyExits = 0

    /// A week later: what is counted from the beginning stays.
    var next: Flows {
      var flows = Flows()
      (flows.emitted, flows.slashed) = (emitted, slashed)
      (flows.forfeited, flows.earlyExits) = (forfeited, earlyExits)
      return flows
    }
  }

  /// Random numbers by week: the same shocks meet every subset of a sweep.
  struct Streams {
    let seed: UInt64
    let run: Int

    func stream(_ purpose: String, week: Int) -> RandomStream {
      RandomStream(seed: seed, purpose: "token economy: " + purpose, round: run, client: week)
    }
  }

  /// The economy at genesis.
  init(_ scenario: EconomyScenario, seed: UInt64, run: Int) throws {
    self.scenario = scenario
    schedule = try scenario.validate()
    streams = Streams(seed: seed, run: run)
    let lines = try TokenDistribution(supply: scenario.supply)
    miningPool = try lines[.mining] + lines[.computingPower]
    teamLeft = lines[.team]
    treasury = lines[.ecosystem]
    let cash = Amount.modelled(scenario.liquidityCash)
    market = LiquidityPool(tokens: lines[.liquidity], cash: cash)
    cashIn = cash
    usage = scenario.usage
    prices = [market.price]
    table = EconomyTable(groups: scenario.groups)
    try populate(sold: lines[.seedSale] + lines[.privateSale], free: lines[.publicSale] + lines[.airdrop])
    try verifyConservation()
    try measure()
  }

  /// Shares out what was sold and given away, in proportion to log-normal fortunes inside each group.
  private mutating func populate(sold: Amount, free: Amount) throws {
    var random = streams.stream("fortunes", week: 0)
    var weights: [UInt128] = []
    var drafts: [(group: Int, hurdle: Double)] = []
    for (index, group) in scenario.groups.enumerated() where group.count > 0 {
      let fortunes = (0..<group.count).map { _ in exp(group.inequality * random.normal()) }
      let scale = group.share / fortunes.reduce(0, +)
      for fortune in fortunes {
        weights.append(UInt128(fortune * scale * 1e12))
        drafts.append((index, random.uniform(0, 0.1)))
      }
    }
    guard weights.contains(where: { $0 > 0 }) else { throw EconomyError.zeroWeight("the groups' shares") }
    let (grants, liquid) = (try sold.split(weights: weights), try free.split(weights: weights))
    agents = try drafts.indices.map { index in
      let group = scenario.groups[drafts[index].group]
      let cash = Amount.modelled(group.cash)
      cashIn = try cashIn + cash
      return Agent(
        group: drafts[index].group, capacity: UInt128(group.capacity), grant: grants[index], liquid: liquid[index],
        cash: cash, hurdle: drafts[index].hurdle)
    }
    grantsLeft = sold
  }

  /// The day after the week that has just been.
  var today: Int { 7 * (week + 1) }
  var thresholds: NodeThresholds { get throws { try NodeThresholds(circulation: circulation) } }

  /// Tokens that exist.
  var supply: Amount { get throws { try scenario.supply + minted - burned } }

  /// Everything but the pools that nobody can reach yet.
  var circulation: Amount { get throws { try supply - miningPool - teamLeft - grantsLeft } }

  /// One week.
  ///
  /// - Parameter custom: the functions of agents that bring their own.
  mutating func advance(_ custom: [(Observation) throws -> Decision]) throws {
    flows = flows.next
    try vest()
    try takeFees()
    if week % 13 == 0 { try elect() }
    try release()
    try settleStakes()
    try catchCheats()
    try act(custom)
    week += 1
    prices.append(market.price)
    try verifyConservation()
    try measure()
  }

  /// Tokens: what exists is where it should be. Cash: what came in is here or has left.
  func verifyConservation() throws {
    var held: UInt128 = 0
    var cash: UInt128 = 0
    // The supply bounds every sum here far below 128 bits.
    for agent in agents {
      held += agent.wealth
      cash += agent.cash.units
    }
    try Conservation.check(
      "a week of the economy (tokens)", [try supply],
      equal: [
        Amount(units: held), market.tokens, miningPool, teamLeft, grantsLeft, team, treasury, developers, stakersPool,
        stakersCarry, roleCarry,
      ])
    try Conservation.check(
      "a week of the economy (cash)", [cashIn], equal: [Amount(units: cash), market.cash, cashOut])
  }
}

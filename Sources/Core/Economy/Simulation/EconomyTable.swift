/// What is measured every week.
public enum EconomyMeasure: String, CaseIterable, Sendable {
  case supply, circulation, burned, minted, emitted
  case poolLeft = "pool_left"
  case staked
  case stakedShare = "staked_share"
  case lockedShare = "locked_share"
  case baseAPR = "base_apr"
  case price
  case marketCap = "market_cap"
  case fees, gini
  case stakers = "reward_stakers"
  case trainers = "reward_trainers"
  case localValidators = "reward_local_validators"
  case aggregators = "reward_aggregators"
  case globalValidators = "reward_global_validators"
  case developers = "reward_developers"
  case team = "reward_team"
  case slashed, forfeited
  case earlyExits = "early_exits"
  case treasury
  case attackerPower = "attacker_power"
  case attackTokens = "attack_tokens"
  case attackCost = "attack_cost"

  /// In words, with the unit.
  public var summary: String {
    switch self {
    case .supply: "tokens that exist"
    case .circulation: "tokens that move freely, staked and locked ones among them"
    case .burned: "tokens burned so far"
    case .minted: "tokens minted so far, beyond the supply of genesis"
    case .emitted: "tokens of the mining pool released so far"
    case .poolLeft: "tokens left in the mining pool"
    case .staked: "tokens staked"
    case .stakedShare: "staked tokens as a part of the circulation"
    case .lockedShare: "locked tokens as a part of the circulation"
    case .baseAPR: "yearly return of an unlocked staked token"
    case .price: "cash for a token"
    case .marketCap: "circulation times price"
    case .fees: "tokens paid for gas in the week"
    case .gini: "Gini coefficient of the agents' tokens"
    case .stakers: "tokens to stakers in the week"
    case .trainers: "tokens to trainers in the week"
    case .localValidators: "tokens to local validators in the week"
    case .aggregators: "tokens to aggregators in the week"
    case .globalValidators: "tokens to the committee in the week"
    case .developers: "tokens to developers in the week"
    case .team: "tokens to the team in the week"
    case .slashed: "tokens taken for cheating so far"
    case .forfeited: "premiums lost by early exits so far"
    case .earlyExits: "locks left early so far"
    case .treasury: "tokens of the treasury"
    case .attackerPower: "the attackers' part of all voting power"
    case .attackTokens: "tokens that an outsider must lock for a year to decide a key proposal against everybody"
    case .attackCost: "what they cost at the present price, before it rises"
    }
  }
}

/// The measures of one course of an economy, a column each, from step 0, the genesis.
public struct EconomyTable: Sendable, Equatable {
  /// The measures, then `wealth_NAME` for each group: its part of the agents' tokens.
  public let names: [String]
  public private(set) var columns: [[Double]]

  init(groups: [AgentGroup]) {
    names = EconomyMeasure.allCases.map(\.rawValue) + groups.map { "wealth_" + $0.name }
    columns = names.map { _ in [] }
  }

  public var steps: Int { columns.first?.count ?? 0 }

  mutating func append(_ row: [Double]) {
    for (index, value) in row.enumerated() where index < columns.count { columns[index].append(value) }
  }

  public subscript(name: String) -> [Double]? { names.firstIndex(of: name).map { columns[$0] } }
  public subscript(measure: EconomyMeasure) -> [Double] { self[measure.rawValue] ?? [] }
}

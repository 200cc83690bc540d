@testable import Core

/// Organisations and what they decide.
extension LedgerModel {
  mutating func act(_ action: CollectiveAction, _ me: Address, _ nonce: UInt64, _ now: UInt64) -> Bool {
    switch action {
    case .found(let name, let members, let rule):
      guard areMembers(members, rule), rule.quorum <= 10_000, rule.votingPeriod > 0, names[name] == nil else {
        return false
      }
      if case .stakes(let chambers) = rule.weighing, chambers.quorum > 10_000 { return false }
      let address = LedgerIdentifier.collective(founder: me, nonce: nonce)
      names[name] = address
      accounts[address] = Account(balance: 0, nonce: 0)
      organisations[address] = Organisation(members: members, rule: rule)
      return true
    case .propose(let address, let actions):
      guard let organisation = organisations[address], (1...100).contains(actions.count) else { return false }
      guard let electorate = electorate(of: organisation, now), electorate.contains(where: { $0.address == me }) else {
        return false
      }
      guard actions.allSatisfy(Self.isForOrganisations) else { return false }
      motions[LedgerIdentifier.proposal(member: me, nonce: nonce)] = Motion(
        organisation: address, actions: actions, electorate: electorate, rule: organisation.rule,
        deadline: now + organisation.rule.votingPeriod)
      return true
    case .vote(let id, let ballot):
      guard let motion = motions[id], motion.electorate.contains(where: { $0.address == me }) else { return false }
      guard !motion.isDone, now < motion.deadline, motion.ballots[me] == nil else { return false }
      motions[id]?.ballots[me] = ballot
      return true
    case .execute(let id):
      guard let motion = motions[id], motion.electorate.contains(where: { $0.address == me }) else { return false }
      guard outcome(of: motion).hasPrefix("passed"), now >= motion.deadline + motion.rule.timelock, !motion.isDone
      else { return false }
      motions[id]?.isDone = true
      for step in motion.actions {
        let nonce = accounts[motion.organisation]?.nonce ?? 0
        accounts[motion.organisation]?.nonce += 1
        guard act(step, motion.organisation, nonce, now) else { return false }
      }
      return true
    case .setMembers(let members):
      guard let organisation = organisations[me], areMembers(members, organisation.rule) else { return false }
      organisations[me]?.members = members
      return true
    case .punish(let promise):
      guard organisations[me] != nil, let bond = escrows[promise.escrow], bond.amount > 0, bond.arbiter == me else {
        return false
      }
      guard (1...1_000_000).contains(promise.promised), promise.measured < promise.promised,
        promise.slopeDenominator > 0
      else { return false }
      let (part, whole) = (
        UInt128(promise.slopeNumerator) * UInt128(promise.promised - promise.measured),
        UInt128(promise.slopeDenominator) * UInt128(promise.promised)
      )
      // Quotient and remainder apart, so that no product is large.
      let (times, rest) = bond.amount.quotientAndRemainder(dividingBy: whole)
      let penalty = part >= whole ? bond.amount : times * part + (rest * part + whole - 1) / whole
      escrows[promise.escrow]?.amount = 0
      return receive(penalty, bond.to) && receive(bond.amount - penalty, bond.from)
    }
  }

  private func areMembers(_ members: [Collective.Member], _ rule: Collective.Rule) -> Bool {
    if case .stakes = rule.weighing { return members.isEmpty }
    return (1...1000).contains(members.count) && Set(members.map(\.address)).count == members.count
      && members.allSatisfy { accounts[$0.address] != nil && $0.weight > 0 }
  }

  private static func isForOrganisations(_ action: Action) -> Bool {
    switch action {
    case .found, .openAccount, .contract: false
    case .collective(.setMembers), .collective(.punish): true
    case .collective: false
    default: true
    }
  }
}

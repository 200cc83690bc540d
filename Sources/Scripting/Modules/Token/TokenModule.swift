/// `token`: the economy of a network's own money, after Network3.
enum TokenModule {
  static func module(_ context: RunContext) -> Module {
    Module(
      name: "token",
      summary:
        "A network's own money: release, staking, governance, penalties, rewards, and whole economies simulated.",
      functions: SupplyFunctions.all(context) + StakingFunctions.all + PositionFunctions.all + NodeFunctions.all
        + VotingFunctions.all + ProposalFunctions.all + PenaltyFunctions.all + ContributionRewardFunctions.all
        + RoleRewardFunctions.all + SimulationFunctions.all(context) + TokenPaperFunctions.all)
  }
}

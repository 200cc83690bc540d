import CLuaShim

/// Everything that a session's Lua has beyond the standard libraries.
enum Library {
  static func install(in machine: LuaMachine, context: RunContext, exit: @escaping (Int32) -> Void) throws {
    for type in [
      ResultObject.type(context), FrameObject.type(context), DataSetObject.type, NetworkObject.type, LayerObject.type,
      FederationObject.type(context),
      AggregatorObject.type,
      LedgerObject.type(context), DAOObject.type, SaleObject.type, ContractObject.type, CrowdfundingObject.type,
      ConsensusObject.type, PlotObject.type(context),
      TensorObject.type(context), NormalFormObject.type(context), StrategyObject.type, GameMethods.type(context),
      SymbolObject.type, UtilityFunctions.type, HiddenMarkovObject.type(context),
      MechanismMethods.type(context), AuditReport.type, CounterexampleObject.type,
      ReverseAuctionObject.type(context), ItemAuctionObject.type(context), EconomyMethods.type(context),
    ] {
      machine.register(type)
    }
    for module in [
      DataModule.module(context), TensorModule.module(context), FederationModule.module(context),
      GameModule.module(context),
      AuctionModule.module(context), PredictModule.module(context),
      AuditModule.module(context), LedgerModule.module(context), TokenModule.module(context),
      ConsensusModule.module(context),
      PlotModule.module(context), ScenarioModule.module(context),
      SessionModule(machine: machine, context: context).module, JSONModule.module,
    ] {
      machine.register(module)
    }
    machine.register(words: Words.all(machine, context))
    SymbolMathematics.install(in: machine)
    StandardOverrides.install(in: machine, context: context, exit: exit)
    try InitialGlobals.remember(in: machine)
  }
}

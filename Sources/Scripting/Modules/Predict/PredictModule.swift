/// `predict`: what competitors may bid next.
enum PredictModule {
  static func module(_ context: RunContext) -> Module {
    Module(
      name: "predict", summary: "bid histories as symbols, hidden Markov models, and what to judge them by",
      functions: LevelFunctions.all + [
        HiddenMarkovConstructor.function(context), OrderSelectionFunction.function(context),
        ComparisonFunction.function(context), TotalBidsFunction.function,
      ] + BidSplitFunctions.all)
  }
}

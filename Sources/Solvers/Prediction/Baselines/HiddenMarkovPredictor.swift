import Tensor

/// A hidden Markov model of the levels, with as many states as the information criterion finds worth their price.
struct HiddenMarkovPredictor: LevelPredictor {
  let model: HiddenMarkovModel
  /// The law of the next bid's state.
  private var law: [Double]

  init(
    _ history: BidHistory, states: [Int], criterion: InformationCriterion, options: BaumWelch.Options, seed: UInt64,
    cancellation: Cancellation
  ) throws {
    let selection = try OrderSelection(
      [history.levels], symbols: history.levelCount, states: states, criterion: criterion, options: options,
      seed: seed, cancellation: cancellation)
    model = selection.best.fit.model
    law = try model.forecast(after: history.levels, cancellation: cancellation).states
  }

  var forecast: [Double] { model.emitted(by: law) }

  mutating func observe(_ bid: Double, level: Int) {
    let joint = (0..<model.states).map { law[$0] * model.emission[$0, level] }
    // After what the model holds to be impossible, it begins anew.
    law = model.successor(of: StochasticLaw.normalised(joint) ?? model.initial)
  }
}

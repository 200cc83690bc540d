import Foundation
import Tensor
import Testing

@testable import Solvers

/// The recursions, held against their definitions.
@Suite struct HiddenMarkovTests {
  /// States and steps small enough to enumerate all paths; nine states need a second block of lanes.
  @Test(arguments: [(1, 5), (2, 7), (3, 6), (5, 4), (8, 3), (9, 4), (17, 3)])
  func recursionsAgreeWithEnumeration(states: Int, steps: Int) throws {
    for draw in 0..<10 {
      var stream = RandomStream(seed: 1, purpose: "enumeration", round: draw, client: states)
      let model = try HiddenMarkovModel.random(states, 4, &stream)
      let symbols = (0..<steps).map { _ in stream.integer(below: 4) }
      let paths = EnumeratedPaths(model, symbols)
      #expect(abs(try model.logLikelihood(of: symbols) - log(paths.likelihood)) < 1e-12)
      let posterior = try model.posterior(of: symbols)
      for step in 0..<steps { #expect(near(Array(posterior.states.row(step)), paths.posterior(step))) }
      #expect(near(try model.filtered(after: symbols).states, paths.posterior(steps - 1)))
      let path = try model.likeliestPath(of: symbols)
      #expect(abs(path.logProbability - log(paths.largest)) < 1e-12)
      let found = paths.paths.first { $0.states == path.states }
      #expect(abs((found?.probability ?? 0) / paths.largest - 1) < 1e-12)
    }
  }

  /// Many states and steps, against the textbook's recursion in plain scalars.
  @Test func longSequencesAgreeWithPlainScalars() throws {
    var stream = RandomStream(seed: 2, purpose: "plain scalars")
    let model = try HiddenMarkovModel.random(21, 6, &stream)
    let symbols = try model.sample(length: 3000, stream: &stream).symbols
    var law = model.initial
    var likelihood = 0.0
    for (step, symbol) in symbols.enumerated() {
      if step > 0 {
        law = (0..<21).map { next in (0..<21).reduce(0) { $0 + law[$1] * model.transition[$1, next] } }
      }
      law = (0..<21).map { law[$0] * model.emission[$0, symbol] }
      let sum = law.reduce(0, +)
      likelihood += log(sum)
      law = law.map { $0 / sum }
    }
    #expect(abs(try model.logLikelihood(of: symbols) - likelihood) < 1e-8)
    #expect(near(try model.filtered(after: symbols).states, law))
    let posterior = try model.posterior(of: symbols)
    for step in 0..<symbols.count { #expect(abs(posterior.states.row(step).reduce(0, +) - 1) < 1e-12) }
    #expect(abs(posterior.logLikelihood - likelihood) < 1e-8)
  }

  /// Where every state emits every symbol alike, a sequence's probability is that of a fair die.
  @Test func nothingUnderflows() throws {
    let model = try HiddenMarkovModel(
      initial: [0.2, 0.8], transition: Matrix(rows: 2, columns: 2, elements: [0.9, 0.1, 0.3, 0.7]),
      emission: Matrix(rows: 2, columns: 10, repeating: 0.1))
    let symbols = (0..<50_000).map { $0 % 10 }
    #expect(abs(try model.logLikelihood(of: symbols) / (50_000 * log(0.1)) - 1) < 1e-12)
    let path = try model.likeliestPath(of: symbols)
    #expect(path.states == Array(repeating: 1, count: 50_000) || path.logProbability >= 49_999 * log(0.09) + log(0.02))
    #expect(path.logProbability < (try model.logLikelihood(of: symbols)))
  }

  /// Each step 10^-200 or so: products of two leave the range of doubles.
  @Test func tinyProbabilitiesAreCarried() throws {
    let tiny = 1e-200
    let model = try HiddenMarkovModel(
      initial: [0.5, 0.5], transition: Matrix(rows: 2, columns: 2, repeating: 0.5),
      emission: Matrix(rows: 2, columns: 2, elements: [tiny, 1, tiny, 1]))
    let symbols = [0, 0, 0, 1, 0]
    #expect(abs(try model.logLikelihood(of: symbols) - 4 * log(tiny)) < 1e-9)
    #expect(abs(try model.likeliestPath(of: symbols).logProbability - 4 * log(tiny) - 5 * log(0.5)) < 1e-9)
    let posterior = try model.posterior(of: symbols)
    #expect(near(posterior.states.elements, Array(repeating: 0.5, count: 10)))
    // And expected counts survive it: nothing is learned, because nothing is to be learned.
    let options = try BaumWelch.Options(iterations: 1)
    let fit = try BaumWelch.fit([symbols], from: model, options: options)
    #expect(near(fit.model.transition.elements, Array(repeating: 0.5, count: 4)))
    #expect(near(fit.model.emission.elements, [0.8, 0.2, 0.8, 0.2]))
  }

  /// Of the likeliest path's probability, by its states one after another.
  @Test func pathsHaveTheProbabilityThatIsClaimed() throws {
    var stream = RandomStream(seed: 3, purpose: "paths")
    for states in [2, 6, 13] {
      let model = try HiddenMarkovModel.random(states, 5, &stream)
      let symbols = try model.sample(length: 400, stream: &stream).symbols
      func joint(_ path: [Int]) -> Double {
        var sum = log(model.initial[path[0]]) + log(model.emission[path[0], symbols[0]])
        for step in 1..<path.count {
          sum += log(model.transition[path[step - 1], path[step]]) + log(model.emission[path[step], symbols[step]])
        }
        return sum
      }
      let best = try model.likeliestPath(of: symbols)
      #expect(abs(joint(best.states) - best.logProbability) < 1e-9)
      let posterior = try model.posterior(of: symbols).states
      let stepwise = (0..<symbols.count).map { step in
        (0..<states).max { posterior[step, $0] < posterior[step, $1] } ?? 0
      }
      #expect(joint(stepwise) <= best.logProbability + 1e-9)
      for step in stride(from: 0, to: 400, by: 37) {
        var other = best.states
        other[step] = (other[step] + 1) % states
        #expect(joint(other) <= best.logProbability + 1e-9)
      }
    }
  }

  // MARK: Forecasts

  /// Pr[x | s] = Pr[s x] / Pr[s], for every symbol x; further ahead, the sum over what may lie between.
  @Test func forecastsAreRatiosOfLikelihoods() throws {
    var stream = RandomStream(seed: 4, purpose: "forecasts")
    let model = try HiddenMarkovModel.random(3, 4, &stream)
    let symbols = try model.sample(length: 30, stream: &stream).symbols
    let past = try model.logLikelihood(of: symbols)
    let next = try model.forecast(after: symbols).symbols
    for symbol in 0..<4 {
      #expect(abs(next[symbol] - exp(try model.logLikelihood(of: symbols + [symbol]) - past)) < 1e-12)
    }
    let later = try model.forecast(after: symbols, steps: 3).symbols
    for symbol in 0..<4 {
      var sum = 0.0
      for first in 0..<4 {
        for second in 0..<4 {
          sum += exp(try model.logLikelihood(of: symbols + [first, second, symbol]) - past)
        }
      }
      #expect(abs(later[symbol] - sum) < 1e-12)
    }
    let first = try model.forecast(after: []).symbols
    for symbol in 0..<4 { #expect(abs(first[symbol] - exp(try model.logLikelihood(of: [symbol]))) < 1e-12) }
    // Far ahead the chain has forgotten where it was.
    let far = try model.forecast(after: symbols, steps: 1_000_000)
    #expect(near(model.successor(of: far.states), far.states))
  }

  /// With the printed index a symbol says something about the state that is left.
  @Test func thePrintedRecursionIsAnotherModel() throws {
    let model = try HiddenMarkovModel.separated()
    let corrected = try model.filtered(after: [0, 0, 3]).states
    let printed = try model.filtered(after: [0, 0, 3], variant: .paper).states
    #expect(!near(corrected, printed, 0.01))
    // One symbol is read alike by both.
    #expect(near(try model.filtered(after: [2]).states, try model.filtered(after: [2], variant: .paper).states))
  }

  // MARK: Samples

  @Test func samplesRepeatAndFollowTheModel() throws {
    let model = try HiddenMarkovModel.separated()
    var (first, second) = (RandomStream(seed: 5, purpose: "sample"), RandomStream(seed: 5, purpose: "sample"))
    let drawn = try model.sample(length: 40_000, stream: &first)
    let again = try model.sample(length: 40_000, stream: &second)
    #expect(drawn.states == again.states && drawn.symbols == again.symbols)
    // Stays are independent with probability 0.95: six standard deviations of their mean are 0.0066.
    let stays = zip(drawn.states, drawn.states.dropFirst()).count { $0 == $1 }
    #expect(abs(Double(stays) / 39_999 - 0.95) < 6 * (0.95 * 0.05 / 39_999).squareRoot())
    // Given the state, the lesser pair comes with probability 0.04.
    let strays = zip(drawn.states, drawn.symbols).count { ($0 == 0) != ($1 < 2) }
    #expect(abs(Double(strays) / 40_000 - 0.04) < 6 * (0.04 * 0.96 / 40_000).squareRoot())
    let certain = try HiddenMarkovModel(
      initial: [0, 1], transition: Matrix(rows: 2, columns: 2, elements: [0, 1, 1, 0]),
      emission: Matrix(rows: 2, columns: 3, elements: [0, 0, 1, 0, 1, 0]))
    #expect(try certain.sample(length: 5, stream: &first).symbols == [1, 2, 1, 2, 1])
  }
}

import Foundation
import Tensor
import Testing

@testable import Solvers

@Suite struct BaumWelchTests {
  /// Expectation maximisation never goes down; rounding may, by a few units in the last place of the sum.
  @Test(arguments: [(1, 3), (2, 2), (3, 5), (8, 4), (11, 3)])
  func likelihoodNeverFalls(states: Int, symbols: Int) throws {
    for draw in 0..<5 {
      var stream = RandomStream(seed: 6, purpose: "ascent", round: draw, client: states)
      let truth = try HiddenMarkovModel.random(states, symbols, &stream)
      let sequences = try [60, 17, 1, 90].map { try truth.sample(length: $0, stream: &stream).symbols }
      let start = try HiddenMarkovModel.random(states, symbols, &stream)
      for smoothing in [0, 0.3] {
        let options = try BaumWelch.Options(iterations: 60, tolerance: 0, smoothing: smoothing)
        let fit = try BaumWelch.fit(sequences, from: start, options: options)
        for (before, after) in zip(fit.objectives, fit.objectives.dropFirst()) {
          #expect(after >= before - 1e-11 * abs(before))
        }
        let sum = try sequences.reduce(0) { $0 + (try fit.model.logLikelihood(of: $1)) }
        #expect(abs(sum - fit.logLikelihood) < 1e-9)
      }
    }
  }

  /// One iteration against the definition: expected counts by enumerating all paths.
  @Test func anIterationIsTheExpectationByEnumeration() throws {
    var stream = RandomStream(seed: 7, purpose: "one iteration")
    for states in [2, 3, 9] {
      let model = try HiddenMarkovModel.random(states, 3, &stream)
      let sequences = [[0, 2, 1, 1], [1, 0, 0], [2, 2]]
      let smoothing = 0.25
      var (first, moves, emitted) = (
        [Double](repeating: smoothing, count: states), Matrix(rows: states, columns: states, repeating: smoothing),
        Matrix(rows: states, columns: 3, repeating: smoothing)
      )
      for symbols in sequences {
        let paths = EnumeratedPaths(model, symbols)
        let transitions = paths.expectedTransitions()
        for state in 0..<states {
          first[state] += paths.posterior(0)[state]
          for next in 0..<states { moves[state, next] += transitions[state, next] }
        }
        for (step, symbol) in symbols.enumerated() {
          for (state, probability) in paths.posterior(step).enumerated() { emitted[state, symbol] += probability }
        }
      }
      let options = try BaumWelch.Options(iterations: 1, smoothing: smoothing)
      let fitted = try BaumWelch.fit(sequences, from: model, options: options).model
      func law(_ row: ArraySlice<Double>) -> [Double] { row.map { $0 / row.reduce(0, +) } }
      #expect(near(fitted.initial, law(first[...])))
      for state in 0..<states {
        #expect(near(Array(fitted.transition.row(state)), law(moves.row(state))))
        #expect(near(Array(fitted.emission.row(state)), law(emitted.row(state))))
      }
    }
  }

  /// With one state the likeliest emissions are the frequencies, reached at once.
  @Test func oneStateLearnsFrequencies() throws {
    let options = try BaumWelch.Options()
    let fit = try BaumWelch.fit(
      [[0, 0, 1, 2], [0, 1, 0, 0]], from: .sticky(states: 1, symbols: 4), options: options)
    #expect(near(fit.model.emission.elements, [0.625, 0.25, 0.125, 0]))
    #expect(fit.converged && fit.iterations == 2)
    let smoothed = try BaumWelch.fit(
      [[0, 0, 1, 2]], from: .sticky(states: 1, symbols: 4), options: BaumWelch.Options(smoothing: 1))
    #expect(near(smoothed.model.emission.elements, [0.375, 0.25, 0.25, 0.125]))
  }

  /// What is observed twice is twice as sure, and no different.
  @Test func repeatedSequencesTeachNothingNew() throws {
    var stream = RandomStream(seed: 8, purpose: "repeated")
    let start = try HiddenMarkovModel.random(3, 4, &stream)
    let symbols = try HiddenMarkovModel.random(3, 4, &stream).sample(length: 50, stream: &stream).symbols
    let options = try BaumWelch.Options(iterations: 20, tolerance: 0)
    let once = try BaumWelch.fit([symbols], from: start, options: options)
    let twice = try BaumWelch.fit([symbols, symbols], from: start, options: options)
    #expect(near(once.model.transition.elements, twice.model.transition.elements, 1e-9))
    #expect(abs(2 * once.logLikelihood - twice.logLikelihood) < 1e-8)
  }

  /// The states are told apart well, so that the estimate errs about as one that saw them: at most six standard
  /// deviations, sqrt(p (1 - p) / n) with n of about 10,000 steps in each state, which is 0.03 at p = 1/2.
  @Test func theModelBehindASampleIsFound() throws {
    var stream = RandomStream(seed: 9, purpose: "recovery")
    let truth = try HiddenMarkovModel.separated()
    let symbols = try truth.sample(length: 20_000, stream: &stream).symbols
    let options = try BaumWelch.Options(iterations: 200, restarts: 2)
    let fit = try BaumWelch.fit([symbols], from: .sticky(states: 2, symbols: 4), options: options)
    let order = fit.model.emission[0, 0] > fit.model.emission[1, 0] ? [0, 1] : [1, 0]
    for state in 0..<2 {
      for next in 0..<2 {
        #expect(abs(fit.model.transition[order[state], order[next]] - truth.transition[state, next]) < 0.03)
      }
      for symbol in 0..<4 {
        #expect(abs(fit.model.emission[order[state], symbol] - truth.emission[state, symbol]) < 0.03)
      }
    }
    // The likeliest model is at least as likely as the true one.
    #expect(fit.logLikelihood > (try truth.logLikelihood(of: symbols)))
  }

  @Test func restartsHelpAndRepeat() throws {
    var stream = RandomStream(seed: 10, purpose: "restarts")
    let symbols = try HiddenMarkovModel.random(4, 5, &stream).sample(length: 300, stream: &stream).symbols
    let start = try HiddenMarkovModel.sticky(states: 4, symbols: 5)
    let single = try BaumWelch.fit([symbols], from: start, options: BaumWelch.Options())
    let options = try BaumWelch.Options(restarts: 6)
    let many = try BaumWelch.fit([symbols], from: start, options: options, seed: 1)
    #expect(many.logLikelihood >= single.logLikelihood)
    #expect(many.startObjectives.count == 7)
    #expect(many.logLikelihood == many.startObjectives.compactMap { $0 }.max())
    #expect(many.startObjectives[many.start] == many.logLikelihood)
    let again = try BaumWelch.fit([symbols], from: start, options: options, seed: 1)
    #expect(again.model == many.model)
    let other = try BaumWelch.fit([symbols], from: start, options: options, seed: 2)
    #expect(other.startObjectives.dropFirst() != many.startObjectives.dropFirst())
  }

  /// Whoever climbs which start, the same bytes come out.
  @Test func threadsDoNotChangeTheFit() throws {
    var stream = RandomStream(seed: 12, purpose: "threads")
    let sequences = try (0..<3).map { _ in
      try HiddenMarkovModel.random(3, 4, &stream).sample(length: 80, stream: &stream).symbols
    }
    let start = try HiddenMarkovModel.sticky(states: 3, symbols: 4)
    let options = try BaumWelch.Options(iterations: 40, restarts: 9)
    let alone = try BaumWelch.fit(sequences, from: start, options: options, seed: 5)
    for threads in [2, 3, 16] {
      let together = try BaumWelch.fit(sequences, from: start, options: options, seed: 5, threads: threads)
      #expect(together.model == alone.model && together.start == alone.start)
      #expect(together.objectives == alone.objectives && together.startObjectives == alone.startObjectives)
    }
    let stopped = Cancellation { true }
    #expect(throws: Cancelled.self) {
      try BaumWelch.fit(sequences, from: start, options: options, threads: 4, cancellation: stopped)
    }
  }

  /// A start under which the sequences are impossible is passed over, by any number of threads.
  @Test func impossibleStartsArePassedOver() throws {
    let never = try HiddenMarkovModel(
      initial: [1, 0], transition: Matrix(rows: 2, columns: 2, elements: [1, 0, 0, 1]),
      emission: Matrix(rows: 2, columns: 2, elements: [1, 0, 0.5, 0.5]))
    for threads in [1, 4] {
      let fit = try BaumWelch.fit(
        [[0, 1, 0, 1]], from: never, options: BaumWelch.Options(restarts: 3), threads: threads)
      #expect(fit.startObjectives[0] == nil && fit.start > 0)
      #expect(throws: SolverError.self) {
        try BaumWelch.fit([[0, 1]], from: never, options: BaumWelch.Options(), threads: threads)
      }
    }
  }

  /// Nothing is ever learned of a state that cannot be reached, nor of a way that is barred.
  @Test func zerosStay() throws {
    let start = try HiddenMarkovModel(
      initial: [1, 0, 0], transition: Matrix(rows: 3, columns: 3, elements: [0.5, 0.5, 0, 0, 1, 0, 0.2, 0.3, 0.5]),
      emission: Matrix(rows: 3, columns: 2, elements: [0.9, 0.1, 0.2, 0.8, 0.5, 0.5]))
    let fit = try BaumWelch.fit([[0, 0, 1, 1, 0, 1]], from: start, options: BaumWelch.Options(iterations: 10))
    #expect(fit.model.transition[0, 2] == 0 && fit.model.transition[1, 0] == 0)
    #expect(Array(fit.model.transition.row(2)) == [0.2, 0.3, 0.5])
    #expect(Array(fit.model.emission.row(2)) == [0.5, 0.5])
  }

  // MARK: Numbers of states

  @Test func criteriaFindTheNumberOfStates() throws {
    var stream = RandomStream(seed: 11, purpose: "orders")
    let options = try BaumWelch.Options(restarts: 2)
    let two = try HiddenMarkovModel.separated().sample(length: 2000, stream: &stream).symbols
    let selected = try OrderSelection([two], symbols: 4, states: [1, 2, 3], options: options)
    #expect(selected.best.states == 2)
    // Independent throws of a die: every state beyond the first costs more than it explains.
    let throwing = (0..<1000).map { _ in stream.integer(below: 4) }
    #expect(try OrderSelection([throwing], symbols: 4, states: [1, 2, 3], options: options).best.states == 1)
    // AIC charges less than BIC from eight observations on.
    let aic = try OrderSelection([two], symbols: 4, states: [1, 2, 3], criterion: .aic, options: options)
    #expect(aic.best.states >= selected.best.states)
    let model = selected.best.fit.model
    #expect(model.freeParameters == 1 + 2 + 6)
    #expect(
      abs(selected.best.value(.bic) - (-2 * selected.best.fit.logLikelihood + 9 * log(2000))) < 1e-9)
    #expect(throws: SolverError.self) { try OrderSelection([two], symbols: 4, states: [], options: options) }
  }
}

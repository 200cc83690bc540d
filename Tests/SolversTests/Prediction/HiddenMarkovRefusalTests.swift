import Tensor
import Testing

@testable import Solvers

/// Models that are none, and sequences that cannot be.
@Suite struct HiddenMarkovRefusalTests {
  private func refusal(_ body: () throws -> Void) -> SolverError? {
    do {
      try body()
      return nil
    } catch {
      return error as? SolverError
    }
  }

  private func matrix(_ rows: [[Double]]) -> Matrix { Matrix(rows) ?? Matrix(rows: 0, columns: 0) }

  @Test func modelsMustBeStochastic() {
    func model(_ initial: [Double], _ transition: [[Double]], _ emission: [[Double]]) -> SolverError? {
      refusal {
        _ = try HiddenMarkovModel(initial: initial, transition: matrix(transition), emission: matrix(emission))
      }
    }
    let (even, half) = ([[0.5, 0.5], [0.5, 0.5]], [0.5, 0.5])
    #expect(model(half, even, even) == nil)
    let row = model(half, [[0.5, 0.5], [0.5, 0.25]], even)
    #expect(row?.reason == .notStochastic)
    #expect(row?.message == "row 2 of the transition probabilities must add to 1, but adds to 0.75")
    #expect(model([0.5, 0.25], even, even)?.message == "the initial probabilities must add to 1, but add to 0.75")
    #expect(model(half, even, [[1.5, -0.5], half])?.reason == .notStochastic)
    #expect(model(half, even, [[.nan, 1], half])?.reason == .notFinite)
    #expect(model(half, even, [[.infinity, 1], half])?.reason == .notFinite)
    #expect(model([], even, even)?.reason == .emptyInput)
    #expect(model([1], even, even)?.reason == .shapeMismatch)
    #expect(model(half, [[1, 0, 0], [0, 1, 0]], even)?.reason == .shapeMismatch)
    #expect(model(half, even, [[1]])?.reason == .shapeMismatch)
    #expect(refusal { _ = try HiddenMarkovModel.sticky(states: 0, symbols: 2) }?.reason == .invalidParameter)
    #expect(refusal { _ = try HiddenMarkovModel.sticky(states: 2, symbols: .max) }?.reason == .invalidParameter)
  }

  @Test func startsAreStochastic() throws {
    var stream = RandomStream(seed: 0, purpose: "starts")
    for (states, symbols) in [(1, 1), (1, 3), (3, 1), (2, 5), (5, 2), (9, 9)] {
      for model in [
        try HiddenMarkovModel.sticky(states: states, symbols: symbols),
        try HiddenMarkovModel.drawn(states: states, symbols: symbols, stream: &stream),
      ] {
        #expect(
          refusal {
            _ = try HiddenMarkovModel(
              initial: model.initial, transition: model.transition, emission: model.emission)
          } == nil)
      }
    }
    let square = try HiddenMarkovModel.sticky(states: 3, symbols: 3)
    #expect((0..<3).allSatisfy { square.transition[$0, $0] == 0.7 && square.emission[$0, $0] == 0.6 })
  }

  @Test func symbolsMustBeTheModels() throws {
    let model = try HiddenMarkovModel.separated()
    for symbols in [[0, 4], [0, -1], [0, .max], [0, .min]] {
      let refusal = refusal { _ = try model.logLikelihood(of: symbols) }
      #expect(refusal?.reason == .invalidParameter)
      #expect(refusal?.message.contains("step 2 of the sequence must be a symbol between 1 and 4") == true)
    }
    #expect(refusal { _ = try model.logLikelihood(of: []) }?.reason == .emptyInput)
    #expect(refusal { _ = try model.posterior(of: []) }?.reason == .emptyInput)
    #expect(refusal { _ = try model.likeliestPath(of: []) }?.reason == .emptyInput)
    let options = try BaumWelch.Options()
    #expect(refusal { _ = try BaumWelch.fit([[0], []], from: model, options: options) }?.reason == .emptyInput)
    #expect(refusal { _ = try BaumWelch.fit([], from: model, options: options) }?.reason == .emptyInput)
    let foreign = refusal { _ = try BaumWelch.fit([[0], [7]], from: model, options: options) }
    #expect(foreign?.message.contains("step 1 of sequence 2") == true)
    let few = refusal { _ = try BaumWelch.fit([[0]], from: model, options: options) }
    #expect(few?.message == "a model of 2 states needs as many observations at least, but there are 1")
  }

  /// From state 1 to state 2 for good, each with a symbol of its own; a third symbol that nobody emits.
  private func ratchet() throws -> HiddenMarkovModel {
    try HiddenMarkovModel(
      initial: [1, 0], transition: matrix([[0.5, 0.5], [0, 1]]), emission: matrix([[1, 0, 0], [0, 1, 0]]))
  }

  @Test func impossibleStepsAreNamed() throws {
    let model = try ratchet()
    let asked: [([Int]) throws -> Void] = [
      { _ = try model.logLikelihood(of: $0) }, { _ = try model.posterior(of: $0) },
      { _ = try model.likeliestPath(of: $0) }, { _ = try model.forecast(after: $0) },
      { _ = try BaumWelch.fit([$0], from: model, options: BaumWelch.Options()) },
    ]
    for ask in asked {
      #expect(refusal { try ask([0, 0, 1, 1]) } == nil)
      let back = refusal { try ask([0, 1, 0, 1]) }
      #expect(back?.reason == .zeroLikelihood)
      #expect(
        back?.message
          == "the sequence is impossible under the model: symbol 1 at step 3 has probability 0 in every state that "
          + "the steps before allow")
      let unseen = refusal { try ask([0, 2]) }
      #expect(unseen?.message.contains("symbol 3 at step 2 has probability 0 in every state") == true)
      #expect(refusal { try ask([1, 1]) }?.message.contains("symbol 2 at step 1") == true)
    }
    // Restarts may explain what the given start cannot.
    let options = try BaumWelch.Options(restarts: 2)
    let fit = try BaumWelch.fit([[0, 1, 0, 2]], from: model, options: options)
    #expect(fit.start > 0 && fit.startObjectives[0] == nil && fit.logLikelihood.isFinite)
    let printed = refusal { _ = try model.filtered(after: [1], variant: .paper) }
    #expect(printed?.reason == .zeroLikelihood)
  }

  /// Possible, but less probable than a double can say beside the rest.
  @Test func underflowIsNotCalledImpossible() throws {
    let tiny = Double.leastNonzeroMagnitude
    let model = try HiddenMarkovModel(
      initial: [1, 0], transition: matrix([[1, tiny], [tiny, 1]]), emission: matrix([[1, 0], [0, 1]]))
    let refusal = refusal { _ = try model.logLikelihood(of: [0, 1]) }
    #expect(refusal?.reason == .zeroLikelihood)
    #expect(refusal?.message.contains("is possible under the model, but at step 2") == true)
  }

  @Test func longComputationsCanBeInterrupted() throws {
    let model = try HiddenMarkovModel.separated()
    let symbols = Array(repeating: 0, count: 100_000)
    let stop = Cancellation { true }
    #expect(throws: Cancelled.self) { try model.logLikelihood(of: symbols, cancellation: stop) }
    #expect(throws: Cancelled.self) { try model.likeliestPath(of: symbols, cancellation: stop) }
    #expect(throws: Cancelled.self) { try model.posterior(of: symbols, cancellation: stop) }
    let options = try BaumWelch.Options()
    #expect(throws: Cancelled.self) { try BaumWelch.fit([symbols], from: model, options: options, cancellation: stop) }
  }
}

import Testing

@testable import Solvers

@Suite struct FiniteGameTests {
  @Test(arguments: [[2, 3], [3, 2, 4], [1, 3, 2, 2], [5]])
  func deviationsAreExpectationsOverProfiles(counts: [Int]) throws {
    let game = try Games.random(counts, seed: 1)
    let profile = Games.randomProfile(counts, seed: 2)
    let state = game.assess(profile)
    for player in counts.indices {
      #expect(abs(state.utilities[player] - Games.expected(game, player, profile)) < 1e-12)
      let best = (0..<counts[player]).map { strategy in
        var deviation = profile
        deviation[player] = (0..<counts[player]).map { $0 == strategy ? 1 : 0 }
        return Games.expected(game, player, deviation)
      }
      #expect(abs(state.regrets[player] - ((best.max() ?? 0) - state.utilities[player])) < 1e-12)
      let answers = game.bestResponses(of: player, against: profile)
      #expect(answers == [best.firstIndex(of: best.max() ?? 0) ?? -1])
    }
  }

  @Test func pureEquilibriaHaveNoRegretAndNothingElseHas() throws {
    for seed in 0..<20 as Range<UInt64> {
      let game = try Games.random([3, 2, 3], seed: seed, whole: 4)
      let found = try game.pureEquilibria().map(\.profile)
      for index in 0..<game.profileCount {
        let profile = game.pureProfile(game.strategies(ofProfile: index))
        #expect(found.contains(profile) == (game.assess(profile).maximumRegret == 0))
      }
    }
    #expect(try Games.scissors().pureEquilibria().isEmpty)
  }

  @Test func badGamesAreRefused() throws {
    func kind(_ make: () throws -> FiniteGame) -> SolverErrorKind? {
      do { _ = try make() } catch let error as SolverError { return error.reason } catch {}
      return nil
    }
    #expect(kind { try FiniteGame(strategyCounts: [], utilities: []) } == .emptyInput)
    #expect(kind { try FiniteGame(strategyCounts: [2, 0], utilities: [[], []]) } == .emptyInput)
    #expect(kind { try FiniteGame(strategyCounts: [2, -1], utilities: [[], []]) } == .emptyInput)
    #expect(kind { try FiniteGame(strategyCounts: [2], utilities: [[1]]) } == .shapeMismatch)
    #expect(kind { try FiniteGame(strategyCounts: [2], utilities: [[1, .nan]]) } == .notFinite)
    #expect(kind { try FiniteGame(strategyCounts: [2], utilities: [[1, 1e200]]) } == .invalidParameter)
    #expect(kind { try FiniteGame(strategyCounts: [1 << 40, 1 << 40], utilities: [[], []]) } == .invalidParameter)
    #expect(kind { try Games.bimatrix([[1, 2]], [[1], [2]]) } == .shapeMismatch)
    #expect(kind { try Games.bimatrix([], []) } == .emptyInput)
    let game = try Games.dilemma()
    #expect(throws: SolverError.self) { try game.checkedProfile([[0.5, 0.4], [1, 0]]) }
    #expect(throws: SolverError.self) { try game.checkedProfile([[1.5, -0.5], [1, 0]]) }
    #expect(throws: SolverError.self) { try game.checkedProfile([[1, 0]]) }
    #expect(throws: SolverError.self) { try Games.random([2, 2, 2], seed: 0).equilibria(by: .lemkeHowson) }
    #expect(throws: SolverError.self) { try Games.dilemma().lemkeHowson(label: 4) }
    #expect(throws: SolverError.self) { try Games.random([25, 2], seed: 0).supportEnumeration() }
    #expect(throws: SolverError.self) { try Games.dilemma().zeroSumEquilibrium() }
  }
}

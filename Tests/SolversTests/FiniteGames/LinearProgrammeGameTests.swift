import Testing

@testable import Solvers

/// What linear programmes say of games.
@Suite struct LinearProgrammeGameTests {
  @Test func valuesOfZeroSumGames() throws {
    // Matching pennies with a stake: p solves p a + (1-p) c = p b + (1-p) d.
    let game = try Games.zeroSum([[2, -1], [-1, 1]])
    let found = try game.zeroSumEquilibrium()
    #expect(abs(found.utilities[0] - 0.2) < 1e-9)
    #expect(Games.isSame(found.profile, [[0.4, 0.6], [0.4, 0.6]]))
    // Adding a constant to one side leaves the game constant-sum.
    #expect(
      try abs(Games.bimatrix([[3, 0], [0, 2]], [[7, 10], [10, 8]]).zeroSumEquilibrium().utilities[0] - 1.2) < 1e-9)
    for seed in 0..<20 as Range<UInt64> {
      let random = try Games.random([6, 9], seed: seed)
      let zeroSum = try FiniteGame(
        strategyCounts: [6, 9], utilities: [random.utilities[0], random.utilities[0].map { -$0 }])
      let solution = try zeroSum.zeroSumEquilibrium()
      #expect(solution.maximumRegret < 1e-8)
      let other = try zeroSum.lemkeHowson(label: 0)
      #expect(abs(other.utilities[0] - solution.utilities[0]) < 1e-8)
    }
  }

  @Test func aumannsChicken() throws {
    let game = try Games.chicken()
    // Welfare is largest with 1/2 on both daring not, 1/4 on each asymmetric profile: 21/2 together (Aumann 1974).
    let best = try game.correlatedEquilibrium(objective: .welfare)
    #expect(abs(best.utilities.reduce(0, +) - 10.5) < 1e-8)
    #expect(best.maximumRegret < 1e-8)
    let worst = try game.correlatedEquilibrium(objective: .leastWelfare)
    let coarse = try game.correlatedEquilibrium(objective: .welfare, coarse: true)
    #expect(worst.utilities.reduce(0, +) < best.utilities.reduce(0, +))
    #expect(coarse.utilities.reduce(0, +) >= best.utilities.reduce(0, +) - 1e-9)
    #expect(coarse.maximumRegret < 1e-8)
  }

  @Test(arguments: [[2, 2], [3, 3], [2, 3, 2], [2, 2, 2, 2]])
  func correlatedEquilibriaBoundNashEquilibria(counts: [Int]) throws {
    for seed in 0..<8 as Range<UInt64> {
      let game = try Games.random(counts, seed: seed)
      let best = try game.correlatedEquilibrium(objective: .welfare)
      let worst = try game.correlatedEquilibrium(objective: .leastWelfare)
      let fair = try game.correlatedEquilibrium(objective: .egalitarian)
      for law in [best, worst, fair] {
        #expect(law.maximumRegret < 1e-7)
        #expect(abs(law.probabilities.reduce(0, +) - 1) < 1e-12)
      }
      let nash = try counts.count == 2 ? game.supportEnumeration().equilibria : game.pureEquilibria()
      for equilibrium in nash {
        let welfare = equilibrium.utilities.reduce(0, +)
        #expect(welfare <= best.utilities.reduce(0, +) + 1e-7 && welfare >= worst.utilities.reduce(0, +) - 1e-7)
        #expect((equilibrium.utilities.min() ?? 0) <= (fair.utilities.min() ?? 0) + 1e-7)
      }
    }
  }

  @Test func dominanceByMixturesNeedsTheProgramme() throws {
    // The middle row is worse than half of each other row, and than neither alone.
    let game = try Games.bimatrix([[4, 0], [1, 1], [0, 4]], [[1, 0], [0, 1], [1, 0]])
    #expect(try game.iteratedDominance(mixed: false).eliminated.isEmpty)
    let report = try game.iteratedDominance()
    #expect(report.eliminated.first?.strategy == 1 && report.eliminated.first?.player == 0)
    let by = report.eliminated.first?.dominatedBy ?? []
    // With a of the first row, 4a > 1 and 4 (1 - a) > 1.
    #expect(by[1] == 0 && by[0] > 0.25 && by[0] < 0.75)
    // Without it the left column is better, and then the first row.
    #expect(report.survivors == [[0], [0]])
    #expect(report.rounds == 3)
    #expect(try game.restricted(to: report.survivors).utilities == [[4], [1]])
  }

  @Test func equilibriaSurviveElimination() throws {
    for seed in 0..<20 as Range<UInt64> {
      let game = try Games.random([4, 4], seed: seed)
      let survivors = try game.iteratedDominance().survivors
      for equilibrium in try game.supportEnumeration().equilibria {
        for player in 0..<2 {
          for strategy in 0..<4 where equilibrium.profile[player][strategy] > 0 {
            #expect(survivors[player].contains(strategy))
          }
        }
      }
    }
  }

  @Test func infeasibleAndUnboundedProgrammes() throws {
    var infeasible = LinearProgram(objective: [1])
    infeasible.addRow([(0, 1)], .atMost(-1))
    #expect(try infeasible.solve().map(\.value) == nil)
    let unbounded = LinearProgram(objective: [1])
    #expect(throws: SolverError.self) { try unbounded.solve() }
  }
}

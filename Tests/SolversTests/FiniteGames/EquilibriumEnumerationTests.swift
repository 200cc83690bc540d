import Tensor
import Testing

@testable import Solvers

@Suite struct EquilibriumEnumerationTests {
  @Test(arguments: EquilibriumMethod.allCases)
  func gamesOfTheLiterature(method: EquilibriumMethod) throws {
    #expect(try Games.dilemma().equilibria(by: method).equilibria.map(\.profile) == [[[0, 1], [0, 1]]])
    let third = 1.0 / 3
    let even = try Games.scissors().equilibria(by: method).equilibria
    #expect(even.count == 1)
    #expect(Games.isSame(even[0].profile, [[third, third, third], [third, third, third]]))
  }

  @Test(arguments: [EquilibriumMethod.supportEnumeration, .vertexEnumeration])
  func vonStengelsGameHasItsThree(method: EquilibriumMethod) throws {
    let found = try Games.vonStengel().equilibria(by: method)
    #expect(!found.isDegenerate && found.equilibria.count == 3)
    let third = 1.0 / 3
    let expected: [[[Double]]] = [
      [[1, 0, 0], [1, 0]], [[0.8, 0.2, 0], [2 * third, third]], [[0, third, 2 * third], [third, 2 * third]],
    ]
    for profile in expected { #expect(found.equilibria.contains { Games.isSame($0.profile, profile) }, "\(profile)") }
  }

  @Test func aDegenerateGameIsCalledSo() throws {
    let game = try Games.degenerate()
    for method in [EquilibriumMethod.supportEnumeration, .vertexEnumeration] {
      #expect(try game.equilibria(by: method).isDegenerate, "\(method)")
    }
    // The extreme equilibria that the source lists.
    let extreme = try game.vertexEnumeration().equilibria
    #expect(extreme.count == 3)
    let third = 1.0 / 3
    let expected: [[[Double]]] = [
      [[1, 0, 0], [1, 0]], [[1, 0, 0], [2 * third, third]], [[0, third, 2 * third], [third, 2 * third]],
    ]
    for profile in expected { #expect(extreme.contains { Games.isSame($0.profile, profile) }, "\(profile)") }
    let constant = try Games.bimatrix([[1, 1], [1, 1]], [[0, 0], [0, 0]])
    #expect(try constant.supportEnumeration().isDegenerate)
    #expect(try constant.vertexEnumeration().equilibria.count == 4)
    #expect(try constant.lemkeHowsonAllLabels().isDegenerate)
  }

  /// A singular system of equations that an equilibrium satisfies.
  @Test func aSingularSupportShowsDegeneracy() throws {
    let game = try Games.bimatrix([[1, 1, 0], [1, 1, 0], [0, 0, 0]], [[2, 2, 0], [2, 2, 0], [0, 0, 1]])
    #expect(try game.supportEnumeration().isDegenerate)
  }

  /// Whole payoffs from 0...2 make ties the rule; the methods must end, and what they find must be equilibria.
  @Test func lemkeHowsonEndsInGamesFullOfTies() throws {
    for seed in 0..<60 as Range<UInt64> {
      let game = try Games.random([4, 5], seed: seed, whole: 3)
      for method in EquilibriumMethod.allCases {
        let found = try game.equilibria(by: method).equilibria
        #expect(!found.isEmpty && found.allSatisfy { $0.maximumRegret < 1e-8 }, "\(method) \(seed)")
      }
      // A path ends in an extreme equilibrium, so the vertices must have it.
      let extreme = try game.vertexEnumeration().equilibria
      for end in try game.lemkeHowsonAllLabels().equilibria {
        #expect(extreme.contains { Games.isSame($0.profile, end.profile) }, "\(seed)")
      }
    }
  }

  @Test(arguments: [[2, 2], [3, 4], [5, 3], [6, 6], [1, 4], [7, 7]])
  func enumerationsAgreeOnRandomGames(counts: [Int]) throws {
    for seed in 0..<12 as Range<UInt64> {
      let game = try Games.random(counts, seed: seed)
      let supports = try game.supportEnumeration()
      let vertices = try game.vertexEnumeration()
      #expect(Games.isSameSet(supports.equilibria, vertices.equilibria), "\(counts) \(seed)")
      // Wilson 1971: a game that is not degenerate has an odd number.
      #expect(supports.equilibria.count % 2 == 1 && !supports.isDegenerate && !vertices.isDegenerate)
      #expect(supports.equilibria.allSatisfy { $0.maximumRegret < 1e-10 })
      for end in try game.lemkeHowsonAllLabels().equilibria {
        #expect(supports.equilibria.contains { Games.isSame($0.profile, end.profile) }, "\(counts) \(seed)")
      }
    }
  }

  @Test func unitsOfPayoffsDoNotMatter() throws {
    let game = try Games.random([4, 4], seed: 3)
    for (scale, shift) in [(1e-140, 0.0), (1e140, 0), (1, 1e6)] {
      let scaled = try FiniteGame(
        strategyCounts: [4, 4], utilities: [game.utilities[0].map { $0 * scale + shift }, game.utilities[1]])
      #expect(
        try Games.isSameSet(scaled.supportEnumeration().equilibria, game.supportEnumeration().equilibria), "\(scale)")
    }
  }

  @Test func enumerationCanBeInterrupted() throws {
    let game = try Games.random([12, 12], seed: 0)
    for method in EquilibriumMethod.allCases {
      #expect(throws: Cancelled.self) { try game.equilibria(by: method, cancellation: Cancellation { true }) }
    }
  }
}

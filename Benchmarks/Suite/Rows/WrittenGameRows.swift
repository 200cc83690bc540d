import Foundation
import Scripting
import Tensor

extension BenchmarkRow {
  /// Games and utilities that a script writes.
  static let writtenGames = [tracedUtility, tullock]

  /// A member's utility and its gradient at a million points: traced, against the loop that one would write by hand, and
  /// against calling the Lua function, which gives no gradient.
  private static let tracedUtility = BenchmarkRow(name: "traced-utility", unit: "ns/point", better: .smaller) { _ in
    let points = MemberUtilityPoints(count: 1_000_000)
    let traced = try TracedMemberUtility()
    let script = try CalledMemberUtility()
    func nanoseconds(_ count: Int, _ body: () throws -> Void) rethrows -> Double {
      try CPUTime.seconds(body) * 1e9 / Double(count)
    }
    return Contest(
      ours: { try nanoseconds(points.count) { try traced.run(on: points) } },
      peers: [
        Contestant(name: "a Swift loop written by hand") {
          nanoseconds(points.count) { points.runByHand() }
        },
        Contestant(name: "the Lua function, values alone") {
          try nanoseconds(points.count) { try script.run(times: points.count) }
        },
      ])
  }

  /// The equilibrium of a contest that is written in Lua, with everybody's regret and the diagnostics.
  private static let tullock = BenchmarkRow(name: "tullock-10", unit: "CPU ms/game", better: .smaller) { peers in
    let session = try Session(options: SessionOptions()) { _ in }
    func run(_ text: String) throws {
      guard session.execute(text, name: "benchmark") == .succeeded else { throw BenchmarkError("failed: \(text)") }
    }
    try run(
      """
      local players = {}
      for i = 1, 10 do players[i] = { name = "contestant " .. i, strategy = { 0, 1 / (1 + 0.01 * (i - 1)) } } end
      contest = game.game{ players = players, utility = function(x, p, i)
        local all = 1e-12
        for j = 1, #x do all = all + x[j] end
        return x[i] / all - (1 + 0.01 * (i - 1)) * x[i]
      end }
      """)
    let games = 10
    return Contest(
      ours: {
        try CPUTime.seconds {
          try run("for _ = 1, \(games) do assert(contest:solve{ starts = 1 }.converged) end")
        } * 1000 / Double(games)
      }, peers: try peers.games("tullock-10", count: 1))
  }
}

/// U = alpha log(1 + k e / (k e + rest)) - cost k^2 f - z e, over the iterations k and the budgets e of many members.
private final class MemberUtilityPoints {
  let count: Int
  let iterations: UnsafeMutablePointer<Double>
  let budgets: UnsafeMutablePointer<Double>
  let results: [UnsafeMutablePointer<Double>]
  static let constants = [3, 0.7, 0.2, 1.1, 0.4]

  init(count: Int) {
    self.count = count
    iterations = .allocate(capacity: count)
    budgets = .allocate(capacity: count)
    for index in 0..<count {
      iterations[index] = 0.1 + Double(index % 1000) / 1000
      budgets[index] = 0.2 + Double(index / 1000) / 1000
    }
    results = (0..<3).map { _ in
      let place = UnsafeMutablePointer<Double>.allocate(capacity: count)
      place.initialize(repeating: 0, count: count)
      return place
    }
  }

  deinit {
    for place in [iterations, budgets] + results { place.deallocate() }
  }

  @inline(never)
  func runByHand() {
    let (alpha, rest, cost, f, z) = (
      Self.constants[0], Self.constants[1], Self.constants[2], Self.constants[3], Self.constants[4]
    )
    let (values, byIterations, byBudget) = (results[0], results[1], results[2])
    for index in 0..<count {
      let (k, e) = (iterations[index], budgets[index])
      let sum = k * e + rest
      let share = k * e / sum
      values[index] = alpha * Foundation.log(1 + share) - cost * k * k * f - z * e
      let slope = alpha * rest / (sum * sum * (1 + share))
      byIterations[index] = slope * e - 2 * cost * f * k
      byBudget[index] = slope * k - z
    }
  }
}

private final class TracedMemberUtility {
  private let evaluator: Evaluator<Double>

  init() throws {
    let graph = FormulaGraph()
    let names = ["k", "e", "alpha", "rest", "cost", "f", "z"]
    let x = names.map { graph.input($0) }
    let (k, e) = (x[0], x[1])
    let earned = try x[2] * log(1 + k * e / (k * e + x[3]))
    let utility = try earned - x[4] * k * k * x[5] - x[6] * e
    evaluator = Evaluator(try Program([utility] + utility.gradient(by: [k, e])))
  }

  func run(on points: MemberUtilityPoints) throws {
    let arguments: [ProgramArgument<Double>] =
      [.column(points.iterations), .column(points.budgets)] + MemberUtilityPoints.constants.map { .constant($0) }
    try arguments.withUnsafeBufferPointer { arguments in
      try points.results.withUnsafeBufferPointer {
        try evaluator.evaluate(count: points.count, arguments, into: $0)
      }
    }
  }
}

private final class CalledMemberUtility {
  private let session: Session

  init() throws {
    session = try Session(options: SessionOptions()) { _ in }
  }

  func run(times: Int) throws {
    let text = """
      local p = { alpha = 3, rest = 0.7, cost = 0.2, f = 1.1, z = 0.4 }
      local function utility(x, p)
        return p.alpha * math.log(1 + x.k * x.e / (x.k * x.e + p.rest)) - p.cost * x.k * x.k * p.f - p.z * x.e
      end
      local x = { k = 0.1, e = 0.2 }
      for i = 1, \(times) do
        x.k, x.e = 0.1 + i % 1000 / 1000, 0.2 + i // 1000 / 1000
        local u = utility(x, p)
      end
      """
    guard session.execute(text, name: "benchmark") == .succeeded else { throw BenchmarkError("failed: \(text)") }
  }
}

import Scripting
import Solvers

extension BenchmarkRow {
  /// How often an auditor asks: a second price of five bidders, built in and written in Lua.
  static let audits = [builtIn, written(threads: 1), written(threads: 2)]

  /// On two threads, which together ask twice as often as this figure says.
  private static let builtIn = BenchmarkRow(name: "audit-second-price", unit: "evaluations/CPU s", better: .larger) {
    _ in
    var options = AuditOptions(budget: .trials(20_000), threads: 2)
    options.properties = [.individualRationality, .incentiveCompatibility, .weakBudgetBalance]
    let auditor = MechanismAuditor(SecondPriceOfFive(), options: options)
    return Contest(ours: {
      var evaluations = 0
      let seconds = try CPUTime.seconds { evaluations = try auditor.run().evaluations }
      return Double(evaluations) / seconds
    })
  }

  /// The same rule in Lua: on its one thread, and on two, each with a copy of it.
  private static func written(threads: Int) -> BenchmarkRow {
    BenchmarkRow(
      name: threads == 1 ? "audit-lua" : "audit-lua-copies", unit: "evaluations/CPU s", better: .larger
    ) { _ in try auditOfFive(threads: threads) }
  }

  private static func auditOfFive(threads: Int) throws -> Contest {
    var answer = ""
    var options = SessionOptions()
    options.threads = threads
    let session = try Session(options: options) { event in
      if case .result(let value) = event { answer = value.text }
    }
    func run(_ text: String) throws {
      guard session.execute(text, name: "benchmark") == .succeeded else { throw BenchmarkError("failed: \(text)") }
    }
    try run(
      """
      five = auction.mechanism{ bidders = 5, rule = function(bids)
        local winner, highest, price = 0, -1, 0
        for i, bid in ipairs(bids) do
          if bid > highest then winner, highest, price = i, bid, math.max(0, highest) elseif bid > price then price = bid end
        end
        return { winner = winner, price = price }
      end }
      """)
    return Contest(ours: {
      let seconds = try CPUTime.seconds {
        try run("five:audit{ trials = 5000, properties = { \"ir\", \"ic\", \"weak_bb\" } }.evaluations")
      }
      guard let evaluations = Double(answer) else { throw BenchmarkError("no number of evaluations: \(answer)") }
      return evaluations / seconds
    })
  }
}

/// One thing for the highest of five bids, at the second.
private struct SecondPriceOfFive: ConcurrentMechanism {
  let name = "second price"
  let participants = Participant.each("bidder", count: 5, space: .number("value", 0...1))

  func settle(_ reports: Profile, into outcome: inout MechanismOutcome) throws {
    var (winner, highest, next) = (0, -1.0, 0.0)
    for bidder in reports.values.indices {
      let bid = reports.values[bidder]
      if bid > highest { (winner, highest, next) = (bidder, bid, max(0, highest)) } else { next = max(next, bid) }
    }
    outcome.coefficients.values[winner] = 1
    outcome.payments[winner] = next
  }
}

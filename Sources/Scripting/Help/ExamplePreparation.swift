/// What the names in examples stand for. An example says what one would type in the middle of some work; what comes
/// before it is here, so that every one can be run as it stands.
struct ExamplePreparation {
  /// A name, the code that makes it, and the names that this code needs.
  private struct Step {
    let name: String
    let code: String
    var needs: [String] = []
  }

  private static let steps = [
    Step(name: "digits", code: "digits = data.digits{ train = 200, test = 50 }"),
    Step(name: "fed", code: "fed = fl.federation{ data = digits, clients = 2 }", needs: ["digits"]),
    Step(name: "solution", code: "solution = game.iisg{ federation = fed }", needs: ["fed"]),
    Step(
      name: "duopoly",
      code: """
        duopoly = game.game{
          players = { "left", "right" }, strategy = { 0, 10 }, parameters = { demand = 10, cost = 1 },
          utility = function(x, p, i) return x[i] * (p.demand - x.left - x.right) - p.cost * x[i] end,
        }
        """),
    Step(
      name: "second",
      code: """
        second = auction.mechanism{ bidders = 3, rule = function(bids)
          local best, price = 1, 0
          for i = 2, #bids do
            if bids[i] > bids[best] then best, price = i, bids[best] else price = math.max(price, bids[i]) end
          end
          return { winner = best, price = price }
        end }
        """),
    Step(
      name: "first",
      code: """
        first = auction.mechanism{ bidders = 2, rule = function(bids)
          return { winner = bids[1] >= bids[2] and 1 or 2, price = math.max(bids[1], bids[2]) }
        end }
        """),
    Step(
      name: "profit",
      code: "profit = game.utility(function(x, p) return x.k * (p.demand - x.k) - 0.1 * math.exp(x.k) end)"),
    Step(
      name: "book",
      code: """
        book = ledger.create{}
        book:open_account{ name = "MSP 1", amount = 1000 }
        book:open_account{ name = "MSP 2", amount = 1000 }
        """),
    Step(
      name: "dao", code: "dao = book:dao{ name = \"Aurora\", members = fed:members().name }", needs: ["book", "fed"]),
    Step(
      name: "nft", code: "nft = dao:mint{ federation = fed, contributions = solution.quality_ratios }",
      needs: ["dao", "fed", "solution"]),
    Step(name: "sale", code: "sale = book:auction{ name = \"open\" }", needs: ["book"]),
    Step(
      name: "jar",
      code: """
        jar = book:deploy{ by = "MSP 1", name = "jar", source = [[
          function init() storage.tips = 0 end
          function tip() storage.tips = storage.tips + 1 return storage.tips end
        ]] }
        """, needs: ["book"]),
    Step(name: "round", code: "round = ledger.crowdfunding{ name = \"spring\" }"),
  ]

  /// The code that an example needs before it, in order; empty where it stands on its own.
  let code: [String]

  init(for example: String) {
    let words = Set(example.matches(of: /[A-Za-z_][A-Za-z0-9_]*/).map { String($0.output) })
    var needed: Set<String> = []
    // Later steps need earlier ones, never the other way round.
    for step in Self.steps.reversed() where words.contains(step.name) || needed.contains(step.name) {
      needed.insert(step.name)
      needed.formUnion(step.needs)
    }
    code = Self.steps.filter { needed.contains($0.name) }.map(\.code)
  }
}

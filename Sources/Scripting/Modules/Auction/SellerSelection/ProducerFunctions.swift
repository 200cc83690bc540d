import Solvers

/// Who produces the next block.
enum ProducerFunctions {
  static var all: [Function] { [chances, winner] }

  private static let revenues = Parameter.numbers("revenues", "what each server earned, at least 0", unit: "money")
  private static let errors = ["EmptyInput", "NonFinite", "Negative", "OutOfRange"]

  private static var chances: Function {
    let variant = Parameter<ProducerLottery>.choice(
      "variant", "in proportion to revenue; as printed; drawn again until somebody is; weighted among those drawn",
      default: .proportional)
    return Function(
      Signature(
        "auction.producer_chances", "Each server's chance to produce the next block, by its share of the revenue.",
        [revenues, variant], result: "a table with probabilities and none, the chance that nobody does",
        errors: errors, source: "TBCIM II-A",
        example: "auction.producer_chances{ revenues = { 5, 3, 2 }, variant = \"paper\" }.none")
    ) { arguments in
      let chances = try arguments[variant].chances(revenues: arguments[revenues])
      return .record(["probabilities": .numbers(chances.servers), "none": .number(chances.nobody)])
    }
  }

  private static var winner: Function {
    let threshold = Parameter<Double>.number("threshold", "r, from 0 to 1: shares must exceed it")
    let pick = Parameter<Double>.number("pick", "u, at least 0 and below 1: which of those that do")
    return Function(
      Signature(
        "auction.producer", "Whom the printed proof of stake picks, given the two numbers it draws.",
        [revenues, threshold, pick], result: "the server, from 1, or nil for nobody", errors: errors,
        source: "TBCIM II-A", example: "auction.producer{ revenues = { 5, 3, 2 }, threshold = 0.25, pick = 0.6 }")
    ) { arguments in
      let winner = try ProducerLottery.printedWinner(
        revenues: arguments[revenues], threshold: arguments[threshold], pick: arguments[pick])
      return winner.map { .integer($0 + 1) } ?? .none
    }
  }
}

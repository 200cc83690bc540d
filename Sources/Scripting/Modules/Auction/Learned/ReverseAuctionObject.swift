import Solvers
import Tensor

/// A learned reverse auction that scripts hold, run and measure.
final class ReverseAuctionObject: ScriptObject {
  static let typeName = "reverse_auction"
  let network: ReverseAuctionNetwork
  /// How it was trained, if it was trained here.
  let history: LearningHistory

  init(_ network: ReverseAuctionNetwork, history: LearningHistory = LearningHistory()) {
    self.network = network
    self.history = history
  }

  static func type(_ context: RunContext) -> ObjectType {
    ObjectType(
      ReverseAuctionObject.self, "a learned auction in which a buyer buys data from several sellers",
      methods: ReverseAuctionMethods.all(context),
      fields: [
        TypedField("sellers", "how many") { .integer($0.network.design.sellers.count) },
        TypedField("history", "a result with iteration, objective, regret and multiplier as columns") {
          .object($0.history.result(objective: "objective"))
        },
        TypedField("allocation", "the allocation network: a list of layers with weights and biases") {
          PerceptronText.value($0.network.allocation)
        },
        TypedField("payment", "the payment network") { PerceptronText.value($0.network.payment) },
      ],
      describe: { $0.text })
  }

  private var text: String {
    let design = network.design
    let widths = network.allocation.layers.dropLast().map { String($0.biases.count) }.joined(separator: ", ")
    let title =
      "learned reverse auction of \(design.sellers.count) sellers (\(design.head.rawValue) head, "
      + "\(design.payment.rawValue) payment, hidden layers of \(widths))"
    guard !history.iterations.isEmpty else { return title }
    return "\(title)\n  after \(history.iterations.last ?? 0) iterations: \(history.note(objective: "objective"))"
  }
}

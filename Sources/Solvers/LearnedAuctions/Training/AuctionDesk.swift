/// What one thread needs for itself while it works on a batch: a rule whose room nobody else writes to, and rows for what
/// is thrown away after every step.
struct AuctionDesk<Rule: AuctionRule> {
  let rule: Rule
  private let room: ProfileBuffer<Rule.Lanes>

  init(rule: Rule) {
    self.rule = rule
    room = ProfileBuffer(count: 2 * rule.reportWidth + rule.bidders, zero: .zero)
  }

  /// By how much a misreport differs from the truth, number by number.
  var changes: UnsafeMutablePointer<Rule.Lanes> { room.base }
  /// A utility's derivatives by the numbers of a misreport.
  var slopes: UnsafeMutablePointer<Rule.Lanes> { room.base + rule.reportWidth }
  /// How much every bidder's utility counts in the loss.
  var utilityWeights: UnsafeMutablePointer<Rule.Lanes> { room.base + 2 * rule.reportWidth }
}

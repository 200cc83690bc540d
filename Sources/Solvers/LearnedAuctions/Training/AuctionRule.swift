/// How an auction reads its networks' outputs: who gets what, who pays what, and the derivatives of both.
///
/// All places are in the region of one tile; see `RuleRegion`. A participant's own outcome may be computed alone, which
/// is all that its own misreports need.
protocol AuctionRule {
  associatedtype Lanes: ProfileLanes

  /// Who takes part, and how many numbers each reports.
  var bidders: Int { get }
  var reportWidth: Int { get }
  var allocationOutputs: Int { get }
  /// Lanes that the rule keeps for itself in a region.
  var regionCount: Int { get }
  /// The bounds of every report.
  var lows: [Lanes.Number] { get }
  var highs: [Lanes.Number] { get }
  /// What the networks see: (report - shift) / scale.
  var shifts: [Lanes.Number] { get }
  var inverseScales: [Lanes.Number] { get }

  /// The same rule with room of its own, for another thread.
  func detached() -> Self

  /// The outputs of the allocation and of the payment network that a bidder's own gain depends on.
  func allocationRows(of bidder: Int) -> Range<Int>
  func paymentRows(of bidder: Int) -> Range<Int>

  /// The whole outcome, from the networks' outputs and the reports.
  func settle(_ tile: TileView<Lanes>)
  /// What a bidder's gain depends on; `settle` is not needed before.
  func settleOwn(_ bidder: Int, _ tile: TileView<Lanes>)

  /// What a bidder is after, at its true report: its utility.
  func utility(of bidder: Int, truth: UnsafePointer<Lanes>, _ tile: TileView<Lanes>) -> Lanes
  /// The deltas of that utility's outputs, and its direct derivative by the bidder's own report.
  func pullUtility(
    of bidder: Int, truth: UnsafePointer<Lanes>, _ tile: TileView<Lanes>, direct: UnsafeMutablePointer<Lanes>)

  /// What the auctioneer wants small, of the whole outcome.
  func cost(_ tile: TileView<Lanes>) -> Lanes
  /// The deltas of (cost times `weight` + utilities times `utilityWeights`), of the whole outcome at true reports.
  func pullCost(_ tile: TileView<Lanes>, weight: Lanes, utilityWeights: UnsafePointer<Lanes>)
}

/// Where one tile's numbers stand.
struct TileView<Lanes: ProfileLanes> {
  /// What was reported, one row per number.
  let reports: UnsafeMutablePointer<Lanes>
  /// The networks' outputs and their deltas.
  let allocation: UnsafeMutablePointer<Lanes>
  let allocationDeltas: UnsafeMutablePointer<Lanes>
  let payment: UnsafeMutablePointer<Lanes>
  let paymentDeltas: UnsafeMutablePointer<Lanes>
  /// The rule's own rows.
  let own: UnsafeMutablePointer<Lanes>
}

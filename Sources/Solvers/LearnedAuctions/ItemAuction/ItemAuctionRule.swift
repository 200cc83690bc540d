/// RegretNet's heads and payments on lanes of profiles, with their derivatives.
///
/// Each item goes to the bidders and to nobody in shares, the softmax of their scores. With unit demand each bidder also
/// has shares of the items and of none, and gets the smaller of the two. A bidder pays a fraction of what it says its
/// shares are worth, so that nobody ever loses.
///
/// Source: Dütting, Feng, Narasimhan, Parkes and Ravindranath, "Optimal auctions through deep learning", 2019.
struct ItemAuctionRule<Lanes: ProfileLanes>: AuctionRule {
  typealias Number = Lanes.Number
  typealias Rows = UnsafeMutablePointer<Lanes>
  let bidders: Int
  let items: Int
  let allocationOutputs: Int
  private let isUnitDemand: Bool
  let lows: [Number]
  let highs: [Number]

  init(_ design: ItemAuctionDesign) {
    bidders = design.bidders
    items = design.items
    allocationOutputs = design.allocationOutputs
    isUnitDemand = design.valuation == .unitDemand
    lows = [Number](repeating: 0, count: bidders * items)
    highs = [Number](repeating: 1, count: bidders * items)
  }

  var reportWidth: Int { items }
  var regionCount: Int { 2 * allocationOutputs + 2 * bidders + bidders * items }
  var shifts: [Number] { lows }
  var inverseScales: [Number] { highs }

  func detached() -> ItemAuctionRule { self }

  @inline(__always)
  func allocationRows(of bidder: Int) -> Range<Int> { 0..<allocationOutputs }
  @inline(__always)
  func paymentRows(of bidder: Int) -> Range<Int> { bidder..<(bidder + 1) }

  // MARK: Places

  /// Shares of item j by bidder i, nobody last: at i * items + j; then, with unit demand, of bidder i by item j, none
  /// last: at i * (items + 1) + j.
  @inline(__always)
  private func byItem(_ tile: TileView<Lanes>) -> Rows { tile.own }
  @inline(__always)
  private func byBidder(_ tile: TileView<Lanes>) -> Rows { tile.own + (bidders + 1) * items }
  /// What each bidder gets of each item.
  @inline(__always)
  func shares(_ tile: TileView<Lanes>) -> Rows { tile.own + allocationOutputs }
  @inline(__always)
  func fractions(_ tile: TileView<Lanes>) -> Rows { shares(tile) + bidders * items }
  /// What each bidder says its shares are worth.
  @inline(__always)
  private func worth(_ tile: TileView<Lanes>) -> Rows { fractions(tile) + bidders }
  @inline(__always)
  func payment(of bidder: Int, _ tile: TileView<Lanes>) -> Lanes { fractions(tile)[bidder] * worth(tile)[bidder] }

  // MARK: The outcome

  func settle(_ tile: TileView<Lanes>) {
    itemShares(tile)
    for bidder in 0..<bidders { settleBidder(bidder, tile) }
  }

  func settleOwn(_ bidder: Int, _ tile: TileView<Lanes>) {
    itemShares(tile)
    settleBidder(bidder, tile)
  }

  private func itemShares(_ tile: TileView<Lanes>) {
    for item in 0..<items {
      Self.softmax(tile.allocation + item, to: byItem(tile) + item, count: bidders + 1, stride: items)
    }
  }

  @inline(__always)
  private func settleBidder(_ bidder: Int, _ tile: TileView<Lanes>) {
    let shares = shares(tile) + bidder * items
    let offered = byItem(tile) + bidder * items
    let reports = tile.reports + bidder * items
    var sum = Lanes.zero
    if isUnitDemand {
      let wanted = byBidder(tile) + bidder * (items + 1)
      Self.softmax(
        tile.allocation + ((bidders + 1) * items + bidder * (items + 1)), to: wanted, count: items + 1, stride: 1)
      for item in 0..<items { shares[item] = Lanes.smaller(offered[item], wanted[item]) }
    } else {
      for item in 0..<items { shares[item] = offered[item] }
    }
    for item in 0..<items { sum.add(shares[item], times: reports[item]) }
    worth(tile)[bidder] = sum
    fractions(tile)[bidder] = tile.payment[bidder].logistic()
  }

  private static func softmax(_ scores: Rows, to shares: Rows, count: Int, stride: Int) {
    var largest = scores[0]
    for index in 1..<count { largest = Lanes.larger(largest, scores[index * stride]) }
    var sum = Lanes.zero
    for index in 0..<count {
      let power = (scores[index * stride] - largest).exponential()
      shares[index * stride] = power
      sum += power
    }
    let inverse = Lanes.one / sum
    for index in 0..<count { shares[index * stride] *= inverse }
  }

  // MARK: What a bidder is after

  func utility(of bidder: Int, truth: UnsafePointer<Lanes>, _ tile: TileView<Lanes>) -> Lanes {
    let shares = shares(tile) + bidder * items
    var sum = Lanes.zero - payment(of: bidder, tile)
    for item in 0..<items { sum.add(shares[item], times: truth[item]) }
    return sum
  }

  func pullUtility(
    of bidder: Int, truth: UnsafePointer<Lanes>, _ tile: TileView<Lanes>, direct: UnsafeMutablePointer<Lanes>
  ) {
    let fraction = fractions(tile)[bidder]
    let reports = tile.reports + bidder * items
    let shares = shares(tile) + bidder * items
    let deltas = tile.allocationDeltas
    tile.paymentDeltas[bidder] = (Lanes.zero - worth(tile)[bidder]) * fraction * (Lanes.one - fraction)
    for item in 0..<items { direct[item] = Lanes.zero - fraction * shares[item] }
    if isUnitDemand { for output in 0..<allocationOutputs { deltas[output] = .zero } }
    for item in 0..<items {
      let slope = truth[item] - fraction * reports[item]
      let (ofItem, ofBidder) = divided(slope, bidder, item, tile)
      if isUnitDemand { deltas[(bidders + 1) * items + bidder * (items + 1) + item] = ofBidder }
      let flow = ofItem * byItem(tile)[bidder * items + item]
      for other in 0...bidders { deltas[other * items + item] = Lanes.zero - flow * byItem(tile)[other * items + item] }
      deltas[bidder * items + item] += flow
    }
    if isUnitDemand { spreadBidder(bidder, tile) }
  }

  /// The derivative by a share, to whichever of the two shares is smaller.
  @inline(__always)
  private func divided(_ slope: Lanes, _ bidder: Int, _ item: Int, _ tile: TileView<Lanes>) -> (Lanes, Lanes) {
    guard isUnitDemand else { return (slope, .zero) }
    let offered = byItem(tile)[bidder * items + item]
    let wanted = byBidder(tile)[bidder * (items + 1) + item]
    let toBidder = (offered - wanted).whetherPositive * slope
    return (slope - toBidder, toBidder)
  }

  /// From derivatives by a bidder's shares of items, which stand in the deltas, to those by its scores.
  @inline(__always)
  private func spreadBidder(_ bidder: Int, _ tile: TileView<Lanes>) {
    let shares = byBidder(tile) + bidder * (items + 1)
    let deltas = tile.allocationDeltas + ((bidders + 1) * items + bidder * (items + 1))
    var flow = Lanes.zero
    deltas[items] = .zero
    for item in 0..<items { flow.add(deltas[item], times: shares[item]) }
    for item in 0...items { deltas[item] = shares[item] * (deltas[item] - flow) }
  }

  // MARK: What the auctioneer is after

  func cost(_ tile: TileView<Lanes>) -> Lanes {
    var sum = Lanes.zero
    for bidder in 0..<bidders { sum -= payment(of: bidder, tile) }
    return sum
  }

  func pullCost(_ tile: TileView<Lanes>, weight: Lanes, utilityWeights: UnsafePointer<Lanes>) {
    let deltas = tile.allocationDeltas
    for bidder in 0..<bidders {
      let fraction = fractions(tile)[bidder]
      let byPayment = Lanes.zero - weight - utilityWeights[bidder]
      let byValue = utilityWeights[bidder] + byPayment * fraction
      tile.paymentDeltas[bidder] = byPayment * worth(tile)[bidder] * fraction * (Lanes.one - fraction)
      for item in 0..<items {
        let (ofItem, ofBidder) = divided(byValue * tile.reports[bidder * items + item], bidder, item, tile)
        deltas[bidder * items + item] = ofItem
        if isUnitDemand { deltas[(bidders + 1) * items + bidder * (items + 1) + item] = ofBidder }
      }
      if isUnitDemand { spreadBidder(bidder, tile) }
    }
    for item in 0..<items {
      var flow = Lanes.zero
      deltas[bidders * items + item] = .zero
      for bidder in 0..<bidders {
        flow.add(deltas[bidder * items + item], times: byItem(tile)[bidder * items + item])
      }
      for bidder in 0...bidders {
        let place = bidder * items + item
        deltas[place] = byItem(tile)[place] * (deltas[place] - flow)
      }
    }
  }
}

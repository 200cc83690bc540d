/// RANet's heads and payments on lanes of profiles, with their derivatives.
struct ReverseAuctionRule<Lanes: ProfileLanes>: AuctionRule {
  typealias Number = Lanes.Number
  private let design: ReverseAuctionDesign
  private var utility: LaneUtility<Lanes>
  private let count: Int
  private let highest: Number
  private let markup: Number
  let lows: [Number]
  let highs: [Number]
  let shifts: [Number]
  let inverseScales: [Number]

  init(_ design: ReverseAuctionDesign) throws {
    self.design = design
    count = design.sellers.count
    highest = Number(design.highestBid)
    markup = Number(design.markup)
    utility = try LaneUtility(design.sellers, mode: design.utility)
    func each(_ number: Double) -> [Number] { [Number](repeating: Number(number), count: design.sellers.count) }
    (lows, highs) = (each(design.lowestBid), each(design.highestBid))
    (shifts, inverseScales) = (each(design.inputShift), each(1 / design.inputScale))
  }

  func detached() -> ReverseAuctionRule {
    var copy = self
    copy.utility = utility.detached()
    return copy
  }

  var bidders: Int { count }
  var reportWidth: Int { 1 }
  var allocationOutputs: Int { design.allocationOutputs }
  /// Chances with room for nobody's, scores, payments, the utility's gradient, the utility.
  var regionCount: Int { 4 * (count + 1) + 1 }
  private var isPaper: Bool { design.regret == .paper }

  @inline(__always)
  func allocationRows(of bidder: Int) -> Range<Int> {
    design.head == .sigmoid && !isPaper ? bidder..<(bidder + 1) : 0..<allocationOutputs
  }
  @inline(__always)
  func paymentRows(of bidder: Int) -> Range<Int> { isPaper ? 0..<count : bidder..<(bidder + 1) }

  // MARK: The outcome

  @inline(__always)
  func chances(_ tile: TileView<Lanes>) -> UnsafeMutablePointer<Lanes> { tile.own }
  @inline(__always)
  func scores(_ tile: TileView<Lanes>) -> UnsafeMutablePointer<Lanes> { tile.own + (count + 1) }
  @inline(__always)
  func payments(_ tile: TileView<Lanes>) -> UnsafeMutablePointer<Lanes> { tile.own + 2 * (count + 1) }
  @inline(__always)
  private func slopes(_ tile: TileView<Lanes>) -> UnsafeMutablePointer<Lanes> { tile.own + 3 * (count + 1) }
  /// U_d of the chances.
  @inline(__always)
  func dataUtility(_ tile: TileView<Lanes>) -> Lanes { tile.own[4 * (count + 1)] }

  func settle(_ tile: TileView<Lanes>) {
    let chances = chances(tile)
    if design.head == .sigmoid {
      for seller in 0..<count { chances[seller] = tile.allocation[seller].logistic() }
    } else {
      shares(tile)
    }
    for seller in 0..<count { pay(seller, tile) }
    tile.own[4 * (count + 1)] = utility.value(chances, gradient: slopes(tile))
  }

  func settleOwn(_ bidder: Int, _ tile: TileView<Lanes>) {
    if isPaper { return settle(tile) }
    if design.head == .sigmoid {
      chances(tile)[bidder] = tile.allocation[bidder].logistic()
    } else {
      shares(tile)
    }
    pay(bidder, tile)
  }

  private func shares(_ tile: TileView<Lanes>) {
    let chances = chances(tile)
    var largest = tile.allocation[0]
    for output in 1..<max(1, allocationOutputs) { largest = Lanes.larger(largest, tile.allocation[output]) }
    var sum = Lanes.zero
    for output in 0..<allocationOutputs {
      chances[output] = (tile.allocation[output] - largest).exponential()
      sum += chances[output]
    }
    let inverse = Lanes.one / sum
    for output in 0..<allocationOutputs { chances[output] *= inverse }
  }

  /// What a unit of the seller's chance is paid.
  @inline(__always)
  private func price(score: Lanes, bid: Lanes) -> Lanes {
    switch design.payment {
    case .literal: return score * bid
    case .markup: return (Lanes.one + Lanes(repeating: markup) * score) * bid
    case .ceiling: return bid + score * (Lanes(repeating: highest) - bid)
    }
  }

  /// Its derivatives by the score and by the bid.
  @inline(__always)
  private func priceSlopes(score: Lanes, bid: Lanes) -> (score: Lanes, bid: Lanes) {
    switch design.payment {
    case .literal: return (bid, score)
    case .markup: return (Lanes(repeating: markup) * bid, Lanes.one + Lanes(repeating: markup) * score)
    case .ceiling: return (Lanes(repeating: highest) - bid, Lanes.one - score)
    }
  }

  @inline(__always)
  private func pay(_ seller: Int, _ tile: TileView<Lanes>) {
    let score = tile.payment[seller].logistic()
    scores(tile)[seller] = score
    payments(tile)[seller] = chances(tile)[seller] * price(score: score, bid: tile.reports[seller])
  }

  /// U_d less all payments.
  func surplus(_ tile: TileView<Lanes>) -> Lanes {
    var sum = dataUtility(tile)
    for seller in 0..<count { sum -= payments(tile)[seller] }
    return sum
  }

  // MARK: What a bidder is after

  func utility(of bidder: Int, truth: UnsafePointer<Lanes>, _ tile: TileView<Lanes>) -> Lanes {
    isPaper ? surplus(tile) : payments(tile)[bidder] - chances(tile)[bidder] * truth[0]
  }

  func pullUtility(
    of bidder: Int, truth: UnsafePointer<Lanes>, _ tile: TileView<Lanes>, direct: UnsafeMutablePointer<Lanes>
  ) {
    if isPaper {
      for seller in 0..<count {
        pull(seller, tile, chance: slopes(tile)[seller], payment: Lanes(repeating: -1))
        if seller == bidder { direct[0] = Lanes.zero - bidSlope(seller, tile) }
      }
      return spread(tile)
    }
    let chance = chances(tile)[bidder]
    let score = scores(tile)[bidder]
    let bid = tile.reports[bidder]
    let slopes = priceSlopes(score: score, bid: bid)
    let byChance = price(score: score, bid: bid) - truth[0]
    tile.paymentDeltas[bidder] = chance * slopes.score * score * (Lanes.one - score)
    direct[0] = chance * slopes.bid
    if design.head == .sigmoid {
      tile.allocationDeltas[bidder] = byChance * chance * (Lanes.one - chance)
    } else {
      let flow = byChance * chance
      for output in 0..<allocationOutputs {
        tile.allocationDeltas[output] = Lanes.zero - flow * chances(tile)[output]
      }
      tile.allocationDeltas[bidder] += flow
    }
  }

  @inline(__always)
  private func bidSlope(_ seller: Int, _ tile: TileView<Lanes>) -> Lanes {
    chances(tile)[seller] * priceSlopes(score: scores(tile)[seller], bid: tile.reports[seller]).bid
  }

  /// The deltas of one seller's score, and of its chance, which `spread` takes on to the outputs.
  ///
  /// - Parameters:
  ///   - chance: the derivative by the chance, payments apart.
  ///   - payment: the derivative by the payment.
  @inline(__always)
  private func pull(_ seller: Int, _ tile: TileView<Lanes>, chance byChance: Lanes, payment byPayment: Lanes) {
    let (chance, score, bid) = (chances(tile)[seller], scores(tile)[seller], tile.reports[seller])
    let byScore = priceSlopes(score: score, bid: bid).score
    tile.paymentDeltas[seller] = byPayment * chance * byScore * score * (Lanes.one - score)
    tile.allocationDeltas[seller] = byChance + byPayment * price(score: score, bid: bid)
  }

  /// From the derivatives by the chances, which stand in the deltas, to those by the outputs.
  private func spread(_ tile: TileView<Lanes>) {
    let chances = chances(tile)
    let deltas = tile.allocationDeltas
    if design.head == .sigmoid {
      for seller in 0..<count { deltas[seller] *= chances[seller] * (Lanes.one - chances[seller]) }
      return
    }
    var flow = Lanes.zero
    for seller in 0..<count { flow.add(deltas[seller], times: chances[seller]) }
    for output in 0..<allocationOutputs {
      let own = output < count ? deltas[output] : Lanes.zero
      deltas[output] = chances[output] * (own - flow)
    }
  }

  // MARK: What the auctioneer is after

  func cost(_ tile: TileView<Lanes>) -> Lanes {
    var sum = Lanes.zero - dataUtility(tile)
    for seller in 0..<count {
      sum += design.objective == .buyer ? payments(tile)[seller] : chances(tile)[seller] * tile.reports[seller]
    }
    return sum
  }

  func pullCost(_ tile: TileView<Lanes>, weight: Lanes, utilityWeights: UnsafePointer<Lanes>) {
    var surplusWeight = Lanes.zero
    if isPaper { for seller in 0..<count { surplusWeight += utilityWeights[seller] } }
    for seller in 0..<count {
      let bid = tile.reports[seller]
      var byChance = slopes(tile)[seller] * (surplusWeight - weight)
      var byPayment = Lanes.zero - surplusWeight
      if design.objective == .buyer { byPayment += weight } else { byChance += weight * bid }
      if !isPaper {
        byPayment += utilityWeights[seller]
        byChance -= utilityWeights[seller] * bid
      }
      pull(seller, tile, chance: byChance, payment: byPayment)
    }
    spread(tile)
  }
}

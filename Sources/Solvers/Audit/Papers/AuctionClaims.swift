import Tensor

/// What PMS-AM says of its double auction.
enum AuctionClaims {
  static func all(_ trial: ClaimTrial) throws -> [PaperClaim] {
    [
      try budget(trial), try buyers(trial), try sellers(), try generalizedSecond(), try secondPrice(), try oneSeller(),
      try asksOfBids(),
    ]
  }

  private static func printed(
    _ asks: [Double], _ bids: [Double], _ price: DoubleAuction.BuyerPrice = .uniformNext
  ) throws -> DoubleAuction.Outcome {
    try DoubleAuction.printed(asks: asks, bids: bids, buyerPrice: price)
  }

  private static func utility(buyer: Int, value: Double, _ outcome: DoubleAuction.Outcome) -> Double {
    (outcome.winningBuyers.contains(buyer) ? value : 0) - outcome.buyerPayments[buyer]
  }

  private static func utility(seller: Int, cost: Double, _ outcome: DoubleAuction.Outcome) -> Double {
    outcome.sellerReceipts[seller] - (outcome.winningSellers.contains(seller) ? cost : 0)
  }

  private static func budget(_ trial: ClaimTrial) throws -> PaperClaim {
    let outcome = try printed([2, 8], [10, 1])
    var stream = trial.stream("deficits")
    var (trades, deficits, least) = (0, 0, Double.infinity)
    for _ in 0..<2000 {
      let asks = (0..<5).map { _ in stream.uniform() }
      let bids = (0..<5).map { _ in stream.uniform() }
      let drawn = try printed(asks, bids)
      if drawn.trades > 0 { trades += 1 }
      if drawn.auctioneer < 0 { deficits += 1 }
      least = min(least, try DoubleAuction.sharedCost(asks: asks, bids: bids).auctioneer)
    }
    return PaperClaim(
      "A12a", "PMS-AM Lemma 1, (35)", "the auctioneer never loses money",
      printed: Comparison(Figure("left of asks 2, 8, bids 10, 1", outcome.auctioneer), .atLeast, Figure("even", 0)),
      truth: "the next bid lies below the next ask; shared costs balance",
      amendment: .correction(Comparison(Figure("shared cost, least of 2000", least), .atLeast, Figure("even", -1e-12))),
      figures: [Figure("share of trades at a loss", Double(deficits) / Double(max(1, trades)))])
  }

  private static func buyers(_ trial: ClaimTrial) throws -> PaperClaim {
    PaperClaim(
      "A12b", "PMS-AM Theorem 4, buyers", "no buyer gains by a lie",
      printed: Comparison(
        Figure("of value 4, bids 5", utility(buyer: 1, value: 4, try printed([1, 5], [10, 5, 2]))), .atMost,
        Figure("truth", utility(buyer: 1, value: 4, try printed([1, 5], [10, 4, 2])))),
      truth: "asks 1, 5, values 10, 4, 2; shared costs and McAfee's are truthful",
      amendment: .correction(
        Comparison(
          Figure("largest gain, every 2 x 2", try largestGain(trial)), .atMost, Figure("rounding", 1e-12))))
  }

  /// The most that anyone gains by any lie under either corrected rule, over all profiles of whole numbers up to 4.
  private static func largestGain(_ trial: ClaimTrial) throws -> Double {
    let levels = (0...4).map(Double.init)
    let pairs = levels.flatMap { a in levels.map { [a, $0] } }
    var largest = 0.0
    for rule in [
      { (asks: [Double], bids: [Double]) in try DoubleAuction.sharedCost(asks: asks, bids: bids) },
      { (asks: [Double], bids: [Double]) in try DoubleAuction.mcAfee(asks: asks, bids: bids) },
    ] {
      for asks in pairs {
        try trial.cancellation.check()
        for bids in pairs {
          let truth = try rule(asks, bids)
          for player in 0..<2 {
            for lie in levels {
              var (asked, bid) = (asks, bids)
              asked[player] = lie
              bid[player] = lie
              let selling = utility(seller: player, cost: asks[player], try rule(asked, bids))
              let buying = utility(buyer: player, value: bids[player], try rule(asks, bid))
              largest = max(
                largest, selling - utility(seller: player, cost: asks[player], truth),
                buying - utility(buyer: player, value: bids[player], truth))
            }
          }
        }
      }
    }
    return largest
  }

  private static func sellers() throws -> PaperClaim {
    let lie = try printed([5, 10], [5, 1])
    return PaperClaim(
      "A12c", "PMS-AM Theorem 4, sellers", "no seller gains by a lie",
      printed: Comparison(
        Figure("of cost 6, asks 5", utility(seller: 0, cost: 6, lie)), .atMost,
        Figure("truth", utility(seller: 0, cost: 6, try printed([6, 10], [5, 1])))),
      truth: "costs 6, 10, values 5, 1: the lie makes a trade, at the auctioneer's loss",
      figures: [Figure("left to the auctioneer", lie.auctioneer)])
  }

  private static func generalizedSecond() throws -> PaperClaim {
    func left(_ bid: Double) throws -> Double {
      utility(buyer: 0, value: 10, try printed([1, 2, 3], [bid, 8, 3], .generalizedSecond))
    }
    return PaperClaim(
      "A12d", "PMS-AM Theorem 4, price of the next bid", "read as a generalised second price, it is truthful",
      printed: Comparison(
        Figure("of value 10, bids 7", try left(7)), .atMost, Figure("truth", try left(10))),
      truth: "asks 1, 2, 3, values 10, 8, 3: it still wins, and pays the third bid")
  }

  private static func secondPrice() throws -> PaperClaim {
    let outcome = try printed([1, 2, 3], [10, 8, 3], .second)
    return PaperClaim(
      "A12e", "PMS-AM Theorem 3, buyers", "read as the second bid of all, no buyer loses",
      printed: Comparison(
        Figure("left of a value of 3", utility(buyer: 2, value: 3, outcome)), .atLeast, Figure("staying away", 0)),
      truth: "asks 1, 2, 3: the third winner pays the second bid")
  }

  private static func oneSeller() throws -> PaperClaim {
    let (asks, bids) = ([1.0], [10.0, 9, 8])
    return PaperClaim(
      "A12f", "PMS-AM (35)", "several providers can win one organisation's model",
      printed: Comparison(
        Figure("winners of bids 10, 9, 8", Double(try printed(asks, bids).trades)), .above, Figure("one", 1)),
      truth: "(35) pairs bids with asks; a model is not used up: shared costs serve all",
      amendment: .correction(
        Comparison(
          Figure("shared cost", Double(try DoubleAuction.sharedCost(asks: asks, bids: bids).trades)), .above,
          Figure("one", 1))))
  }

  private static func asksOfBids() throws -> PaperClaim {
    func price(_ bids: [Double]) throws -> Double {
      let sum = bids.reduce(0, +)
      return try DoubleAuction.mcAfee(asks: [0.4 * sum, 0.5 * sum], bids: bids).buyerPayments[0]
    }
    return PaperClaim(
      "A14", "PMS-AM (13), (34), (35)", "asks may be computed from the bids that they meet",
      printed: Comparison(
        Figure("price to a bid of 9", try price([9, 8])), .atLeast, Figure("to the true 10", try price([10, 8]))),
      truth: "then even McAfee's rule rewards a lower bid; ask before bids are opened")
  }
}

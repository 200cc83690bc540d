import Solvers
import Tensor

/// A learned reverse auction beside the exact ones, on the same costs.
enum ReverseAuctionReport {
  static func result(
    _ network: ReverseAuctionNetwork, profiles: Int, points: Int, seed: UInt64, paper: Bool, _ context: RunContext
  ) throws -> ResultObject {
    let design = network.design
    let bids = try network.testBids(profiles, seed: seed)
    let found = try network.evaluation(
      bids: bids, points: points, paper: paper, threads: context.threads, cancellation: context.cancellation)
    let selection = try SubsetSelection(design.sellers)
    var (myerson, vickrey, efficient) = (0.0, 0.0, 0.0)
    for row in bids {
      try context.cancellation.check()
      myerson += try selection.myerson(bids: row, low: design.lowestBid, high: design.highestBid).outcome.buyerSurplus
      let vcg = try selection.vickrey(bids: row)
      vickrey += vcg.buyerSurplus
      efficient += vcg.welfare
    }
    let count = Double(profiles)
    (myerson, vickrey, efficient) = (myerson / count, vickrey / count, efficient / count)
    var fields: Record = [
      "profiles": .integer(profiles), "surplus": .number(found.surplus), "welfare": .number(found.welfare),
      "data_utility": .number(found.dataUtility), "payment": .number(found.payment),
      "winners": .number(found.winners), "mean_regret": .number(found.meanRegret), "regret": .numbers(found.regret),
      "largest_regret": .number(found.largestRegret), "loss_rate": .number(found.lossRate),
      "mean_loss": .number(found.meanLoss), "myerson": .number(myerson), "vcg": .number(vickrey),
      "efficient": .number(efficient), "share_of_myerson": .number(found.surplus / myerson),
    ]
    if paper {
      fields["paper_regret"] = .numbers(found.paperRegret)
      fields["mean_paper_regret"] = .number(found.meanPaperRegret)
    }
    return ResultObject(
      "learned reverse auction on \(profiles) profiles", fields: fields,
      tables: [
        TextTable(
          "",
          [
            .init("auction", .text(["learned", "optimal (Myerson)", "VCG"])),
            .init("buyer's surplus", .numbers([found.surplus, myerson, vickrey])),
            .init("mean regret", .numbers([found.meanRegret, 0, 0])),
          ])
      ],
      notes: [
        "\(NumberFormat.readable(100 * found.lossRate)) % of profiles make a seller lose; welfare "
          + "\(NumberFormat.readable(found.welfare)) of \(NumberFormat.readable(efficient))"
      ])
  }
}

import Core
import Foundation
import Solvers
import Tensor

/// Learned auctions on disk: a JSON text with what the auction is made of and both networks.
enum LearnedAuctionFile {
  private static let reverse = "flnft reverse auction 1"
  private static let items = "flnft item auction 1"

  static func text(_ network: ReverseAuctionNetwork) throws -> String {
    let design = network.design
    let quality = design.sellers.quality
    return try JSON.object([
      "format": .string(reverse), "sizes": list(design.sellers.sizes), "emds": list(design.sellers.distances),
      "value_scale": .number(design.sellers.valueScale), "empty": .string(design.sellers.empty.rawValue),
      "data_gap": .number(quality.dataGap), "data_rate": .number(quality.dataRate),
      "emd_offset": .number(quality.distanceOffset), "emd_scale": .number(quality.distanceScale),
      "quality_value": .number(quality.value), "variant": .string(quality.variant.rawValue),
      "floor": .string(quality.floor.rawValue), "head": .string(design.head.rawValue),
      "payment_rule": .string(design.payment.rawValue), "utility": .string(design.utility.rawValue),
      "regret": .string(design.regret.rawValue), "objective": .string(design.objective.rawValue),
      "lowest_bid": .number(design.lowestBid), "highest_bid": .number(design.highestBid),
      "markup": .number(design.markup), "input_shift": .number(design.inputShift),
      "input_scale": .number(design.inputScale), "allocation": PerceptronText.json(network.allocation),
      "payment": PerceptronText.json(network.payment),
    ]).compact() + "\n"
  }

  static func text(_ network: ItemAuctionNetwork) throws -> String {
    try JSON.object([
      "format": .string(items), "bidders": .integer(Int64(network.design.bidders)),
      "items": .integer(Int64(network.design.items)), "valuation": .string(network.design.valuation.rawValue),
      "allocation": PerceptronText.json(network.allocation), "payment": PerceptronText.json(network.payment),
    ]).compact() + "\n"
  }

  private static func list(_ values: [Double]) -> JSON { .array(values.map { .number($0) }) }

  /// - Throws: `FileError`, `MalformedJSON`, `InvalidData`, and what the auctions' own checks throw.
  static func load(_ path: String) throws -> any ScriptObject {
    let json = try JSON.parse(Data(try TextFile.bytes(of: path)))
    let reader = Reader(json: json, path: path)
    switch json["format"]?.string {
    case reverse: return ReverseAuctionObject(try reader.reverseAuction())
    case items: return ItemAuctionObject(try reader.itemAuction())
    default: throw reader.invalid("is no learned auction of a known format")
    }
  }

  /// Reads fields by name, and says which one is wrong.
  private struct Reader {
    let json: JSON
    let path: String

    func invalid(_ words: String) -> NotALearnedAuction { NotALearnedAuction(path: path, reason: words) }

    func number(_ name: String) throws -> Double {
      guard let value = json[name].flatMap(PerceptronText.number) else { throw invalid("has no number '\(name)'") }
      return value
    }

    func numbers(_ name: String) throws -> [Double] {
      guard let values = json[name].flatMap(PerceptronText.numbers) else { throw invalid("has no list '\(name)'") }
      return values
    }

    func choice<Choice: RawRepresentable<String>>(_ name: String, _ type: Choice.Type) throws -> Choice {
      guard let value = json[name]?.string.flatMap(Choice.init(rawValue:)) else {
        throw invalid("has no known '\(name)'")
      }
      return value
    }

    func networks() throws -> (Perceptron, Perceptron) {
      (
        try PerceptronText.network(json["allocation"], "allocation"),
        try PerceptronText.network(json["payment"], "payment")
      )
    }

    func reverseAuction() throws -> ReverseAuctionNetwork {
      var quality = DataQuality()
      quality.dataGap = try number("data_gap")
      quality.dataRate = try number("data_rate")
      quality.distanceOffset = try number("emd_offset")
      quality.distanceScale = try number("emd_scale")
      quality.value = try number("quality_value")
      quality.variant = try choice("variant", Variant.self)
      quality.floor = try choice("floor", DataQuality.Floor.self)
      var design = ReverseAuctionDesign(
        sellers: try DataSellers(
          sizes: numbers("sizes"), distances: numbers("emds"), quality: quality,
          empty: choice("empty", DataQuality.Empty.self), valueScale: number("value_scale")))
      design.head = try choice("head", ReverseAuctionDesign.Head.self)
      design.payment = try choice("payment_rule", ReverseAuctionDesign.Payment.self)
      design.utility = try choice("utility", AllocationUtility.Mode.self)
      design.regret = try choice("regret", ReverseAuctionDesign.Regret.self)
      design.objective = try choice("objective", ReverseAuctionDesign.Objective.self)
      design.lowestBid = try number("lowest_bid")
      design.highestBid = try number("highest_bid")
      design.markup = try number("markup")
      design.inputShift = try number("input_shift")
      design.inputScale = try number("input_scale")
      let (allocation, payment) = try networks()
      return try ReverseAuctionNetwork(design: design, allocation: allocation, payment: payment)
    }

    func itemAuction() throws -> ItemAuctionNetwork {
      guard let bidders = json["bidders"]?.integer, let items = json["items"]?.integer else {
        throw invalid("has no whole numbers 'bidders' and 'items'")
      }
      let design = try ItemAuctionDesign(
        bidders: Int(bidders), items: Int(items), valuation: choice("valuation", ItemAuctionDesign.Valuation.self))
      let (allocation, payment) = try networks()
      return try ItemAuctionNetwork(design: design, allocation: allocation, payment: payment)
    }
  }
}

/// A file that is JSON, but no learned auction.
private struct NotALearnedAuction: Diagnosable {
  let path: String
  let reason: String
  var kind: String { "InvalidData" }
  var message: String { "'\(path)' \(reason)" }
  var hint: String? { "the save method of a learned auction writes one" }
}

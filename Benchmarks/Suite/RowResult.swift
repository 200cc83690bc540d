/// What a row came to.
struct RowResult: Encodable {
  let name: String
  let unit: String
  /// The median of our runs.
  let ours: Double
  /// The median of the runs of the best peer.
  let peer: Double?
  let peerName: String?
  /// How many times better ours is.
  let ratio: Double?
  let runs: Int

  enum CodingKeys: String, CodingKey {
    case name, unit, ours, peer, peerName, ratio, runs
  }

  /// Writes null where there is no peer, so that every row has every field.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(unit, forKey: .unit)
    try container.encode(ours, forKey: .ours)
    try container.encode(peer, forKey: .peer)
    try container.encode(peerName, forKey: .peerName)
    try container.encode(ratio, forKey: .ratio)
    try container.encode(runs, forKey: .runs)
  }
}

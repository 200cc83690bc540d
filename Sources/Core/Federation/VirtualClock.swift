#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The seconds that a round would take on the members' own devices, which is what the market's freshness is about.
///
/// A virtual clock, so that the same seed gives the same report on any machine. FL-NFT after equation (8), PMS-AM after
/// equation (11): the age of an update is training time plus upload time plus the time until consensus.
public struct VirtualClock: Sendable, Equatable {
  /// From handing in an update to its place in a block, in seconds.
  public var consensusDelay: Double

  public init(consensusDelay: Double = 1) {
    self.consensusDelay = consensusDelay
  }

  /// z n / f: the cycles that n samples take, over the frequency.
  public static func trainingSeconds(samples: Int, on device: Device) -> Double {
    device.cyclesPerSample * Double(samples) / device.frequency
  }

  /// Bits over the capacity of the channel, bandwidth * log2(1 + SINR) (Shannon 1948).
  public static func uploadSeconds(bits: Double, from device: Device) -> Double {
    bits / (device.bandwidth * log2(1 + device.signalToNoise))
  }

  /// The round ends when the slowest update has been agreed on.
  func roundSeconds(_ members: [MemberReport]) -> Double {
    guard let slowest = members.map({ $0.trainingSeconds + $0.uploadSeconds }).max() else { return 0 }
    return slowest + consensusDelay
  }
}

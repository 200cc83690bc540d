/// Network3's stakes on the ledger: money set aside for a share in the weekly income and for votes.
public enum StakeAction: Hashable, Sendable {
  /// Sets money of the sender aside, in a position of its own.
  case stake(Amount)
  /// Locks a position for some days, for a larger share and for votes.
  case lock(position: Digest, days: UInt16)
  /// Takes money out again; out of a lock, under the terms of an early exit.
  case unstake(position: Digest, Amount)
  /// The issuer punishes an offence: severity in hundredths of a percent of the worst.
  case slash(position: Digest, severity: UInt16, reporters: [Address])
  /// Shares the sender's money and what the stakers' pool holds among all positions, by days and locks of the week that
  /// begins on a day.
  case distribute(Amount, weekStart: UInt32)

  private enum Code: UInt8 {
    case stake = 0, lock, unstake, slash, distribute
  }

  func encode(into writer: inout ByteWriter) {
    switch self {
    case .stake(let amount):
      writer.write(Code.stake.rawValue)
      writer.write(amount)
    case .lock(let position, let days):
      writer.write(Code.lock.rawValue)
      writer.write(position.bytes)
      writer.write(days)
    case .unstake(let position, let amount):
      writer.write(Code.unstake.rawValue)
      writer.write(position.bytes)
      writer.write(amount)
    case .slash(let position, let severity, let reporters):
      writer.write(Code.slash.rawValue)
      writer.write(position.bytes)
      writer.write(severity)
      writer.write(list: reporters) { $0.write($1.bytes) }
    case .distribute(let amount, let weekStart):
      writer.write(Code.distribute.rawValue)
      writer.write(amount)
      writer.write(weekStart)
    }
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    self =
      switch try reader.readCode(Code.self) {
      case .stake: .stake(try reader.readAmount())
      case .lock: .lock(position: try reader.readDigest(), days: try reader.read(UInt16.self))
      case .unstake: .unstake(position: try reader.readDigest(), try reader.readAmount())
      case .slash:
        .slash(
          position: try reader.readDigest(), severity: try reader.read(UInt16.self),
          reporters: try reader.readAddresses())
      case .distribute: .distribute(try reader.readAmount(), weekStart: try reader.read(UInt32.self))
      }
  }
}

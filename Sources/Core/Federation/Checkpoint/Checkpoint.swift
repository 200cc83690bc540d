import Foundation
import Tensor

/// A federation on disk, to go on from bit by bit, with the rounds that it has been through.
///
/// A mark and a version; the state as JSON, in which every number is written with all its digits; the model, the
/// server's memory and that of a rule from outside as they are; and the SHA-256 of all that. The data set is not in it, but its fingerprint is: data is
/// large, and stays with its owners.
public struct Checkpoint {
  static let mark = "FLNFTCKP"
  static let version: UInt32 = 2

  public let federation: Federation
  public let history: [RoundReport]
  /// What a rule that is not of this module remembers, in an encoding of its own; empty for none.
  public let ruleMemory: [UInt8]

  public init(_ federation: Federation, history: [RoundReport], ruleMemory: [UInt8] = []) {
    self.federation = federation
    self.history = history
    self.ruleMemory = ruleMemory
  }

  /// - Throws: what makes no JSON, which no state does.
  public func encode() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    var writer = ByteWriter(tag: Self.mark)
    writer.write(Self.version)
    writer.write([UInt8](try encoder.encode(FederationState(federation, history: history))))
    writer.write(
      federation.model.parameters.flatMap { value in
        withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
      })
    writer.write(federation.aggregator.encode())
    writer.write(ruleMemory)
    writer.write(SHA256.hash(writer.bytes).bytes)
    return writer.bytes
  }

  /// - Parameters:
  ///   - path: what errors call it.
  ///   - data: what the federation trained on.
  /// - Throws: `CheckpointError`.
  public init(decoding bytes: [UInt8], path: String, data: DataSet, threads: Int) throws {
    var reader = ByteReader(bytes)
    do {
      try reader.expect(tag: Self.mark)
    } catch {
      throw CheckpointError.notACheckpoint(path: path)
    }
    guard let version = try? reader.read(UInt32.self) else { throw CheckpointError.cutShort(path: path) }
    guard version == Self.version else {
      throw CheckpointError.otherVersion(path: path, given: version, known: Self.version)
    }
    guard let json = try? reader.readBytes(), let model = try? reader.readBytes(), let memory = try? reader.readBytes(),
      let ruleMemory = try? reader.readBytes(), reader.remaining >= Bytes32.count
    else { throw CheckpointError.cutShort(path: path) }
    let body = bytes.count - Bytes32.count
    guard let digest = try? reader.readBytes32(), reader.remaining == 0,
      digest == SHA256.hash(Array(bytes[..<body])).bytes
    else { throw CheckpointError.damaged(path: path) }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let state = try? decoder.decode(FederationState.self, from: Data(json)), model.count % 4 == 0 else {
      throw CheckpointError.damaged(path: path)
    }
    let fingerprint = DataFingerprint(data)
    guard fingerprint == state.data else {
      throw CheckpointError.otherData(path: path, needed: "\(state.data)", given: "\(fingerprint)")
    }
    let parameters = stride(from: 0, to: model.count, by: 4).map { place in
      Float(
        bitPattern: UInt32(model[place]) | UInt32(model[place + 1]) << 8 | UInt32(model[place + 2]) << 16
          | UInt32(model[place + 3]) << 24)
    }
    federation = try state.federation(data: data, parameters: parameters, memory: memory, threads: threads)
    history = state.history
    self.ruleMemory = ruleMemory
  }
}

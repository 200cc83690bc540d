/// Labelled examples of one width, the training part or the test part of a data set.
///
/// Pixels stay bytes, as they come: 60,000 images of 28x28 are 47 MB that way and 188 MB as floats, and a training
/// batch is converted on its way into the network for less than the difference in memory traffic.
public struct Samples: Sendable, Equatable {
  /// The numbers of one example.
  public let width: Int
  public let labels: [UInt8]
  public private(set) var values: Values
  /// What the network sees of the stored numbers: one scale for all of them, or one for each channel, the channels of
  /// an example standing one after another in equal lengths.
  public private(set) var scales: [Scale]

  /// What the network sees of a stored number v: `v * factor + offset`.
  public struct Scale: Sendable, Equatable {
    public let factor: Float
    public let offset: Float
  }

  public enum Values: Sendable, Equatable {
    /// 0 to 255, meaning 0 to 1.
    case bytes([UInt8])
    case floats([Float])
  }

  /// - Throws: `ShapeMismatch` unless there are `width` values for each label.
  public init(width: Int, values: Values, labels: [UInt8]) throws {
    let count =
      switch values {
      case .bytes(let bytes): bytes.count
      case .floats(let floats): floats.count
      }
    let (expected, overflow) = width.multipliedReportingOverflow(by: labels.count)
    try ArgumentCheck("samples").shape(
      width >= 1 && !overflow && count == expected, expected: "\(width) values for each of \(labels.count) labels",
      given: "\(count) values")
    self.width = width
    self.values = values
    self.labels = labels
    switch values {
    case .bytes: scales = [Scale(factor: 1 / 255, offset: 0)]
    case .floats: scales = [Scale(factor: 1, offset: 0)]
    }
  }

  public var count: Int { labels.count }

  /// How many numbers share one scale: those of a channel, or all of an example.
  var planeSize: Int { width / scales.count }

  /// The same examples under other scales, whose number divides the width.
  func scaled(by scales: [Scale]) -> Samples {
    var result = self
    result.scales = scales
    return result
  }

  /// The examples at the given places, in that order.
  /// - Throws: `InvalidParameter` for a place out of range.
  public func selecting(_ places: [Int32]) throws -> Samples {
    for place in places {
      try ArgumentCheck("samples").domain(
        place >= 0 && Int(place) < count, "index", given: place, allowed: "0 to \(count - 1)")
    }
    func rows<Value>(of source: [Value]) -> [Value] {
      var result: [Value] = []
      result.reserveCapacity(places.count * width)
      for place in places { result.append(contentsOf: source[Int(place) * width..<(Int(place) + 1) * width]) }
      return result
    }
    var result = self
    switch values {
    case .bytes(let bytes): result.values = .bytes(rows(of: bytes))
    case .floats(let floats): result.values = .floats(rows(of: floats))
    }
    return Samples(copying: result, labels: places.map { labels[Int($0)] })
  }

  /// The examples of the given classes, in their order.
  /// - Throws: as `DataSet.restricted`.
  func restricted(to kept: [Int], of classes: Int, argument: String) throws -> Samples {
    let check = ArgumentCheck("classes to keep")
    try check.nonEmpty(kept, argument)
    // People count classes from 1.
    for label in kept {
      try check.domain(
        (0..<classes).contains(label), argument, given: label &+ 1, allowed: "classes from 1 to \(classes)")
    }
    let labelsKept = Set(kept)
    let places = (0..<Int32(clamping: count)).filter { labelsKept.contains(Int(labels[Int($0)])) }
    try check.domain(!places.isEmpty, argument, given: "classes without an example", allowed: "at least one example")
    return try selecting(places)
  }

  /// The same examples with other labels at some places; the pixels are shared.
  /// - Precondition: the places exist.
  public func relabelled(_ places: [Int32], by change: (UInt8) -> UInt8) -> Samples {
    var labels = labels
    for place in places { labels[Int(place)] = change(labels[Int(place)]) }
    return Samples(copying: self, labels: labels)
  }

  private init(copying other: Samples, labels: [UInt8]) {
    width = other.width
    values = other.values
    scales = other.scales
    self.labels = labels
  }

  /// One example as the network sees it.
  public func vector(_ sample: Int) -> [Float] {
    [Float](unsafeUninitializedCapacity: width) { buffer, count in
      if let base = buffer.baseAddress { load(sample, into: base) }
      count = width
    }
  }

  /// Writes one example as the network sees it.
  /// - Precondition: the sample exists and `row` has room for `width` floats.
  func load(_ sample: Int, into row: UnsafeMutablePointer<Float>) {
    let size = planeSize
    for (channel, scale) in scales.enumerated() {
      convert(from: sample * width + channel * size, count: size, scale: scale, into: row + channel * size)
    }
  }

  /// Writes `count` stored numbers from place `start` on, in one scale.
  /// - Precondition: there are so many, and `row` has room for them.
  func convert(from start: Int, count: Int, scale: Scale, into row: UnsafeMutablePointer<Float>) {
    switch values {
    case .bytes(let bytes):
      bytes.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        Self.convert(base + start, count, scale.factor, scale.offset, into: row)
      }
    case .floats(let floats):
      floats.withUnsafeBufferPointer { buffer in
        for index in 0..<count { row[index] = buffer[start + index] * scale.factor + scale.offset }
      }
    }
  }

  private static func convert(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ factor: Float, _ offset: Float,
    into row: UnsafeMutablePointer<Float>
  ) {
    var index = 0
    // Whole registers: the compiler's own way with the plain loop below takes twice as long.
    while index + Lanes.scalarCount <= count {
      let pixels = UnsafeRawPointer(bytes + index).loadUnaligned(as: SIMD16<UInt8>.self)
      let value = SIMD16<UInt32>(truncatingIfNeeded: pixels).wholeFloats * factor + offset
      UnsafeMutableRawPointer(row + index).storeBytes(of: value, as: Lanes.self)
      index += Lanes.scalarCount
    }
    while index < count {
      row[index] = Float(bytes[index]) * factor + offset
      index += 1
    }
  }
}

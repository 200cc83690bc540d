/// One axis: the range it covers, its ticks, and where a value stands between its ends.
struct Axis: Equatable, Sendable {
  var lower: Double
  var upper: Double
  var scale: Plot.Scale
  var ticks: [Tick]
  /// Whether the ticks are names, which can be shortened as numbers cannot.
  var isNamed = false

  /// Covers the values that can be drawn; works for none, one, or many equal ones.
  ///
  /// - Parameters:
  ///   - includesZero: bars start at zero, so that their axis has to show it (a linear one).
  ///   - isWhole: whether there is nothing between two whole numbers, as between two rounds, so that no tick stands there.
  init(values: [Double], scale: Plot.Scale, tickCount: Int, includesZero: Bool = false, isWhole: Bool = false) {
    var drawable = values.filter { Axis.canDraw($0, scale: scale) }
    if includesZero, scale == .linear { drawable.append(0) }
    self.scale = scale
    let fallback = scale == .linear ? (0.0, 1.0) : (1.0, 10.0)
    var (low, high) = (drawable.min() ?? fallback.0, drawable.max() ?? fallback.1)
    switch scale {
    case .linear:
      let size = max(low.magnitude, high.magnitude)
      if high - low <= size * 1e-10 || high - low < 1e-290 {
        let margin = size < 1e-280 || isWhole && size < 1e6 ? 1 : size / 10
        (low, high) = (max(low - margin, -NiceTicks.largest), min(high + margin, NiceTicks.largest))
      }
      ticks = NiceTicks.linear(from: low, to: high, count: tickCount, isWhole: isWhole).filter(\.value.isFinite)
      if isWhole, (low + high).isFinite {
        // Where steps are wide, the ticks around the data would leave much of the axis empty.
        let reach = (high - low) / 10
        ticks = ticks.filter { (low - reach)...(high + reach) ~= $0.value }
      }
      if ticks.count < 2 { ticks = [low, high].map { Tick(value: $0, label: NumberLabel.short($0)) } }
    case .logarithmic:
      // The largest power of ten has no other above it.
      if low == high, high >= 1e308 { low /= 10 }
      ticks = NiceTicks.logarithmic(from: low, to: high, count: tickCount)
    }
    lower = min(low, ticks.first?.value ?? low)
    upper = max(high, ticks.last?.value ?? high)
  }

  /// The places 1, 2, 3, ... under the names given.
  init(categories: [String]) {
    scale = .linear
    lower = 0.5
    upper = Double(max(categories.count, 1)) + 0.5
    ticks = categories.enumerated().map { Tick(value: Double($0.offset + 1), label: $0.element) }
    isNamed = true
  }

  /// An axis over exactly this range; of the ticks given, it keeps those inside.
  init(lower: Double, upper: Double, ticks: [Tick]) {
    scale = .linear
    self.lower = lower
    self.upper = upper
    self.ticks = ticks.filter { lower...upper ~= $0.value }
  }

  /// The value at a place between 0 and 1.
  func value(at position: Double) -> Double {
    switch scale {
    case .linear:
      let width = upper - lower
      return width.isFinite ? lower + width * position : lower * (1 - position) + upper * position
    case .logarithmic:
      let (start, end) = (DecimalPower.logarithm(lower), DecimalPower.logarithm(upper))
      return DecimalPower.power(start + (end - start) * position)
    }
  }

  static func canDraw(_ value: Double, scale: Plot.Scale) -> Bool {
    value.isFinite && (scale == .linear || value >= NiceTicks.smallest)
  }

  /// Where the value stands: 0 at the lower end, 1 at the upper; nil when it cannot be drawn here.
  func position(of value: Double) -> Double? {
    guard value.isFinite, scale == .linear || value > 0 else { return nil }
    let place: Double
    switch scale {
    // By halves, as the whole width of the axis may be no number.
    case .linear: place = (value / 2 - lower / 2) / (upper / 2 - lower / 2)
    case .logarithmic:
      let start = DecimalPower.logarithm(lower)
      place = (DecimalPower.logarithm(value) - start) / (DecimalPower.logarithm(upper) - start)
    }
    // Values outside come from categories only: there may be more points than names.
    return place.isFinite && place > -1e-9 && place < 1 + 1e-9 ? min(max(place, 0), 1) : nil
  }
}

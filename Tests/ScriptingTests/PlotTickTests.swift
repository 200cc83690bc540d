import Testing

@testable import Scripting

/// Axes must be readable for any data, and never trap.
@Suite struct PlotTickTests {
  @Test func stepsAreOneTwoOrFiveTimesAPowerOfTen() {
    #expect(NiceTicks.linear(from: 0, to: 1, count: 5).map(\.label) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(NiceTicks.linear(from: -3, to: 12, count: 4).map(\.label) == ["-5", "0", "5", "10", "15"])
    #expect(NiceTicks.linear(from: 0, to: 4.1e7, count: 4).map(\.label) == ["0", "2e7", "4e7", "6e7"])
    #expect(NiceTicks.linear(from: 0.001, to: 0.0032, count: 3).map(\.label) == ["0.001", "0.002", "0.003", "0.004"])
  }

  @Test func logarithmicTicksArePowersOfTen() {
    #expect(NiceTicks.logarithmic(from: 0.01, to: 100, count: 5).map(\.label) == ["0.01", "0.1", "1", "10", "100"])
    #expect(NiceTicks.logarithmic(from: 1.5, to: 40, count: 6).map(\.label) == ["1", "2", "5", "10", "20", "50"])
    #expect(
      NiceTicks.logarithmic(from: 1e-9, to: 1e3, count: 4).map(\.label) == ["1e-9", "1e-6", "0.001", "1", "1000"])
  }

  @Test(
    arguments: [
      ([], Plot.Scale.linear), ([], .logarithmic), ([5], .linear), ([0, 0, 0], .linear), ([-7, -7], .linear),
      ([.nan, .infinity, -.infinity], .linear), ([1, .nan, 3], .linear), ([1e-300, 2e-300], .linear),
      ([.leastNonzeroMagnitude], .linear),
      ([.leastNonzeroMagnitude], .logarithmic), ([1e16, 1e16 + 2], .linear),
      ([-1e300, 1e300], .linear),
      ([-1.7e308, 1.7e308], .linear), ([1.7e308], .linear), ([1e308], .logarithmic), ([1e-300, 1e308], .logarithmic),
      ([-.greatestFiniteMagnitude, 0], .linear), ([0.30000001, 0.30000002], .linear), ([1e-300, 1e300], .logarithmic),
      ([0, -1, 10], .logarithmic), ([7], .logarithmic), ([10], .logarithmic), ([1e300], .logarithmic),
      ([1e300], .linear),
    ] as [([Double], Plot.Scale)])
  func anyDataHasAnAxis(values: [Double], scale: Plot.Scale) {
    for count in [1, 2, 5, 9] {
      let axis = Axis(values: values, scale: scale, tickCount: count)
      #expect(axis.lower.isFinite && axis.upper.isFinite && axis.lower < axis.upper)
      #expect(axis.ticks.count >= 2 && axis.ticks.count <= 3 * count + 4)
      #expect(zip(axis.ticks, axis.ticks.dropFirst()).allSatisfy { $0.value < $1.value && $0.label != $1.label })
      for value in values where Axis.canDraw(value, scale: scale) {
        #expect(axis.position(of: value).map { (0...1).contains($0) } == true)
      }
      for tick in axis.ticks { #expect(axis.position(of: tick.value) != nil) }
    }
  }

  /// Between two rounds there is nothing to mark.
  @Test(arguments: [[1, 2], [1, 2, 3], [5], [0, 7], [-3, -2, -1], [1, 1_000_000], [2e15, 3e15]] as [[Double]])
  func wholeNumbersHaveWholeTicks(values: [Double]) {
    for count in [2, 5, 9] {
      let axis = Axis(values: values, scale: .linear, tickCount: count, isWhole: true)
      #expect(axis.ticks.count >= 2 && axis.ticks.allSatisfy { $0.value == $0.value.rounded() })
      #expect(axis.ticks.allSatisfy { !$0.label.contains(".") || $0.label.contains("e") })
      #expect(values.allSatisfy { axis.position(of: $0) != nil })
    }
  }

  /// A narrow facet has few ticks, but no axis that is empty for the most part.
  @Test(arguments: [2, 3, 5, 8], [[1, 6], [1, 20], [3, 11], [0, 7], [1, 1001]] as [[Double]])
  func wholeTicksStandNearTheData(count: Int, ends: [Double]) {
    let axis = Axis(values: ends, scale: .linear, tickCount: count, isWhole: true)
    let reach = (ends[1] - ends[0]) / 10
    #expect(axis.lower >= ends[0] - reach && axis.upper <= ends[1] + reach)
    #expect(axis.ticks.count >= 2 && axis.ticks.allSatisfy { $0.value == $0.value.rounded() })
  }

  @Test func theXAxisOfAChartOfRoundsIsWhole() {
    func labels(_ places: [Double]) -> [String] {
      let points = places.map { Plot.Point(x: $0, y: $0) }
      return PlotLayout(Plot(series: [.init(name: "", points: points)]), xTickCount: 8, yTickCount: 5).xAxis.ticks.map(
        \.label)
    }
    #expect(labels([1, 2, 3]) == ["1", "2", "3"])
    #expect(labels([1, 2.5, 3]).contains("2.5") || labels([1, 2.5, 3]).contains("1.5"))
  }

  /// What is written beside a tick is its value, to the last digit.
  @Test func labelsSayTheValue() {
    for exponent in stride(from: -290, through: 290, by: 7) {
      let size = DecimalPower.ten(exponent)
      for tick in NiceTicks.linear(from: -1.3 * size, to: 7.7 * size, count: 6) {
        let read = Double(tick.label)
        #expect(read.map { abs($0 - tick.value) <= 4e-16 * abs(tick.value) } == true, "\(tick)")
      }
    }
  }

  @Test(
    arguments: [
      (0.1, "0.1"), (1, "1"), (-2.5, "-2.5"), (123_456, "123500"), (1_234_567, "1.235e6"), (0.00012346, "0.0001235"),
      (1e-300, "1e-300"), (1.7e308, "1.7e308"), (99_999, "100000"), (.nan, "nan"), (-.infinity, "-inf"), (0, "0"),
    ] as [(Double, String)])
  func shortNumbers(value: Double, text: String) {
    #expect(NumberLabel.short(value) == text)
  }
}

import Foundation
import Tensor
import Testing

@testable import Scripting

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct PlotDrawingTests {
  static let diagonal = Plot(
    series: [.init(name: "rise", points: [.init(x: 0, y: 0), .init(x: 10, y: 10)])], title: "Growth", xLabel: "round")

  @Test func asciiDrawing() {
    let drawing = TerminalPlot(width: 24, height: 4, unicode: false).render(PlotDrawingTests.diagonal)
    #expect(
      drawing == """
                   Growth
        10 +                ****
           |          ******
         5 +    ******
         0 +****
           ++---------+--------+
            0         5       10
                   round
        * rise  min 0  max 10

        """)
  }

  @Test func brailleDrawing() {
    let drawing = TerminalPlot(width: 24, height: 4).render(PlotDrawingTests.diagonal)
    #expect(
      drawing == """
                   Growth
        10 ┤               ⣀⡠⠤⠒⠉
           │          ⣀⡠⠔⠒⠉
         5 ┤     ⣀⠤⠔⠊⠉
         0 ┤⣀⠤⠒⠊⠉
           └┬─────────┬────────┬
            0         5       10
                   round
        ⠤⠤ rise  min 0  max 10

        """)
  }

  @Test func barsStandOnZero() {
    let plot = Plot(series: [.init(name: "pay", mark: .bar, values: [2, -2])], categories: ["Ann", "Bob"])
    let drawing = TerminalPlot(width: 24, height: 5, unicode: false).render(plot)
    #expect(
      drawing == """
         2 + *********
           | *********
         0 + ******************
           |          *********
        -2 +          *********
           +-----+--------+-----
                Ann      Bob
        * pay  min -2  max 2

        """)
  }

  /// The middle point is missing, so that the line has to break there.
  /// A long name must not be pushed under its neighbour's bar.
  @Test func namesStandUnderTheirOwnBars() throws {
    let names = ["Aurora Labs", "Borealis Group", "Castor & Sons", "Draco Holdings", "Eridanus", "Fornax Partners"]
    let plot = Plot(series: [.init(name: "", mark: .bar, values: [1, 2, 3, 4, 5, 6])], categories: names)
    for width in [40, 60, 80, 120] {
      let lines = TerminalPlot(width: width, height: 6).render(plot).split(separator: "\n").map(Array.init)
      let axis = try #require(lines.firstIndex { $0.contains("┬") })
      let ticks = lines[axis].indices.filter { lines[axis][$0] == "┬" }
      #expect(ticks.count == 6)
      for (tick, name) in zip(ticks, names) {
        let below = tick - 2...tick + 2
        let letters = lines[axis + 1].indices.filter { below.contains($0) && lines[axis + 1][$0] != " " }
        let start = try #require(letters.first)
        let word = String(lines[axis + 1][start...].prefix { $0 != " " && $0 != "…" })
        #expect(name.contains(word) && !word.isEmpty, "\(word) stands under \(name)")
      }
    }
    let drawing = SVGPlot().render(plot)
    for name in names { #expect(drawing.contains(">\(name.prefix(6))"), "\(name)") }
  }

  /// The smallest bar of a logarithmic axis stands on something too.
  @Test func theLowestBarOfALogarithmicAxisIsSeen() {
    let plot = Plot(series: [.init(name: "", mark: .bar, values: [1, 10, 1e6])], yScale: .logarithmic)
    let layout = PlotLayout(plot, xTickCount: 4, yTickCount: 4)
    #expect(layout.yAxis.lower < 1 && (layout.traces[0].places[0]?.y ?? 0) > layout.traces[0].feet[0])
  }

  @Test func gapsStayOpen() {
    let plot = Plot(series: [.init(name: "y", values: [1, 1, .nan, 1, 1])])
    let drawing = TerminalPlot(width: 24, height: 3, unicode: false).render(plot)
    let row = drawing.split(separator: "\n").first { $0.contains("*") } ?? ""
    #expect(row.split(separator: " ").filter { $0.contains("*") }.count == 2)
    #expect(drawing.contains("1 point cannot be drawn"))
  }

  @Test func everyLineFitsTheWidth() {
    var plot = PlotDrawingTests.diagonal
    plot.series.append(.init(name: "other", mark: .scatter, values: [3, 1, 4, 1, 5, 9, 2, 6]))
    for width in [24, 40, 80, 133] {
      for unicode in [true, false] {
        let drawing = TerminalPlot(width: width, height: 9, unicode: unicode).render(plot)
        #expect(drawing.split(separator: "\n").allSatisfy { $0.count <= width })
        #expect(unicode || drawing.allSatisfy(\.isASCII))
      }
    }
  }

  @Test func colourEndsOnEveryLineAndIsAbsentWithoutIt() {
    let coloured = TerminalPlot(width: 40, height: 5, color: true).render(PlotDrawingTests.diagonal)
    for line in coloured.split(separator: "\n") where line.contains("\u{1B}[3") {
      #expect(
        line.range(of: "\u{1B}[0m", options: .backwards)!.lowerBound
          > line.range(of: "\u{1B}[3", options: .backwards)!.lowerBound)
    }
    #expect(coloured.contains("\u{1B}[34m"))
    #expect(!TerminalPlot(width: 40, height: 5).render(PlotDrawingTests.diagonal).contains("\u{1B}"))
  }

  @Test func namesCannotSteerTheTerminal() {
    let plot = Plot(series: [.init(name: "a\u{1B}[2Jb\u{7}", values: [1])], title: "t\u{9B}x")
    #expect(
      TerminalPlot().render(plot).unicodeScalars.allSatisfy {
        $0 == "\n" || $0.properties.generalCategory != .control
      })
  }

  @Test(
    arguments: [
      [], [5], [0, 0, 0], [.nan, .infinity], [1e-300, 2e-300], [-1.7e308, 1.7e308], [1e16, 1e16 + 2],
      [.leastNonzeroMagnitude],
    ] as [[Double]])
  func anyDataCanBeDrawn(values: [Double]) {
    for mark in Plot.Mark.allCases {
      for scale in Plot.Scale.allCases {
        let points = values.map { Plot.Point(x: $0, y: $0) }
        let series = [Plot.Series(name: "s", mark: mark, points: points), .init(name: "t", mark: mark, values: values)]
        let plot = Plot(series: series, xScale: scale, yScale: scale)
        #expect(!TerminalPlot(width: 1, height: 1).render(plot).isEmpty)
        #expect(isWellFormed(SVGPlot(width: 1, height: 1).render(plot)))
        #expect(!SVGPlot().render(plot).contains("nan"))
      }
    }
  }

  @Test func svgDrawing() {
    let plot = Plot(series: [.init(name: "", points: [.init(x: 0, y: 0), .init(x: 1, y: 1)])])
    #expect(
      SVGPlot(width: 200, height: 120).render(plot) == ##"""
        <svg xmlns="http://www.w3.org/2000/svg" width="200" height="120" viewBox="0 0 200 120" role="img">
        <title>Plot</title>
        <desc>line: 2 points, 0 to 1</desc>
        <rect width="100%" height="100%" fill="#ffffff"/>
        <g font-family="Helvetica, Arial, sans-serif" font-size="12" fill="#333333">
        <line x1="38.40" y1="88.00" x2="182.00" y2="88.00" stroke="#a0a0a0"/>
        <text x="30.40" y="92.00" text-anchor="end">0.0</text>
        <line x1="38.40" y1="51.00" x2="182.00" y2="51.00" stroke="#e3e3e3"/>
        <text x="30.40" y="55.00" text-anchor="end">0.5</text>
        <line x1="38.40" y1="14.00" x2="182.00" y2="14.00" stroke="#e3e3e3"/>
        <text x="30.40" y="18.00" text-anchor="end">1.0</text>
        <line x1="38.40" y1="88.00" x2="38.40" y2="93.00" stroke="#333333"/>
        <text x="38.40" y="107.00" text-anchor="middle">0</text>
        <line x1="182.00" y1="88.00" x2="182.00" y2="93.00" stroke="#333333"/>
        <text x="182.00" y="107.00" text-anchor="middle">1</text>
        <line x1="38.40" y1="88.00" x2="182.00" y2="88.00" stroke="#333333"/>
        <line x1="38.40" y1="14.00" x2="38.40" y2="88.00" stroke="#333333"/>
        <polyline points="38.40,88.00 182.00,14.00" fill="none" stroke="#0072b2" stroke-width="1.8" stroke-linejoin="round"/>
        </g>
        </svg>

        """##)
  }

  @Test func svgNamesAreText() {
    let plot = Plot(
      series: [.init(name: "<b>&\"\u{0}\u{1B}", values: [1, 2])], title: "<script>", xLabel: "]]>", yLabel: "é")
    let text = SVGPlot().render(plot)
    #expect(isWellFormed(text))
    #expect(!text.contains("<script>") && !text.contains("<b>"))
  }

  /// Thinning keeps the extremes of every pixel column, and far fewer points than came in.
  @Test func longLinesAreThinned() {
    var stream = 1 as UInt64
    let values = (0..<100_000).map { _ -> Double in
      stream = stream &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(stream >> 40)
    }
    let places = values.enumerated().map { PlotLayout.Place(x: Double($0.offset) / 99_999, y: $0.element) }
    let thin = LineThinning.thin(places, columns: 500)
    #expect(thin.count <= 4 * 501)
    #expect(thin.map(\.y).max() == values.max() && thin.map(\.y).min() == values.min())
    #expect(thin.first == places.first && thin.last == places.last)
    #expect(LineThinning.thin(places.reversed(), columns: 500).count == places.count)
  }

  /// A line of a million points is thinned once, draws the same picture, and still says how many points it has.
  @Test(arguments: Plot.Scale.allCases) func veryLongLinesDrawTheSamePicture(scale: Plot.Scale) throws {
    var random = RandomStream(seed: 3, purpose: "line")
    var values = (0..<1_000_000).map { _ in Double(random.next() >> 40) }
    (values[7], values[500_000], values[500_001]) = (.nan, -5, .infinity)
    let plot = Plot(series: [.init(name: "", values: values)], xScale: scale, yScale: scale)
    let thin = try plot.thinned(cancellation: .never)
    #expect(thin.series[0].points.count < 130_000)
    let layouts = [plot, thin].map { PlotLayout($0, xTickCount: 5, yTickCount: 5) }
    #expect(layouts[0].description == layouts[1].description && layouts[0].skippedCount == layouts[1].skippedCount)
    #expect(layouts[0].xAxis == layouts[1].xAxis && layouts[0].yAxis == layouts[1].yAxis)
    // The highest point of a pixel column may have been at its very edge.
    let peaks = layouts.map { layout in
      layout.traces[0].places.compactMap { $0 }.reduce(into: Array(repeating: 0.0, count: 601)) { peaks, place in
        peaks[Int(place.x * 600)] = max(peaks[Int(place.x * 600)], place.y)
      }
    }
    #expect(zip(peaks[0], peaks[1]).count { $0 != $1 } < 30)
    #expect(throws: Cancelled.self) { try plot.thinned(cancellation: Cancellation { true }) }
  }

  private func isWellFormed(_ text: String) -> Bool {
    XMLParser(data: Data(text.utf8)).parse()
  }
}

import Core
import Foundation
import Testing

@testable import Scripting

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Each kind of plot: what it computes from its data, and that any data can be drawn by every renderer.
@Suite struct PlotKindTests {
  // MARK: What is computed

  @Test func everyValueOfASampleFallsIntoOneBin() throws {
    let sample = [0.5, 1, 1, 2, 3, 5, 8, 13, .nan, .infinity]
    for bins in [nil, 1, 3, 10] {
      let edges = try Histogram.edges(of: [sample], bins: bins, scale: .linear)
      let histogram = try Histogram(sample, edges: edges)
      #expect(histogram.counts.reduce(0, +) == 8 && histogram.skippedCount == 2)
      #expect(bins == nil || histogram.counts.count == bins)
      #expect(zip(edges, edges.dropFirst()).allSatisfy { $0 < $1 })
      for (index, count) in histogram.counts.enumerated() {
        let isLast = index == histogram.counts.count - 1
        let inside = sample.count { edges[index] <= $0 && (isLast ? $0 <= edges[index + 1] : $0 < edges[index + 1]) }
        #expect(count == inside)
      }
    }
  }

  /// The widths of such samples are more than there are numbers.
  @Test(arguments: [[-1e308, 1e308], [-1.7e308, 0, 1.7e308], [1e308, 1.1e308], [1.7e308], [-1e308, -1e308, 1]])
  func theLargestNumbersHaveBins(sample: [Double]) throws {
    for bins in [nil, 1, 8] {
      let edges = try Histogram.edges(of: [sample], bins: bins, scale: .linear)
      let histogram = try Histogram(sample, edges: edges)
      #expect(histogram.counts.reduce(0, +) == sample.count && histogram.skippedCount == 0)
      #expect(edges.allSatisfy(\.isFinite) && zip(edges, edges.dropFirst()).allSatisfy { $0 < $1 })
      let plot = Plot(series: [histogram.series(name: "", asDensity: false)])
      let layout = PlotLayout(plot, xTickCount: 5, yTickCount: 5)
      #expect(layout.skippedCount == 0 && !layout.isEmpty)
    }
  }

  @Test func theAreasOfADensityAddUpToOne() throws {
    let sample = (0..<500).map { Double($0 * $0 % 97) }
    let edges = try Histogram.edges(of: [sample], bins: nil, scale: .linear)
    let series = try Histogram(sample, edges: edges).series(name: "", asDensity: true)
    let area = zip(series.points, zip(edges, edges.dropFirst())).reduce(0) { $0 + $1.0.y * ($1.1.1 - $1.1.0) }
    #expect(abs(area - 1) < 1e-12)
  }

  @Test func logarithmicBinsHaveEqualRatios() throws {
    let edges = try Histogram.edges(of: [[1, 10, 1000, -4, 0]], bins: 3, scale: .logarithmic)
    #expect(edges.count == 4)
    for (low, high) in zip(edges, edges.dropFirst()) { #expect(abs(high / low - 10) < 1e-9) }
  }

  /// The values of R's `quantile(c(2, 4, 4, 5, 7, 9, 30), type = 7)`.
  @Test func boxesHoldTheQuartiles() throws {
    let (box, outliers) = try #require(try Plot.Box.summary(of: [30, 2, 9, 4, 7, 4, 5, .nan], at: 1))
    #expect(box.lowerQuartile == 4 && box.median == 5 && box.upperQuartile == 8)
    #expect(box.lowerWhisker == 2 && box.upperWhisker == 9 && outliers == [30])
    #expect(try Plot.Box.summary(of: [.nan], at: 1) == nil)
    let (single, none) = try #require(try Plot.Box.summary(of: [7], at: 1))
    #expect(single.all == [7, 7, 7, 7, 7] && none.isEmpty)
  }

  @Test func aLargeHeatmapIsDrawnAsMeans() {
    let map = Plot.Heatmap(values: (0..<100).map { row in (0..<60).map { Double(row + $0) } })
    let small = map.reduced(rows: 10, columns: 20)
    #expect(small.rows == 10 && small.columns == 20)
    // Rows 0 to 9 and columns 0 to 2: 4.5 + 1.
    #expect(abs(small.values[0][0] - 5.5) < 1e-9)
    #expect(map.reduced(rows: 100, columns: 60) == map)
  }

  @Test func distancesInTheDrawingFollowTheEdges() {
    // A path of seven nodes: its ends are farthest apart, neighbours nearest.
    let path = StressLayout.places(count: 7, edges: (0..<6).map { ($0, $0 + 1) })
    func distance(_ a: Int, _ b: Int) -> Double { hypot(path[a].x - path[b].x, path[a].y - path[b].y) }
    for node in 0..<6 { #expect(abs(distance(node, node + 1) - 1) < 0.1) }
    #expect(abs(distance(0, 6) - 6) < 0.3)
    #expect(StressLayout.places(count: 7, edges: (0..<6).map { ($0, $0 + 1) }) == path)
    #expect(StressLayout.places(count: 3, edges: [(0, 0), (5, 1), (-1, 2)]).count == 3)
  }

  @Test func theRampRisesInLightness() {
    let lightness = stride(from: 0.0, through: 1, by: 0.02).map { share -> Double in
      let color = Palette.ramp(share)
      return 0.2126 * color.red + 0.7152 * color.green + 0.0722 * color.blue
    }
    #expect(zip(lightness, lightness.dropFirst()).allSatisfy { $0 < $1 })
    #expect(Palette.ramp(0).hexadecimal == "#440154" && Palette.ramp(1).hexadecimal == "#fde725")
    #expect(Palette.ramp(.nan).hexadecimal == "#440154")
  }

  // MARK: What is said

  @Test func whatCannotBeDrawnIsSaidInEveryForm() throws {
    let gaps = Plot(series: [.init(name: "", values: [1, .nan, 3, .infinity])], title: "gaps")
    let holes = Plot(.heatmap(.init(values: [[1, .nan], [3, 4]])))
    for (plot, words) in [(gaps, "2 points cannot be drawn"), (holes, "1 cell has no number")] {
      #expect(TerminalPlot().render(plot).contains(words))
      let drawing = SVGPlot().render(plot)
      #expect(drawing.contains(">\(words)</text>") && drawing.contains("; \(words)</desc>"))
      let specification = try JSON.parse(VegaLitePlot.render(plot))
      #expect(
        specification["title"]?["subtitle"]?.string == words && specification["title"]?["text"]?.string == plot.title)
    }
    let whole = Plot(series: [.init(name: "", values: [1, 2])], title: "whole")
    #expect(!SVGPlot().render(whole).contains("cannot be drawn"))
    #expect(try JSON.parse(VegaLitePlot.render(whole))["title"]?.string == "whole")
  }

  /// Ten classes have ten looks in a notebook's legend, though there are seven colours.
  @Test(arguments: [Plot.Mark.line, .stack, .bar]) func manySeriesAreToldApartInNotebooks(mark: Plot.Mark) throws {
    let plot = Plot(series: (1...10).map { .init(name: "class \($0)", mark: mark, values: [1, Double($0)]) })
    let layers = try JSON.parse(VegaLitePlot.render(plot))["layer"]?.array ?? []
    let encoding = try #require(layers.first?["encoding"])
    func range(_ look: String) -> [String] {
      encoding[look]?["scale"]?["range"]?.array?.map { (try? $0.compact()) ?? "" } ?? Array(repeating: "", count: 10)
    }
    #expect(encoding["color"]?["legend"]?["symbolType"] == (mark == .line ? "stroke" : nil))
    #expect(layers.count == 10 && Set(zip(range("color"), range("strokeDash")).map { $0 + $1 }).count == 10)
  }

  /// Where the legend holds lines and points, each keeps its own look.
  @Test func linesAmongPointsKeepTheirDashes() throws {
    let plot = Plot(series: [
      .init(name: "a", mark: .scatter, values: [1, 2]), .init(name: "b", values: [1, 2]),
    ])
    let layers = try JSON.parse(VegaLitePlot.render(plot))["layer"]?.array ?? []
    #expect(layers.map { $0["encoding"]?["shape"] ?? $0["encoding"]?["strokeDash"] } == [nil, nil])
    #expect(layers.first?["mark"]?["shape"] == "circle" && layers.last?["mark"]?["strokeDash"] == [7, 3])
  }

  /// What a notebook would otherwise leave out or show as something else.
  @Test func notebooksShowLonePointsEmptyPlotsAndHoles() throws {
    func layers(_ plot: Plot) throws -> [JSON] { try JSON.parse(VegaLitePlot.render(plot))["layer"]?.array ?? [] }
    let lone = Plot(series: [.init(name: "a", values: [1, 2, .nan, 5]), .init(name: "b", values: [1, 2, 3, 4])])
    let dots = try layers(lone).filter { $0["mark"]?["type"] == "point" }
    #expect(dots.count == 1 && dots[0]["data"]?["values"]?.array?.count == 1)
    for mark in Plot.Mark.allCases {
      let empty = try layers(Plot(series: [.init(name: "", mark: mark, points: [])]))
      #expect(empty.last?["mark"]?["text"] == "nothing to draw", "\(mark)")
    }
    let holes = try layers(Plot(.heatmap(.init(values: [[1, .nan], [3, 4]]))))
    #expect(holes.first?["encoding"]?["color"]?["condition"]?["test"] == "datum.value === null")
    #expect(try layers(Plot(.heatmap(.init(values: [[.nan]])))).map { $0["mark"]?["type"] } == ["text"])
  }

  /// Those who cannot see a drawing are told what it shows, in SVG and in notebooks by the same words.
  @Test func everyPlotDescribesItself() throws {
    for plot in try Self.hostile() {
      let drawing = SVGPlot().render(plot)
      #expect(drawing.contains("role=\"img\"") && drawing.contains("<title>"))
      let told = try JSON.parse(VegaLitePlot.render(plot))["description"]?.string
      if case .facets = plot.content { continue }
      #expect(told.map { drawing.contains("<desc>\(SVGText.escape($0))</desc>") } == true, "\(told ?? "nothing")")
    }
  }

  // MARK: Names in networks

  @Test func namesStandWhereNoEdgeIs() {
    let (middle, below) = (PlotLayout.Place(x: 100, y: 100), PlotLayout.Place(x: 100, y: 180))
    func label(_ ends: [PlotLayout.Place]) -> LabelPlacement.Label {
      var placement = LabelPlacement(
        nodes: [middle] + ends, edges: ends.map { (middle, $0) }, radius: 7, width: 200, height: 200)
      return placement.place(at: middle, width: 30)
    }
    #expect(label([]) == .init(x: 100, y: 119, anchor: "middle"))
    #expect(label([below]) == .init(x: 100, y: 88, anchor: "middle"))
    let above = PlotLayout.Place(x: 100, y: 20)
    #expect(label([below, above]).anchor == "start")
    #expect(label([below, above, .init(x: 180, y: 100)]).anchor == "end")
    // At the edge of the drawing, a name stays inside it.
    var placement = LabelPlacement(nodes: [.init(x: 195, y: 100)], edges: [], radius: 5, width: 200, height: 200)
    #expect(placement.place(at: .init(x: 195, y: 100), width: 30).anchor == "end")
  }

  @Test func twoNamesDoNotLieOnEachOther() {
    let places = [PlotLayout.Place(x: 100, y: 100), .init(x: 104, y: 100)]
    var placement = LabelPlacement(nodes: places, edges: [], radius: 2, width: 200, height: 200)
    let (first, second) = (placement.place(at: places[0], width: 60), placement.place(at: places[1], width: 60))
    #expect(first != second && first.y != second.y)
  }

  // MARK: What is drawn

  @Test func aBandIsOneAreaAndOneLine() {
    let points = (0..<5).map { Plot.Point(x: Double($0), y: 2, interval: .init(lower: 1, upper: 3)) }
    let plot = Plot(series: [.init(name: "mean", mark: .band, points: points)])
    let drawing = SVGPlot().render(plot)
    #expect(drawing.split(separator: "<polygon").count == 2 && drawing.split(separator: "<polyline").count == 3)
    // The axis reaches over the whole band.
    let layout = PlotLayout(plot, xTickCount: 4, yTickCount: 4)
    #expect(layout.yAxis.lower <= 1 && layout.yAxis.upper >= 3)
    let ascii = TerminalPlot(width: 40, height: 9, unicode: false).render(plot)
    #expect(ascii.contains(":::") && ascii.contains("***"))
  }

  @Test func barsOfErrorReachFromEndToEnd() {
    let plot = Plot(series: [
      .init(
        name: "", mark: .scatter, points: [.init(x: 1, y: 2, interval: .init(lower: 1, upper: 5)), .init(x: 2, y: 2)])
    ])
    let layout = PlotLayout(plot, xTickCount: 4, yTickCount: 4)
    #expect(layout.traces[0].intervals.count { $0 != nil } == 1)
    #expect(layout.yAxis.upper >= 5)
  }

  @Test func referenceLinesWidenTheAxisAndAreNamed() {
    let plot = Plot(
      series: [.init(name: "y", values: [1, 2])],
      rules: [.init("limit", .horizontal, at: 10), .init("", .vertical, at: 4), .init("lost", .vertical, at: .nan)])
    let layout = PlotLayout(plot, xTickCount: 4, yTickCount: 4)
    #expect(layout.yAxis.upper >= 10 && layout.xAxis.upper >= 4 && layout.rules.count == 2)
    #expect(SVGPlot().render(plot).contains(">limit<"))
    #expect(TerminalPlot().render(plot).contains("limit  y = 10"))
  }

  @Test func facetsStandSideBySideWhereThereIsRoom() {
    let line = Plot(series: [.init(name: "", values: [1, 2])], title: "one")
    let plot = Plot(.facets([line, line, line], columns: 2), title: "all")
    func rowsWithTwo(_ width: Int) -> Int {
      TerminalPlot(width: width).render(plot).split(separator: "\n").count {
        $0.split(separator: "one").count == 3 || $0.components(separatedBy: "one").count == 3
      }
    }
    #expect(rowsWithTwo(100) == 1)
    #expect(rowsWithTwo(60) == 0)
    #expect(SVGPlot(fitting: plot).render(plot).split(separator: "translate(").count == 4)
  }

  @Test func thePictureOfAHeatmapSaysItsNumbers() {
    let plot = Plot(
      .heatmap(.init(values: [[3, 0], [5, 1]], rowNames: ["stay", "go"], columnNames: ["stay", "go"])))
    for text in [SVGPlot().render(plot), TerminalPlot().render(plot)] {
      for word in ["stay", "go", "3", "5"] { #expect(text.contains(word)) }
    }
    #expect(TerminalPlot(color: true).render(plot).contains("\u{1B}[48;5;"))
    #expect(!TerminalPlot().render(plot).contains("\u{1B}"))
    let ascii = TerminalPlot(unicode: false).render(plot)
    #expect(ascii.allSatisfy { $0.isASCII })
  }

  // MARK: Any data

  static let values: [Double] = [
    0, 1, -1, .leastNonzeroMagnitude, 1e300, -1.7e308, 1.7e308, .nan, .infinity, -.infinity,
  ]

  /// Plots of every kind whose data are empty, single, alike, huge, or no numbers.
  static func hostile() throws -> [Plot] {
    let points = values.map { Plot.Point(x: $0, y: $0, interval: .init(lower: $0, upper: 2 * $0)) }
    let samples = [("a", values), ("b", []), ("c", [1]), ("d", [2, 2, 2]), ("", [.nan])]
    var plots: [Plot] = []
    for scale in Plot.Scale.allCases {
      for bins in [nil, 7] {
        let edges = try Histogram.edges(of: samples.map(\.1), bins: bins, scale: scale)
        plots.append(
          Plot(
            series: try samples.map { try Histogram($0.1, edges: edges).series(name: $0.0, asDensity: bins == nil) },
            xScale: scale, yScale: scale))
      }
      for mark in Plot.Mark.allCases {
        plots.append(
          Plot(
            series: [.init(name: "s", mark: mark, points: points), .init(name: "", mark: mark, points: [])],
            xScale: scale, yScale: scale, rules: values.map { .init("r", .horizontal, at: $0) }))
      }
      let (series, categories) = try Plot.boxes(of: samples)
      plots.append(Plot(series: [series], yScale: scale, categories: categories))
    }
    for cells in [[], [[]], [values], values.map { [$0] }, [[.nan]], [[4, 4]], [[1], [1, 2]]] {
      plots.append(Plot(.heatmap(.init(values: cells)), title: "t", xLabel: "x", yLabel: "y"))
    }
    let edges = [Plot.Network.Edge(from: 0, to: 1, weight: .nan), .init(from: 1, to: 1), .init(from: 7, to: 0)]
    for names in [[], ["one"], ["a", "b"], (0..<90).map(String.init)] {
      plots.append(Plot(.network(.init(names: names, groups: ["g"], edges: edges, isDirected: true))))
    }
    let nodes = values.map { Plot.Network.Node(name: "n", place: .init(x: $0, y: $0)) }
    plots.append(Plot(.network(.init(nodes: nodes, edges: edges))))
    return plots + [Plot(.facets(plots, columns: 3), title: "all"), Plot(.facets([], columns: 0))]
  }

  @Test(arguments: try hostile())
  func anyDataCanBeDrawn(plot: Plot) throws {
    for (width, height) in [(1, 1), (61, 9), (500, 300)] {
      for unicode in [true, false] {
        let drawing = TerminalPlot(width: width, height: height, color: unicode, unicode: unicode).render(plot)
        #expect(!drawing.isEmpty)
        #expect(unicode || drawing.allSatisfy { $0.isASCII })
      }
      let text = SVGPlot(width: width, height: height).render(plot)
      #expect(XMLParser(data: Data(text.utf8)).parse())
      #expect(text.matches(of: /="-?(nan|inf)"/).isEmpty)
    }
    let specification = try JSON.parse(VegaLitePlot.render(plot))
    #expect(specification["$schema"]?.string == "https://vega.github.io/schema/vega-lite/v5.json")
  }

  @Test func noLineIsWiderThanTheTerminal() throws {
    for plot in try Self.hostile().dropLast(2) {
      for width in [24, 60, 120] {
        let lines = TerminalPlot(width: width, unicode: true).render(plot).split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= max(width, 60) }, "\(plot)")
      }
    }
  }

  // MARK: Pictures

  @Test func aPictureHasTheSizeAsked() throws {
    let plot = Plot(series: [.init(name: "é <&>", values: [1, 4, 9])], title: "squares")
    let bytes: [UInt8]
    do {
      bytes = try PNGPlot(SVGPlot(width: 200, height: 150), scale: 2).render(plot)
    } catch let missing as MissingLibrary {
      // Said in clear words, where the library is not installed.
      #expect(missing.message.contains("librsvg") && missing.hint?.contains("librsvg2-2") == true)
      return
    }
    #expect(Array(bytes.prefix(8)) == [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    func number(_ place: Int) -> Int { bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
    #expect(number(16) == 400 && number(20) == 300)
    #expect(throws: ScriptError.self) { try PNGPlot(SVGPlot(width: 10_000, height: 10_000), scale: 20).render(plot) }
  }
}

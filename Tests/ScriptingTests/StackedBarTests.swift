import Testing

@testable import Scripting

@Suite struct StackedBarTests {
  private static let plot = Plot(
    series: [
      .init(name: "rose", mark: .stack, values: [1, 3]), .init(name: "tulip", mark: .stack, values: [3, 1]),
      .init(name: "aster", mark: .stack, values: [0, 0]),
    ], categories: ["Ann", "Bob"])

  /// Each part begins where the one below it ends, and nothing is drawn of what is 0.
  @Test func partsStandOnEachOther() {
    let layout = PlotLayout(Self.plot, xTickCount: 2, yTickCount: 3)
    #expect(layout.yAxis.lower == 0 && layout.yAxis.upper == 4)
    #expect(layout.traces[0].feet == [0, 0])
    #expect(layout.traces[0].places.map { $0?.y } == [0.25, 0.75])
    #expect(layout.traces[1].feet == [0.25, 0.75])
    #expect(layout.traces[1].places.map { $0?.y } == [1, 1])
    #expect(layout.traces[2].feet == [1, 1])
    // Told of each part are its own heights.
    #expect(layout.traces[1].range == 1...3)
    // They stand in the same columns.
    #expect(layout.traces[0].places.map { $0?.x } == layout.traces[1].places.map { $0?.x })
  }

  @Test func theTerminalTellsPartsApart() {
    let plain = TerminalPlot(width: 24, height: 8, unicode: false).render(Self.plot)
    let rows = plain.split(separator: "\n").prefix(8)
    // Where two parts meet in a row, the upper one shows.
    #expect(rows.count { $0.contains("*") } == 5 && rows.count { $0.contains("o") } == 6)
    #expect(!rows.contains { $0.contains("+++") })
    let letters = TerminalPlot(width: 24, height: 8).render(Self.plot).split(separator: "\n").prefix(8)
    #expect(letters.contains { $0.contains("BBB") && $0.contains("AAA") })
    #expect(!letters.contains { $0.contains("C") })
  }

  @Test func theFileHasABarForEachPart() {
    let drawing = SVGPlot().render(Self.plot)
    // Four parts, three signs in the legend, and the paper.
    #expect(drawing.split(separator: "<rect").count - 1 == 4 + 3 + 1)
  }

  @Test func whatCannotBeDrawnIsCounted() {
    let plot = Plot(series: [
      .init(name: "a", mark: .stack, values: [1, .nan, .infinity]), .init(name: "b", mark: .stack, values: [1, 2, 3]),
    ])
    #expect(PlotLayout(plot, xTickCount: 3, yTickCount: 3).skippedCount == 2)
    for text in [TerminalPlot().render(plot), SVGPlot().render(plot)] { #expect(!text.contains("nan")) }
  }

  /// What is below zero hangs from it, so that no part covers another.
  @Test func negativePartsHangDown() {
    let plot = Plot(
      series: [("a", 1.0), ("b", -1), ("c", 2), ("d", -3)].map { .init(name: $0.0, mark: .stack, values: [$0.1]) })
    let layout = PlotLayout(plot, xTickCount: 3, yTickCount: 3)
    let spans = layout.traces.map { trace in
      [trace.feet[0], trace.places[0]?.y ?? .nan].map { layout.yAxis.value(at: $0).rounded() }
    }
    #expect(spans == [[0, 1], [0, -1], [1, 3], [-1, -4]])
  }
}

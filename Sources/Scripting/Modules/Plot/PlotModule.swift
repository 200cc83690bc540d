/// `plot`: charts, heatmaps, networks, and several of them side by side.
enum PlotModule {
  static func module(_ context: RunContext) -> Module {
    Module(
      name: "plot", summary: "drawings in the terminal, and as SVG, PNG and Vega-Lite files",
      functions: SeriesFunctions.all + [
        SampleFunctions.histogram, SampleFunctions.boxplot, HeatmapFunction.function, NetworkFunction.function,
        FacetsFunction.function, PartitionDrawing.function,
      ])
  }
}

import Tensor

extension Plot {
  /// A chart whose very long lines have lost the points that no picture of any size would show, so that drawing them
  /// takes no time to speak of.
  ///
  /// - Throws: `Cancelled` when the work is stopped.
  func thinned(cancellation: Cancellation) throws -> Plot {
    guard case .chart(let series) = content else { return self }
    var plot = self
    plot.series = try series.map { try $0.thinned(xScale: xScale, yScale: yScale, cancellation: cancellation) }
    return plot
  }
}

extension Plot.Series {
  /// More columns than the widest picture has.
  private static let columns = 30_000

  /// Marks other than lines, and lines with bars of error, stay as they are.
  fileprivate func thinned(xScale: Plot.Scale, yScale: Plot.Scale, cancellation: Cancellation) throws -> Plot.Series {
    guard mark == .line, points.count > 4 * Self.columns, points.first?.interval == nil else { return self }
    var (lowest, highest) = (Double.infinity, -Double.infinity)
    for (index, point) in points.enumerated() where Axis.canDraw(point.x, scale: xScale) {
      try cancellation.check(at: index)
      (lowest, highest) = (min(lowest, point.x), max(highest, point.x))
    }
    guard lowest < highest else { return self }
    let axis = Axis(values: [lowest, highest], scale: xScale, tickCount: 2)
    var thin = self
    thin.points = []
    var run: [(place: PlotLayout.Place, index: Int)] = []
    func endRun() {
      thin.points += LineThinning.kept(run.map(\.place), columns: Self.columns).map { points[run[$0].index] }
      run.removeAll(keepingCapacity: true)
    }
    for (index, point) in points.enumerated() {
      try cancellation.check(at: index)
      if Axis.canDraw(point.y, scale: yScale), let x = axis.position(of: point.x) {
        run.append((PlotLayout.Place(x: x, y: point.y), index))
      } else {
        endRun()
        thin.points.append(point)
      }
    }
    endRun()
    thin.unseenCount = unseenCount + points.count - thin.points.count
    return thin
  }
}

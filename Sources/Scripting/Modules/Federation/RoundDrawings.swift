import Core

/// The course of training, round by round.
enum RoundDrawings {
  static func pictures(_ reports: [RoundReport]) -> [Picture] {
    func curve(_ name: String, _ label: String, _ value: (RoundReport) -> Double) -> (String, Plot) {
      let points = reports.map { Plot.Point(x: Double($0.round), y: value($0)) }
      return (name, Plot(series: [.init(name: "", points: points)], title: name, xLabel: "round", yLabel: label))
    }
    let curves = [
      curve("accuracy", "accuracy (%)") { 100 * $0.accuracy }, curve("loss", "loss") { $0.loss },
      curve("epsilon", "largest epsilon spent") { $0.epsilonSpent.max() ?? 0 },
      curve("energy", "energy (J)") { $0.joules }, curve("seconds", "simulated (s)") { $0.simulatedSeconds },
      curve("participants", "members") { Double($0.members.count) },
    ]
    let both = Plot(.facets(curves.prefix(2).map(\.1), columns: 2), title: "training")
    return [Picture("training", both)] + curves.map { name, plot in Picture(name, plot) }
  }

  /// One number for each member.
  static func bars(_ members: [Int], _ values: [Double], title: String, label: String, rules: [Plot.Rule] = []) -> Plot
  {
    let points = zip(members, values).map { Plot.Point(x: Double($0), y: $1) }
    return Plot(
      series: [.init(name: "", mark: .bar, points: points)], title: title, xLabel: "member", yLabel: label, rules: rules
    )
  }
}

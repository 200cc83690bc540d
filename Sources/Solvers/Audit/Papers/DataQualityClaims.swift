import Tensor

/// What TBCIM says of data: their quality, their distance, and whom algorithm 2 lets in.
enum DataQualityClaims {
  static func all(_ trial: ClaimTrial) throws -> [PaperClaim] {
    [
      try selection(trial), try exponent(), try effectOfDistance(), try falling(), try positive(), try worthOfData(),
      try meanDistance(trial),
    ]
  }

  private static func quality(scale: Double, _ variant: Variant = .corrected) -> DataQuality {
    var quality = DataQuality()
    quality.distanceScale = scale
    quality.variant = variant
    return quality
  }

  /// The distances from 0 to 2 in hundredths.
  private static let distances = (0...200).map { Double($0) / 100 }

  private static func selection(_ trial: ClaimTrial) throws -> PaperClaim {
    var stream = trial.stream("selection")
    let distances = (0..<20).map { _ in stream.uniform(0.05, 2) }
    let mean = distances.reduce(0, +) / 20
    func kept(_ variant: Variant) throws -> Double {
      let members = try trial.rules.selected(distances, variant)
      return members.reduce(0) { $0 + distances[$1] } / Double(max(1, members.count))
    }
    let alike = [0.1, 0.1, 0.1]
    return PaperClaim(
      "L5", "TBCIM algorithm 2", "it keeps the devices whose data suit the task",
      printed: Comparison(Figure("mean EMD kept, of 20", try kept(.paper)), .atMost, Figure("of all", mean)),
      truth: "it keeps those beyond the mean; the text of IV-A wants the others",
      amendment: .correction(
        Comparison(Figure("the others", try kept(.corrected)), .atMost, Figure("of all", mean))),
      figures: [
        Figure("three at 0.1 less their mean, in doubles", alike[0] - alike.reduce(0, +) / 3),
        Figure("kept of them", Double(try trial.rules.selected(alike, .paper).count)),
      ])
  }

  private static func exponent() throws -> PaperClaim {
    func gain(_ variant: Variant) throws -> Double {
      let quality = quality(scale: 10, variant)
      return try quality.quality(samples: 50_000, distance: 0.6) - quality.quality(samples: 1000, distance: 0.6)
    }
    return PaperClaim(
      "L6a", "TBCIM (27)", "with a3 in the exponent, quality grows with the data",
      printed: Comparison(Figure("gain, 1000 to 50,000", try gain(.paper)), .above, Figure("rounding", 1e-9)),
      truth: "it is full at a hundred samples; (28) has a2 in its place",
      amendment: .correction(Comparison(Figure("with a2", try gain(.corrected)), .above, Figure("rounding", 1e-9))),
      figures: [
        Figure("quality of 100 samples, a3", try quality(scale: 1e5, .paper).quality(samples: 100, distance: 1))
      ])
  }

  private static func effectOfDistance() throws -> PaperClaim {
    func comparison(_ scale: Double) throws -> Comparison {
      let quality = quality(scale: scale)
      func worth(_ samples: Double, _ distance: Double) throws -> Double {
        try quality.utility(sizes: [samples], distances: [distance]).value
      }
      return Comparison(
        Figure("U_d lost from EMD 0 to 2", try worth(50_000, 0) - worth(50_000, 2)), .atLeast,
        Figure("worth of a sample", try worth(50_001, 0) - worth(50_000, 0)))
    }
    return PaperClaim(
      "L6b", "TBCIM (28), a4 = 1e5", "with the printed a4, the labels' distance matters",
      printed: try comparison(1e5), truth: "less than one sample of 50,000; with a4 = 10 it matters",
      amendment: .correction(try comparison(10)))
  }

  private static func falling() throws -> PaperClaim {
    /// The largest rise of quality in a step of a hundredth of distance.
    func rise(_ scale: Double, _ samples: [Double]) throws -> Double {
      let quality = quality(scale: scale)
      return try samples.flatMap { samples in
        try zip(distances, distances.dropFirst()).map {
          try quality.quality(samples: samples, distance: $1) - quality.quality(samples: samples, distance: $0)
        }
      }.max() ?? 0
    }
    let narrow = quality(scale: 1)
    return PaperClaim(
      "L6c", "TBCIM (27), (28)", "quality falls as the labels' distance grows",
      printed: Comparison(
        Figure("q at EMD 1.45, a4 = 1", try narrow.quality(samples: 10, distance: 1.45)), .atMost,
        Figure("at 1.40", try narrow.quality(samples: 10, distance: 1.4))),
      truth: "where alpha > 0.235, as with a4 = 10",
      amendment: .condition(
        Comparison(
          Figure("largest rise, a4 = 10", try rise(10, [0, 1, 10, 1000, 1e5, 1e7])), .atMost, Figure("none", 0))),
      figures: [
        Figure("alpha at 1.40, a4 = 1", try narrow.exponent(distance: 1.4)),
        Figure("least alpha, a4 = 10", try quality(scale: 10).exponent(distance: 2)),
      ])
  }

  private static func positive() throws -> PaperClaim {
    func least(_ scale: Double) throws -> Double {
      let quality = quality(scale: scale)
      return try [0, 1, 100, 1e4, 1e6].flatMap { samples in
        try distances.map { try quality.quality(samples: samples, distance: $0) }
      }.min() ?? 0
    }
    return PaperClaim(
      "L6d", "TBCIM (27), (28)", "quality, an accuracy, is at least 0",
      printed: Comparison(Figure("least q, a4 = 2.5", try least(2.5)), .atLeast, Figure("none", 0)),
      truth: "for a4 of at least 8.2244, or with a floor",
      amendment: .condition(Comparison(Figure("least q, a4 = 8.2245", try least(8.2245)), .atLeast, Figure("none", 0))))
  }

  private static func worthOfData() throws -> PaperClaim {
    func comparison(_ floor: DataQuality.Floor) throws -> Comparison {
      var quality = quality(scale: 2.5)
      quality.floor = floor
      return Comparison(
        Figure("10,000 samples, EMD 1", try quality.utility(sizes: [10_000], distances: [1]).value), .atLeast,
        Figure("no samples", try quality.utility(sizes: [], distances: []).value))
    }
    return PaperClaim(
      "L7", "TBCIM (28)", "some data are worth no less than none", printed: try comparison(.none),
      truth: "an untrained model has a value: use the floor \"untrained\"",
      amendment: .correction(try comparison(.untrained)))
  }

  private static func meanDistance(_ trial: ClaimTrial) throws -> PaperClaim {
    let (first, second, wanted) = ([1.0, 0], [0.0, 1], [0.5, 0.5])
    let mean = (try trial.rules.distance(first, wanted) + trial.rules.distance(second, wanted)) / 2
    let union = zip(first, second).map { ($0 + $1) / 2 }
    return PaperClaim(
      "L10", "TBCIM (26), (28)", "the mean EMD is that of all the data together",
      printed: Comparison(
        Figure("mean of two one-class devices", mean), .equal,
        Figure("their union", try trial.rules.distance(union, wanted))),
      truth: "the mean is never smaller; devices may complement each other")
  }
}

import Tensor

/// What PMS-AM says of noise on gradients.
enum PrivacyClaims {
  static func all(_ trial: ClaimTrial) throws -> [PaperClaim] {
    [try priceOfPrivacy(trial), try usefulGradient(trial)]
  }

  /// The perceptron of the papers.
  private static let parameters = 50_890
  private static let clip = 1.0

  /// The norm of the noise that one step of epsilon draws, on a batch of 64 clipped to an L1 norm of 1.
  private static func noiseNorm(_ epsilon: Double, _ trial: ClaimTrial) throws -> Double {
    let scale = try LaplaceMechanism.scale(
      sensitivity: LaplaceMechanism.meanGradientSensitivity(clip: clip, batchSize: 64), epsilon: epsilon)
    var stream = trial.stream("noise")
    var squares = 0.0
    for _ in 0..<parameters {
      let noise = stream.laplace(scale: scale)
      squares += noise * noise
    }
    return squares.squareRoot()
  }

  private static func priceOfPrivacy(_ trial: ClaimTrial) throws -> PaperClaim {
    let norms = [try noiseNorm(1, trial), try noiseNorm(5, trial)]
    let prices = try IncentiveModel.unitPrivacyCost(privacyWeight: 0.5, gradientNorms: norms)
    return PaperClaim(
      "A16", "PMS-AM (5), (7)", "the unit cost of privacy does not depend on epsilon",
      printed: Comparison(Figure("C^p at epsilon 1", prices[0]), .equal, Figure("at epsilon 5", prices[1])),
      truth: "(7) takes the noised gradient; it must be the clipped one, before noise",
      figures: [Figure("norm of the noise at epsilon 1", norms[0]), Figure("norm of the noise at epsilon 5", norms[1])])
  }

  private static func usefulGradient(_ trial: ClaimTrial) throws -> PaperClaim {
    PaperClaim(
      "A17", "PMS-AM (4), 6.2", "a step with epsilon in [1, 5] leaves the gradient usable",
      printed: Comparison(
        Figure("noise at epsilon 5", try noiseNorm(5, trial)), .atMost, Figure("largest gradient", clip)),
      truth: "on 50,890 parameters noise is twice the gradient, at epsilon 1 ten times")
  }
}

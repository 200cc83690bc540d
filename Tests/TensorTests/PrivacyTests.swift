import Testing

@testable import Tensor

/// Cases `iisg/pub-*` of the reference program; the tolerance is theirs.
@Suite struct PrivacyTests {
  private func close(_ values: [Double], _ expected: [Double]) -> Bool {
    values.count == expected.count && zip(values, expected).allSatisfy { abs($0 - $1) <= 1e-9 * max(1, abs($1)) }
  }

  private func kind(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return (error as? NumericError)?.kind
    }
  }

  @Test func clipVector() throws {
    let clipped = try GradientClipping.clip([3, -4, 0], to: 1, norm: .l1)
    #expect(close(clipped, [0.42857142857142855, -0.5714285714285714, 0]))
    #expect(try GradientClipping.clip([0.3, -0.4], to: 1, norm: .l2) == [0.3, -0.4])
    #expect(kind { _ = try GradientClipping.clip([1, 2], to: 0) } == "InvalidParameter")
    #expect(kind { _ = try GradientClipping.clip([], to: 0) } == "EmptyInput")
    #expect(kind { _ = try GradientClipping.clip([.nan], to: 0) } == "NotFinite")
  }

  @Test func sensitivityAndScale() throws {
    #expect(try LaplaceMechanism.meanGradientSensitivity(clip: 1, batchSize: 64) == 0.03125)
    #expect(try LaplaceMechanism.meanGradientSensitivity(clip: 2.5, batchSize: 10, adjacency: .addOrRemove) == 0.25)
    #expect(try LaplaceMechanism.scale(sensitivity: 0.03125, epsilon: 5) == 0.00625)
    #expect(kind { _ = try LaplaceMechanism.scale(sensitivity: 0.03125, epsilon: 0) } == "InvalidParameter")
    #expect(kind { _ = try LaplaceMechanism.scale(sensitivity: .nan, epsilon: 1) } == "NotFinite")
    #expect(kind { _ = try LaplaceMechanism.scale(sensitivity: .nan, epsilon: 0) } == "NotFinite")
  }

  @Test func laplaceQuantile() throws {
    let values = try LaplaceMechanism.quantile([0.01, 0.25, 0.5, 0.75, 0.999], scale: 2)
    #expect(
      close(values, [-7.82404601085629, -1.3862943611198906, 0, 1.3862943611198906, 12.429216196844381]))
    #expect(kind { _ = try LaplaceMechanism.quantile([0.5, 1], scale: 1) } == "InvalidParameter")
  }

  @Test func noisyGradient() throws {
    let gradient = try LaplaceMechanism.noisyGradient(
      sampleGradients: [[0.2, -0.1, 0], [3, -4, 1]], clip: 1, epsilon: 2, uniforms: [0.1, 0.6, 0.9])
    #expect(close(gradient, [-0.5172189562170503, -0.18842822434289513, 0.8672189562170503]))
    #expect(
      kind {
        _ = try LaplaceMechanism.noisyGradient(
          sampleGradients: [[1, 2], [1]], clip: -1, epsilon: 2, uniforms: [0.1, 0.6])
      } == "ShapeMismatch")
  }

  @Test func stochasticGradientStep() throws {
    let result = try StochasticGradientDescent.step(
      parameters: [1, -2], gradient: [0.5, 0.25], velocity: [0.2, 0], learningRate: 0.01, momentum: 0.5)
    #expect(close(result.parameters, [0.994, -2.0025]))
    #expect(close(result.velocity, [0.6, 0.25]))
  }

  @Test func meanCrossEntropy() throws {
    let value = try CrossEntropy.mean(labels: [0, 2], probabilities: [[0.5, 0.3, 0.2], [0.9, 0.1, 0]])
    #expect(close([value], [14.162084148244245]))
    #expect(kind { _ = try CrossEntropy.mean(labels: [], probabilities: [[0.5, 0.5]]) } == "EmptyInput")
    #expect(kind { _ = try CrossEntropy.mean(labels: [0, 1], probabilities: [[0.5, 0.5]]) } == "ShapeMismatch")
    #expect(kind { _ = try CrossEntropy.mean(labels: [2], probabilities: [[0.5, 0.5]]) } == "InvalidParameter")
  }
}

/// Each example's channels, by groups, to mean 0 and deviation 1, then scaled and shifted.
///
/// Examples are the innermost run, so that sums of all examples grow side by side.
final class GroupNormalisationStage: Stage {
  private let placed: PlacedLayer
  private let groups: Int
  private let epsilon: Float
  private let input: Signal
  let output: Signal
  private let normal: AlignedBuffer
  /// For each group and example: 1 over its deviation.
  private let inverse: AlignedBuffer
  /// Two numbers for each example.
  private let sums: AlignedBuffer
  private let capacity: Int

  init(_ placed: PlacedLayer, input: Signal, capacity: Int, groups: Int, epsilon: Double) {
    self.placed = placed
    self.groups = groups
    self.epsilon = Float(epsilon)
    self.input = input
    self.capacity = capacity
    output = Signal(shape: input.shape, layout: .sampleMinor, capacity: capacity)
    normal = AlignedBuffer(count: input.shape.count * capacity)
    inverse = AlignedBuffer(count: groups * capacity)
    sums = AlignedBuffer(count: 2 * capacity)
  }

  private var channelsPerGroup: Int { input.shape.channels / groups }
  private var numbersPerGroup: Int { channelsPerGroup * input.shape.positions }

  func forward(_ pass: Pass) {
    let batch = pass.batch
    let (mean, variance) = (sums.base, sums.base + capacity)
    let share = 1 / Float(numbersPerGroup)
    for group in 0..<groups {
      let first = group * numbersPerGroup
      sums.clear()
      for number in first..<first + numbersPerGroup {
        let values = input.values.base + number * batch
        for sample in 0..<batch { mean[sample] += values[sample] * share }
      }
      for number in first..<first + numbersPerGroup {
        let values = input.values.base + number * batch
        for sample in 0..<batch {
          let distance = values[sample] - mean[sample]
          variance[sample] += distance * distance * share
        }
      }
      let factor = inverse.base + group * batch
      for sample in 0..<batch { factor[sample] = 1 / (variance[sample] + epsilon).squareRoot() }
      for number in first..<first + numbersPerGroup {
        let channel = number / input.shape.positions
        let scale = pass.parameters[placed.parameterOffset + channel]
        let shift = pass.parameters[placed.biasOffset + channel]
        let values = input.values.base + number * batch
        let (place, result) = (normal.base + number * batch, output.values.base + number * batch)
        for sample in 0..<batch {
          place[sample] = (values[sample] - mean[sample]) * factor[sample]
          result[sample] = place[sample] * scale + shift
        }
      }
    }
  }

  func computeGradient(_ pass: Pass) {
    guard let deltas = output.deltas?.base else { return }
    let run = input.shape.positions * pass.batch
    for channel in 0..<input.shape.channels {
      let delta = deltas + channel * run
      pass.gradient[placed.parameterOffset + channel] = VectorSum.products(
        delta, normal.base + channel * run, count: run)
      pass.gradient[placed.biasOffset + channel] = VectorSum.sum(delta, count: run)
    }
  }

  func addSampleLengths(_ pass: Pass, norm: GradientNorm, to lengths: UnsafeMutablePointer<Float>) {
    guard let deltas = output.deltas?.base else { return }
    let batch = pass.batch
    let (ofScale, ofShift) = (sums.base, sums.base + capacity)
    let positions = input.shape.positions
    for channel in 0..<input.shape.channels {
      sums.clear()
      for number in channel * positions..<(channel + 1) * positions {
        let (delta, values) = (deltas + number * batch, normal.base + number * batch)
        for sample in 0..<batch {
          ofScale[sample] += delta[sample] * values[sample]
          ofShift[sample] += delta[sample]
        }
      }
      for sample in 0..<batch {
        lengths[sample] += norm.length(ofScale + sample, 1) + norm.length(ofShift + sample, 1)
      }
    }
  }

  func scaleDeltas(_ pass: Pass, by factors: UnsafePointer<Float>) {
    output.scaleDeltas(batch: pass.batch, by: factors)
  }

  func propagate(_ pass: Pass) {
    guard let deltas = output.deltas?.base, let result = input.deltas?.base else { return }
    let batch = pass.batch
    let (mean, slope) = (sums.base, sums.base + capacity)
    let share = 1 / Float(numbersPerGroup)
    for group in 0..<groups {
      let numbers = group * numbersPerGroup..<(group + 1) * numbersPerGroup
      sums.clear()
      for number in numbers {
        let scale = pass.parameters[placed.parameterOffset + number / input.shape.positions] * share
        let (delta, values) = (deltas + number * batch, normal.base + number * batch)
        for sample in 0..<batch {
          mean[sample] += delta[sample] * scale
          slope[sample] += delta[sample] * scale * values[sample]
        }
      }
      let factor = inverse.base + group * batch
      for number in numbers {
        let scale = pass.parameters[placed.parameterOffset + number / input.shape.positions]
        let (delta, values, place) = (deltas + number * batch, normal.base + number * batch, result + number * batch)
        for sample in 0..<batch {
          place[sample] = factor[sample] * (delta[sample] * scale - mean[sample] - values[sample] * slope[sample])
        }
      }
    }
  }
}

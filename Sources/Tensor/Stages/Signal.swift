/// What flows between two stages of a network at work: the numbers of one batch, and the loss's derivatives with
/// respect to them.
///
/// Stages that change numbers one by one may work in place; then several share one signal.
final class Signal {
  let shape: FeatureShape
  let layout: Layout
  let values: AlignedBuffer
  /// nil where nobody asks for the derivative: on what comes into the network.
  private(set) var deltas: AlignedBuffer?

  /// In what order the numbers of a batch stand. The innermost run is as long as the batch is, not as it may be.
  enum Layout {
    /// Example by example: what dense layers and losses work on.
    case sampleMajor
    /// By channel, row and column, and for each of these all examples: what filters work on, which fill whole
    /// registers so, whatever the number of channels.
    case sampleMinor
  }

  init(shape: FeatureShape, layout: Layout, capacity: Int, hasDeltas: Bool = true) {
    self.shape = shape
    self.layout = layout
    values = AlignedBuffer(count: shape.count * capacity)
    deltas = hasDeltas ? AlignedBuffer(count: shape.count * capacity) : nil
  }

  /// The same numbers under another shape of the same size.
  init(_ other: Signal, seenAs shape: FeatureShape) {
    self.shape = shape
    layout = other.layout
    values = other.values
    deltas = other.deltas
  }

  /// Lets deltas take the place of values, which nobody needs once the deltas are known: what a batch needs may then
  /// stay in a nearer cache.
  func overlay() {
    if deltas != nil { deltas = values }
  }

  /// Multiplies each sample's deltas by its factor.
  func scaleDeltas(batch: Int, by factors: UnsafePointer<Float>) {
    guard let deltas = deltas?.base else { return }
    let count = shape.count
    switch layout {
    case .sampleMajor:
      for sample in 0..<batch where factors[sample] != 1 {
        let (row, factor) = (deltas + sample * count, factors[sample])
        for index in 0..<count { row[index] *= factor }
      }
    case .sampleMinor:
      for index in 0..<count {
        let row = deltas + index * batch
        for sample in 0..<batch { row[sample] *= factors[sample] }
      }
    }
  }
}

/// One step of a network at work on a batch.
///
/// Going forward, each stage reads its input's values and writes its output's. Going backward, each is asked first for
/// the gradient of its own parameters, which it takes from its output's deltas and its input's values, then for its
/// input's deltas. No stage allocates on the way.
protocol Stage: AnyObject {
  var output: Signal { get }
  func forward(_ pass: Pass)
  func computeGradient(_ pass: Pass)
  func propagate(_ pass: Pass)
  /// Adds the length of each sample's own gradient to its place in `lengths`: |g|_1 or the square of |g|_2. Asked only
  /// once all deltas are known.
  func addSampleLengths(_ pass: Pass, norm: GradientNorm, to lengths: UnsafeMutablePointer<Float>)
  /// Multiplies each sample's deltas, and with them its gradient, by its factor.
  func scaleDeltas(_ pass: Pass, by factors: UnsafePointer<Float>)
}

extension Stage {
  func computeGradient(_ pass: Pass) {}
  func addSampleLengths(_ pass: Pass, norm: GradientNorm, to lengths: UnsafeMutablePointer<Float>) {}
  func scaleDeltas(_ pass: Pass, by factors: UnsafePointer<Float>) {}
}

/// One way of a batch through a network.
struct Pass {
  /// Examples in the batch.
  let batch: Int
  let parameters: UnsafeMutablePointer<Float>
  let gradient: UnsafeMutablePointer<Float>
  /// Whether the network learns from this batch: dropout drops, and normalisations go by the batch.
  let isTraining: Bool
  /// Whether deltas go all the way back before any gradient is taken.
  let isSplit: Bool
  let chance: Chance
}

/// Where the chance of a pass comes from.
final class Chance {
  var stream: RandomStream
  init(stream: RandomStream) { self.stream = stream }
}

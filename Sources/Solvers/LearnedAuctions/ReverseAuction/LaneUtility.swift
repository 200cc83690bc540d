#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The utility of chances to win, on lanes of profiles, with its gradient.
struct LaneUtility<Lanes: ProfileLanes> {
  typealias Number = Lanes.Number
  private let sellers: DataSellers
  private let mode: AllocationUtility.Mode
  private let count: Int
  /// Lottery: what each seller alone is worth beyond nobody, and nobody.
  private let alone: [Number]
  private let nobody: Number
  /// Multilinear: what every set is worth.
  private let table: [Number]
  /// Expectations with the last sellers' chances taken in, smaller and smaller; and the chances of sets of the first.
  private var folds: ProfileBuffer<Lanes>
  private var chancesOfSets: ProfileBuffer<Lanes>

  init(_ sellers: DataSellers, mode: AllocationUtility.Mode) throws {
    self.sellers = sellers
    self.mode = mode
    count = sellers.count
    let empty = sellers.value(samples: 0, distances: 0, members: 0)
    nobody = Number(empty)
    alone = sellers.sizes.indices.map {
      Number(sellers.value(samples: sellers.sizes[$0], distances: sellers.distances[$0], members: 1) - empty)
    }
    table = mode == .multilinear ? try sellers.valuesOfSets().map { Number($0) } : []
    let room = mode == .multilinear ? 1 << count : 0
    folds = ProfileBuffer(count: room, zero: .zero)
    chancesOfSets = ProfileBuffer(count: room, zero: .zero)
  }

  /// The same with room of its own, for another thread.
  func detached() -> LaneUtility {
    var copy = self
    copy.folds = ProfileBuffer(count: folds.count, zero: .zero)
    copy.chancesOfSets = ProfileBuffer(count: chancesOfSets.count, zero: .zero)
    return copy
  }

  func value(_ chances: UnsafePointer<Lanes>, gradient: UnsafeMutablePointer<Lanes>) -> Lanes {
    switch mode {
    case .fractional: fractional(chances, gradient)
    case .lottery: lottery(chances, gradient)
    case .multilinear: multilinear(chances, gradient)
    }
  }

  private func lottery(_ chances: UnsafePointer<Lanes>, _ gradient: UnsafeMutablePointer<Lanes>) -> Lanes {
    var sum = Lanes(repeating: nobody)
    for seller in 0..<count {
      sum.add(alone[seller], times: chances[seller])
      gradient[seller] = Lanes(repeating: alone[seller])
    }
    return sum
  }

  /// U(z) = sum over sets W of prod_{s in W} z_s prod_{s not in W} (1 - z_s) U_d(W).
  ///
  /// The last seller's chance is taken in first: f_k(W) = f_{k+1}(W) + z_k (f_{k+1}(W + k) - f_{k+1}(W)) for sets W of the
  /// first k sellers, down to f_0. The derivative by z_k is the mean of f_{k+1}(W + k) - f_{k+1}(W) over those sets.
  private func multilinear(_ chances: UnsafePointer<Lanes>, _ gradient: UnsafeMutablePointer<Lanes>) -> Lanes {
    guard count > 0 else { return Lanes(repeating: nobody) }
    let folds = folds.base
    return table.withUnsafeBufferPointer { table in
      // f_k stands at 2^k in `folds`, for k below the count.
      var half = 1 << (count - 1)
      let last = chances[count - 1]
      for set in 0..<half {
        var value = Lanes(repeating: table[set])
        value.add(table[set + half] - table[set], times: last)
        folds[half + set] = value
      }
      var seller = count - 2
      while seller >= 0 {
        half >>= 1
        let chance = chances[seller]
        for set in 0..<half {
          var value = folds[2 * half + set]
          value.add(folds[3 * half + set] - value, times: chance)
          folds[half + set] = value
        }
        seller -= 1
      }
      differentiate(chances, gradient, table)
      return folds[1]
    }
  }

  private func differentiate(
    _ chances: UnsafePointer<Lanes>, _ gradient: UnsafeMutablePointer<Lanes>, _ table: UnsafeBufferPointer<Number>
  ) {
    let (folds, sets) = (folds.base, chancesOfSets.base)
    sets[0] = .one
    for seller in 0..<count {
      let half = 1 << seller
      var slope = Lanes.zero
      if seller == count - 1 {
        for set in 0..<half { slope.add(table[set + half] - table[set], times: sets[set]) }
      } else {
        for set in 0..<half { slope.add(folds[3 * half + set] - folds[2 * half + set], times: sets[set]) }
        let chance = chances[seller]
        for set in 0..<half {
          sets[half + set] = sets[set] * chance
          sets[set] -= sets[half + set]
        }
      }
      gradient[seller] = slope
    }
  }

  /// a5 q(sum z D, sum z theta / sum z), one profile after another.
  private func fractional(_ chances: UnsafePointer<Lanes>, _ gradient: UnsafeMutablePointer<Lanes>) -> Lanes {
    var values = Lanes.zero
    for lane in 0..<Lanes.count {
      var (samples, distances, total) = (0.0, 0.0, 0.0)
      for seller in 0..<count {
        let chance = Double(chances[seller][lane])
        samples += chance * sellers.sizes[seller]
        distances += chance * sellers.distances[seller]
        total += chance
      }
      let mean = total > 0 ? distances / total : 0
      let slopes = sellers.slopes(samples: samples, distance: mean)
      values[lane] = Number(slopes.value)
      for seller in 0..<count {
        let ofMean = total > 0 ? (sellers.distances[seller] - mean) / total : 0
        gradient[seller][lane] = Number(slopes.bySamples * sellers.sizes[seller] + slopes.byDistance * ofMean)
      }
    }
    return values
  }
}

import Foundation
import Tensor
import Testing

@testable import Solvers

@Suite struct DataQualityTests {
  private func quality(scale: Double) -> DataQuality {
    var quality = DataQuality()
    quality.distanceScale = scale
    return quality
  }

  /// The specification's rule: a4 >= 8.2244 keeps every quality at 0 or more, and less does not.
  @Test func qualityIsPositiveFromAScaleOn() throws {
    func least(_ scale: Double) throws -> Double { try quality(scale: scale).quality(samples: 0, distance: 2) }
    #expect(try least(8.2245) >= 0 && least(8.2243) < 0)
    var stream = RandomStream(seed: 1, purpose: "quality")
    for _ in 0..<2000 {
      let samples = pow(10, stream.uniform(-1, 8))
      #expect(try quality(scale: 8.2245).quality(samples: samples, distance: stream.uniform(0, 2)) >= 0)
    }
  }

  /// With the default parameters more and likelier data are better, and never perfect.
  @Test func qualityIsMonotone() throws {
    var stream = RandomStream(seed: 2, purpose: "monotone")
    let quality = DataQuality()
    for _ in 0..<2000 {
      let samples = pow(10, stream.uniform(0, 6))
      let distance = stream.uniform(0, 1.9)
      let here = try quality.quality(samples: samples, distance: distance)
      #expect(try quality.quality(samples: 1.1 * samples, distance: distance) > here)
      #expect(try quality.quality(samples: samples, distance: distance + 0.1) < here)
      #expect(here < (try quality.exponent(distance: distance)))
    }
  }

  /// Several workers are worth what one with all their samples at their mean distance is worth.
  @Test func utilityIsThatOfSumAndMean() throws {
    let quality = DataQuality()
    let several = try quality.utility(sizes: [100, 700, 200], distances: [0.2, 0.9, 0.4])
    let one = try quality.utility(sizes: [1000], distances: [0.5])
    #expect(abs(several.value - one.value) < 1e-15 && several.samples == 1000)
    #expect(abs(one.value - 0.64 * (try quality.quality(samples: 1000, distance: 0.5))) < 1e-15)
    #expect(try quality.utility(sizes: [], distances: [], empty: .zero).value == 0)
    #expect(abs(try quality.utility(sizes: [], distances: []).value - 0.0725) < 1e-4)
  }

  @Test func floorsHold() throws {
    var quality = quality(scale: 2.5)
    #expect(try quality.quality(samples: 1000, distance: 1.9) < 0)
    quality.floor = .zero
    #expect(try quality.quality(samples: 1000, distance: 1.9) == 0)
    quality.floor = .untrained
    let untrained = try quality.quality(samples: 0, distance: 0)
    #expect(try quality.quality(samples: 1000, distance: 1.9) == untrained)
    #expect(try quality.quality(samples: 1e6, distance: 0.1) > untrained)
  }

  @Test func errorsBearTheNamesOfTheSpecification() throws {
    func kind(_ body: () throws -> Void) -> String {
      do {
        try body()
        return "none"
      } catch let error as any Diagnosable {
        return error.kind
      } catch {
        return "\(error)"
      }
    }
    let quality = DataQuality()
    #expect(kind { _ = try quality.exponent(distance: 2.5) } == "OutOfRange")
    #expect(kind { _ = try quality.exponent(distance: .nan) } == "NonFinite")
    #expect(kind { _ = try quality.quality(samples: -1, distance: 0) } == "Negative")
    #expect(kind { _ = try quality.utility(sizes: [1, 2], distances: [0.1]) } == "LengthMismatch")
    #expect(kind { _ = try self.quality(scale: 0).exponent(distance: 1) } == "NonPositive")
    var worker = TrialEdgeMarket.fourDevices[0]
    worker.distance = 0
    #expect(kind { _ = try worker.response(price: 1) } == "NonPositive")
    #expect(kind { _ = try TrialEdgeMarket.server([]).leaderPrice() } == "EmptyInput")
    let many = Array(repeating: TrialEdgeMarket.fourDevices[0], count: 21)
    #expect(kind { _ = try TrialEdgeMarket.server(many).leaderPrice() } == "OutOfRange")
    #expect(kind { _ = try TrialEdgeMarket.server(many).leaderPrice(rule: .prefix) } == "none")
  }

  /// (32) is linear in everything.
  @Test func gasAddsUp() throws {
    let one = try LedgerGas.cost(value: 3.48e-6, used: 7.68e4, price: 0.01, workers: 1)
    #expect(abs(try LedgerGas.cost(value: 3.48e-6, used: 7.68e4, price: 0.02, workers: 7) - 14 * one) < 1e-15)
  }
}

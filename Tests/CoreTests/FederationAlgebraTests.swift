import Tensor
import Testing

@testable import Core

@Suite struct FederationAlgebraTests {
  /// Cases `iisg/pub-fedavg-1` and `-2` of the reference program.
  @Test func federatedAverage() throws {
    #expect(try FederatedAverage.average(models: [[1, 2], [3, 6], [0, -1]], sizes: [1, 3, 0]) == [2.5, 5])
    #expect(kind { _ = try FederatedAverage.average(models: [[1], [2]], sizes: [0, 0]) } == "UndefinedRatio")
    #expect(kind { _ = try FederatedAverage.average(models: [], sizes: []) } == "EmptyInput")
    #expect(kind { _ = try FederatedAverage.average(models: [[1], [2, .nan]], sizes: [0, -1]) } == "ShapeMismatch")
    #expect(kind { _ = try FederatedAverage.average(models: [[1], [.nan]], sizes: [0, -1]) } == "NotFinite")
    #expect(kind { _ = try FederatedAverage.average(models: [[1], [2]], sizes: [0, -1]) } == "InvalidParameter")
  }

  /// Cases `iisg/pub-select_clients-1` and `-2`.
  @Test func selectClients() throws {
    #expect(try ClientSelection.largest([0.3, 0.9, 0.9, 0.1], count: 2) == [1, 2])
    #expect(try ClientSelection.largest([0.3, 0.5, 0.9, 0.1], count: 3) == [2, 1, 0])
    #expect(kind { _ = try ClientSelection.largest([0.3], count: 2) } == "InvalidParameter")
    #expect(kind { _ = try ClientSelection.largest([], count: 2) } == "EmptyInput")
    var stream = RandomStream(seed: 1, purpose: "test")
    for _ in 0..<20 {
      let chosen = try ClientSelection.random(members: 10, count: 5, stream: &stream)
      #expect(Set(chosen).count == 5 && chosen.allSatisfy { (0..<10).contains($0) })
    }
  }

  /// Every partition deals out the asked number of samples, none twice, and leaves nobody without.
  @Test(arguments: [Partition.identical, .dirichlet(concentration: 0.01), .dirichlet(concentration: 1)])
  func partitionsDealEachSampleOnce(partition: Partition) throws {
    let labels = (0..<997).map { UInt8($0 % 10) }
    for count in [997, 500, 13] {
      let shares = try partition.shares(labels: labels, classes: 10, sampleCount: count, members: 13, seed: 5)
      let all = shares.flatMap { $0 }
      #expect(all.count == count && Set(all).count == count)
      #expect(shares.allSatisfy { !$0.isEmpty })
      if partition == .identical {
        #expect((shares.map(\.count).max() ?? 0) - (shares.map(\.count).min() ?? 0) <= 1)
      }
    }
    #expect(kind { _ = try partition.shares(labels: labels, classes: 10, sampleCount: 5, members: 6, seed: 5) } != nil)
  }

  /// The smaller the concentration, the larger the share of a member's most frequent class.
  @Test func dirichletConcentrationRulesSkew() throws {
    let labels = (0..<5000).map { UInt8($0 % 10) }
    func dominance(_ partition: Partition) throws -> Double {
      let shares = try partition.shares(labels: labels, classes: 10, sampleCount: 5000, members: 10, seed: 5)
      let tops = shares.map { share in
        let counts = (0..<10).map { label in share.count { Int(labels[Int($0)]) == label } }
        return Double(counts.max() ?? 0) / Double(share.count)
      }
      return tops.reduce(0, +) / 10
    }
    let even = try dominance(.identical)
    let mild = try dominance(.dirichlet(concentration: 5))
    let strong = try dominance(.dirichlet(concentration: 0.1))
    #expect(even < mild && mild < strong)
  }

  @Test func drawnMembersStayInTheirDomains() throws {
    let data = try StrokeDigits.dataSet(train: 100, test: 10, seed: 1)
    let members = try Member.drawn(count: 10, data: data, sampleCount: 80, attitudeSpread: 0.5, seed: 2)
    #expect(members.map(\.index) == Array(0..<10))
    #expect(members.allSatisfy { $0.samples.count == 8 && (0.5...1.5).contains($0.privacyAttitude) })
    #expect(Set(members.map(\.device.frequency)).count == 10)
    #expect(try Member.drawn(count: 10, data: data, sampleCount: 80, attitudeSpread: 0.5, seed: 2) == members)
    #expect(throws: NumericError.self) { try Device(frequency: 0) }
    #expect(throws: NumericError.self) { try Device(memoryRatio: 2) }
  }

  private func kind(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return (error as? any Diagnosable)?.kind
    }
  }
}

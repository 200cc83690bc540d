import Tensor
import Testing

@testable import Core

@Suite struct StateTreeTests {
  private func leaf(_ number: UInt64, value: UInt64) -> StateTree.Leaf {
    StateTree.Leaf(
      key: SHA256.hash("\(number)"), entry: .licence(Licence(payment: Amount(units: UInt128(value)), priority: 1)))
  }

  /// However the same content came about, in whichever batches, the root is the same.
  @Test func rootDependsOnContentAlone() {
    var stream = RandomStream(seed: 5, purpose: "trees")
    for size in [1, 2, 3, 10, 100, 400] {
      let content = (0..<UInt64(size)).map { leaf($0, value: $0 * 3) }
      let atOnce = StateTree().updating(content).digest
      for _ in 0..<5 {
        var tree = StateTree()
        // Old values first, overwritten afterwards, all in random order and batches.
        var pending = (0..<UInt64(size)).map { leaf($0, value: 999) }.shuffled(using: &stream)
        for final in [pending, content.shuffled(using: &stream)] {
          pending = final
          while !pending.isEmpty {
            let count = min(pending.count, 1 + Int(stream.next() % 7))
            tree = tree.updating(Array(pending.prefix(count)))
            pending.removeFirst(count)
          }
        }
        #expect(tree.digest == atOnce)
      }
    }
  }

  @Test func everyLeafCounts() {
    let content = (0..<50).map { leaf($0, value: 1) }
    let tree = StateTree().updating(content)
    var digests: Set<Digest> = [StateTree().digest, tree.digest]
    for index in content.indices {
      digests.insert(StateTree().updating(content.filter { $0.key != content[index].key }).digest)
      digests.insert(tree.updating([leaf(UInt64(index), value: 2)]).digest)
    }
    #expect(digests.count == 2 + 2 * content.count)
    #expect(tree.updating([]).digest == tree.digest)
  }
}

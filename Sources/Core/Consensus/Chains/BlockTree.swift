/// All blocks that were ever made, each on its parent; the first has none.
struct BlockTree {
  struct Block {
    let parent: Int
    let height: Int
    let producer: Int
    let time: Double
    /// Of all blocks up to this one.
    let work: Double
    /// What this block took to find.
    let difficulty: Double
  }

  private(set) var blocks = [Block(parent: -1, height: 0, producer: -1, time: 0, work: 0, difficulty: 0)]

  subscript(block: Int) -> Block { blocks[block] }

  mutating func append(on parent: Int, by producer: Int, at time: Double, difficulty: Double) -> Int {
    let before = blocks[parent]
    blocks.append(
      Block(
        parent: parent, height: before.height + 1, producer: producer, time: time, work: before.work + difficulty,
        difficulty: difficulty))
    return blocks.count - 1
  }

  /// From the first block's child to a block.
  func chain(to head: Int) -> [Int] {
    var chain: [Int] = []
    var block = head
    while block > 0 {
      chain.append(block)
      block = blocks[block].parent
    }
    return chain.reversed()
  }

  /// The block that lies some heights before.
  func ancestor(of block: Int, back steps: Int) -> Int {
    var block = block
    for _ in 0..<steps where block > 0 { block = blocks[block].parent }
    return block
  }

  /// How many blocks are given up by going from one head to another.
  func blocksLeft(from old: Int, to new: Int) -> Int {
    var (left, right) = (old, new)
    while blocks[right].height > blocks[left].height { right = blocks[right].parent }
    var given = 0
    while left != right {
      if blocks[left].height >= blocks[right].height {
        left = blocks[left].parent
        given += 1
      } else {
        right = blocks[right].parent
      }
      if blocks[right].height > blocks[left].height { right = blocks[right].parent }
    }
    return given
  }
}

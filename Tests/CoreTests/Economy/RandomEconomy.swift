import Tensor

@testable import Core

/// Random amounts and numbers for properties of the economy: small ones, round ones, and ones beyond 64 bits.
struct RandomEconomy {
  private var random: RandomStream

  init(_ purpose: String) { random = RandomStream(seed: 20_261_121, purpose: purpose) }

  mutating func amount() -> Amount {
    switch random.integer(below: 6) {
    case 0: Amount(units: UInt128(random.integer(below: 50)))
    case 1: Amount(tokens: UInt64(random.integer(below: 1_000_000_000)))
    default: Amount(units: whole(below: 1_000_000_000_000_000_000_000_000_000))
    }
  }

  mutating func positive() -> Amount { Amount(units: amount().units + 1) }

  mutating func whole(below bound: UInt128) -> UInt128 {
    (UInt128(random.next()) << 64 | UInt128(random.next())) % bound
  }

  mutating func integer(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + random.integer(below: range.count)
  }

  mutating func list<Element>(_ range: ClosedRange<Int>, _ element: (inout Self) -> Element) -> [Element] {
    (0..<integer(range)).map { _ in element(&self) }
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[random.integer(below: elements.count)] }
  mutating func flip() -> Bool { random.next() & 1 == 1 }
}

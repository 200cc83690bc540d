/// An order that lists some names: what bears one comes first, as the list has it, and the rest follows as it stood.
struct NameOrder {
  private let places: [String: Int]

  init(_ names: [String]) {
    places = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
  }

  func sorted<Element>(_ elements: [Element], by name: (Element) -> String) -> [Element] {
    elements.enumerated().sorted {
      (places[name($0.element)] ?? .max, $0.offset) < (places[name($1.element)] ?? .max, $1.offset)
    }.map(\.element)
  }
}

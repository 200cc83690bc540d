import Tensor

/// What the entries of an argument are counted by.
enum Axis: String, Sendable {
  case member, provider, seller, buyer, round, entry

  var plural: String { self == .entry ? "entries" : rawValue + "s" }
}

/// One argument of a public function, with what it must satisfy.
struct Quantity {
  /// How many entries an argument has along one axis.
  struct Extent {
    let axis: Axis
    let count: Int
    /// A single entry stands for every index of the axis.
    let stretches: Bool
  }

  let name: String
  let values: [Double]
  let extents: [Extent]
  let domain: Domain

  /// One number.
  static func scalar(_ name: String, _ value: Double, _ domain: Domain) -> Quantity {
    Quantity(name: name, values: [value], extents: [], domain: domain)
  }

  /// One number for each index of an axis.
  static func each(_ axis: Axis, _ name: String, _ values: [Double], _ domain: Domain) -> Quantity {
    Quantity(
      name: name, values: values, extents: [Extent(axis: axis, count: values.count, stretches: false)], domain: domain)
  }

  /// One number for each index of an axis, or a single number for all of them.
  static func stretched(_ axis: Axis, _ name: String, _ values: [Double], _ domain: Domain) -> Quantity {
    Quantity(
      name: name, values: values, extents: [Extent(axis: axis, count: values.count, stretches: true)], domain: domain)
  }

  /// One number for each pair of indices.
  static func table(_ rows: Axis, _ columns: Axis, _ name: String, _ matrix: Matrix, _ domain: Domain) -> Quantity {
    Quantity(
      name: name, values: matrix.elements,
      extents: [
        Extent(axis: rows, count: matrix.rows, stretches: false),
        Extent(axis: columns, count: matrix.columns, stretches: false),
      ], domain: domain)
  }

  /// Where a value stands, counted from one as in the papers.
  func place(of index: Int) -> String {
    switch extents.count {
    case 0: name
    case 1: "\(name), entry \(index + 1),"
    default: "\(name), row \(index / extents[1].count + 1), column \(index % extents[1].count + 1),"
    }
  }
}

/// The number of indices that the arguments agreed on, per axis.
struct Shape {
  fileprivate var counts: [Axis: Int] = [:]

  subscript(axis: Axis) -> Int { counts[axis] ?? 0 }
}

/// Checks the arguments of a function, all of them for one kind of fault before any for the next: emptiness, shapes,
/// finiteness, domains.
///
/// - Returns: how many indices each axis has.
/// - Throws: `SolverError` of kind `emptyInput`, `shapeMismatch`, `notFinite` or `invalidParameter`.
@discardableResult
func check(_ quantities: Quantity...) throws -> Shape { try check(quantities) }

@discardableResult
func check(_ quantities: [Quantity]) throws -> Shape {
  for quantity in quantities where quantity.values.isEmpty {
    throw SolverError(.emptyInput, "the \(quantity.name) must have at least one entry, but none was given")
  }
  let shape = try commonShape(of: quantities)
  guard !quantities.allSatisfy({ $0.domain.containsAll($0.values) }) else { return shape }
  for quantity in quantities {
    if let index = quantity.values.firstIndex(where: { !$0.isFinite }) {
      throw SolverError(
        .notFinite, "the \(quantity.place(of: index)) must be a finite number, but is \(quantity.values[index])")
    }
  }
  for quantity in quantities {
    if let index = quantity.values.firstIndex(where: { !quantity.domain.contains($0) }) {
      throw SolverError(
        .invalidParameter,
        "the \(quantity.place(of: index)) must be \(quantity.domain.words), but is \(quantity.values[index])")
    }
  }
  return shape
}

/// A rule that no single argument's domain can state, such as one bound lying below another.
func demand(_ rule: Bool, _ message: @autoclosure () -> String, hint: String? = nil) throws {
  guard rule else { throw SolverError(.invalidParameter, message(), hint: hint) }
}

private func commonShape(of quantities: [Quantity]) throws -> Shape {
  var shape = Shape()
  // The first argument that cannot be stretched sets the count; failing that, the first that is not a single entry.
  var authority: [Axis: (name: String, count: Int)] = [:]
  for strict in [true, false] {
    for quantity in quantities {
      for extent in quantity.extents where strict ? !extent.stretches : extent.count > 1 {
        if authority[extent.axis] == nil { authority[extent.axis] = (quantity.name, extent.count) }
      }
    }
  }
  for quantity in quantities {
    for extent in quantity.extents {
      guard let (name, count) = authority[extent.axis] else {
        shape.counts[extent.axis] = 1
        continue
      }
      guard extent.count == count || extent.stretches && extent.count == 1 else {
        throw SolverError(
          .shapeMismatch,
          "the \(quantity.name) cover \(counted(extent.count, extent.axis)), but the \(name) cover \(count)")
      }
      shape.counts[extent.axis] = count
    }
  }
  return shape
}

private func counted(_ count: Int, _ axis: Axis) -> String {
  "\(count) \(count == 1 ? axis.rawValue : axis.plural)"
}

extension Array where Element == Double {
  /// The entry for an index of the axis, when a single entry may stand for all.
  @inline(__always)
  func stretched(_ index: Int) -> Double { count == 1 ? self[0] : self[index] }
}

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Puts nodes so that their distances in the plane are those along the edges, as nearly as can be: stress majorization
/// after E. Gansner, Y. Koren and S. North, "Graph drawing by stress majorization" (2004), from a circle in the order
/// of the nodes. The same nodes and edges always give the same places.
enum StressLayout {
  /// Above this many nodes the circle stays as it is: each round takes time in the square of their number.
  static let most = 600

  static func places(count: Int, edges: [(from: Int, to: Int)]) -> [Plot.Point] {
    var places = (0..<count).map { index in
      let angle = 2 * Double.pi * Double(index) / Double(max(count, 1))
      return Plot.Point(x: sin(angle), y: cos(angle))
    }
    guard count > 2, count <= most, !edges.isEmpty else { return places }
    let distances = distances(count: count, edges: edges)
    // The circle begins as wide as the widest distance.
    let widest = distances.joined().max() ?? 1
    for index in places.indices {
      places[index].x *= widest / 2
      places[index].y *= widest / 2
    }
    let rounds = min(300, max(20, 60_000_000 / (count * count)))
    for _ in 0..<rounds {
      var moved = 0.0
      for node in 0..<count {
        var (x, y, weights) = (0.0, 0.0, 0.0)
        for other in 0..<count where other != node {
          let wished = distances[node][other]
          let weight = 1 / (wished * wished)
          let (dx, dy) = (places[node].x - places[other].x, places[node].y - places[other].y)
          let length = (dx * dx + dy * dy).squareRoot()
          // Two nodes on one place part in a direction that depends on their numbers only.
          let (ux, uy) =
            length > 1e-9 ? (dx / length, dy / length) : (cos(Double(node)), sin(Double(node)))
          x += weight * (places[other].x + wished * ux)
          y += weight * (places[other].y + wished * uy)
          weights += weight
        }
        moved += abs(x / weights - places[node].x) + abs(y / weights - places[node].y)
        (places[node].x, places[node].y) = (x / weights, y / weights)
      }
      if moved < 1e-4 * Double(count) { break }
    }
    return places
  }

  /// Edges between each pair, by breadth-first search; parts that are not joined stand a little farther apart than
  /// anything within one.
  private static func distances(count: Int, edges: [(from: Int, to: Int)]) -> [[Double]] {
    var neighbours = Array(repeating: [Int](), count: count)
    for (from, to) in edges where from != to && (0..<count).contains(from) && (0..<count).contains(to) {
      neighbours[from].append(to)
      neighbours[to].append(from)
    }
    let steps = (0..<count).map { start -> [Int] in
      var steps = Array(repeating: -1, count: count)
      steps[start] = 0
      var front = [start]
      while !front.isEmpty {
        var next: [Int] = []
        for node in front {
          for neighbour in neighbours[node] where steps[neighbour] < 0 {
            steps[neighbour] = steps[node] + 1
            next.append(neighbour)
          }
        }
        front = next
      }
      return steps
    }
    let apart = Double(steps.joined().max() ?? 0) + 1
    return steps.map { row in row.map { $0 < 0 ? apart : max(Double($0), 1) } }
  }
}

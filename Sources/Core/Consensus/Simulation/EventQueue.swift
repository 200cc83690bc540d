/// What is to happen, in the order of its times; of two things at one time, what was planned first comes first.
///
/// A binary heap: planning and taking cost the logarithm of what is planned.
struct EventQueue<Event> {
  private struct Entry {
    let time: Double
    let number: Int
    let event: Event

    func precedes(_ other: Entry) -> Bool { (time, number) < (other.time, other.number) }
  }

  private var heap: [Entry] = []
  private var planned = 0

  var isEmpty: Bool { heap.isEmpty }

  mutating func plan(_ event: Event, at time: Double) {
    heap.append(Entry(time: time, number: planned, event: event))
    planned += 1
    var place = heap.count - 1
    while place > 0, heap[place].precedes(heap[(place - 1) / 2]) {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  /// The next event and its time; nil when nothing is planned.
  mutating func next() -> (time: Double, event: Event)? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    if !heap.isEmpty {
      heap[0] = last
      var place = 0
      while true {
        var least = place
        for child in [2 * place + 1, 2 * place + 2] where child < heap.count && heap[child].precedes(heap[least]) {
          least = child
        }
        guard least != place else { break }
        heap.swapAt(place, least)
        place = least
      }
    }
    return (first.time, first.event)
  }
}

import Dispatch
import Synchronization

/// Divides units of work among threads.
enum WorkSharing {
  /// Runs every unit once, on whichever thread is free; returns when all are done.
  ///
  /// - Parameter work: told the unit and the thread, both from 0; units must not write in one place, unless they do so in
  ///   what belongs to the thread.
  static func share(_ units: Int, among threads: Int, _ work: (_ unit: Int, _ thread: Int) -> Void) {
    let next = Atomic(0)
    withoutActuallyEscaping(work) { work in
      // Nobody else uses it meanwhile, and it keeps its units apart.
      nonisolated(unsafe) let work = work
      DispatchQueue.concurrentPerform(iterations: threads) { thread in
        while true {
          let unit = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard unit < units else { return }
          work(unit, thread)
        }
      }
    }
  }
}

import Tensor

/// What the modules of a session share: the seed, the threads, the way to the user.
final class RunContext {
  var seed: UInt64
  let threads: Int
  let options: SessionOptions
  let cancellation: Cancellation
  let emit: (SessionEvent) -> Void
  /// The folder of the script that runs; relative names of `require` start there.
  var scriptFolder: String?

  init(options: SessionOptions, cancellation: Cancellation, emit: @escaping (SessionEvent) -> Void) {
    seed = options.seed
    threads = max(1, options.threads)
    self.options = options
    self.cancellation = cancellation
    self.emit = emit
  }

  func print(_ text: String) { emit(.output(text + "\n")) }
}

import Tensor

/// What the modules of a session share: the seed, the threads, the way to the user.
final class RunContext {
  /// Setting it begins all drawing anew.
  var seed: UInt64 { didSet { drawings = 0 } }
  /// How many streams have been handed out under this seed.
  private var drawings = 0
  let threads: Int
  private(set) var options: SessionOptions
  let cancellation: Cancellation
  private let listener: (SessionEvent) -> Void
  /// Asks the user for a line; nil where the process's own input is read.
  let ask: (() throws -> String)?
  /// What has been run, for `session`.
  let history = SessionHistory()
  /// What this run was given and what it keeps.
  let record: RunRecord
  /// The folder of the script that runs; relative names of `require` start there.
  var scriptFolder: String?

  init(
    options: SessionOptions, cancellation: Cancellation, ask: (() throws -> String)? = nil,
    emit: @escaping (SessionEvent) -> Void
  ) {
    seed = options.seed
    threads = max(1, options.threads)
    self.options = options
    self.cancellation = cancellation
    self.ask = ask
    listener = emit
    record = RunRecord(settings: options.settings, folder: options.resultFolder)
  }

  /// Of the terminal at which somebody reads; nil where nobody does.
  var columns: Int? { options.interactive ? options.width : nil }

  /// The user has made the window wider or narrower.
  func fit(width: Int) { options.width = width }

  /// A stream for a function that draws without an address of its own: another one each time, the same ones after the
  /// seed has been set.
  func nextStream(purpose: String) -> RandomStream {
    drawings += 1
    return RandomStream(seed: seed, purpose: purpose, round: drawings)
  }

  func emit(_ event: SessionEvent) {
    listener(event)
    history.transcript?.show(event)
  }

  func print(_ text: String) { emit(.output(text + "\n")) }
}

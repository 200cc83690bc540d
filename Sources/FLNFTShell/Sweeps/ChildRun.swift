#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A program of our own started in the background, its words thrown away: a run tells what it has to tell in its folder.
struct ChildRun {
  let identifier: pid_t

  init(_ arguments: [String]) throws(CommandProblem) {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    // The parent waits with its signals blocked; the child must hear them.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)

    let program = OwnProgram.shell
    var argv = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in argv { free(word) } }
    var process: pid_t = 0
    let error = posix_spawn(&process, program, &actions, &attributes, &argv, environ)
    guard error == 0 else {
      throw CommandProblem("cannot start '\(program)': \(String(cString: strerror(error)))")
    }
    identifier = process
  }

  func interrupt() { kill(identifier, SIGINT) }

  /// How a process ended: its status, or the signal that ended it.
  enum End: Equatable {
    case status(Int32)
    case signal(Int32)

    init(waitStatus: Int32) {
      let signal = waitStatus & 0x7f
      self = signal == 0 ? .status((waitStatus >> 8) & 0xff) : .signal(signal)
    }
  }
}

/// Waits for children and for Ctrl-C at once, without a handler: the signals stay blocked, and are taken one by one.
struct ChildWatch {
  private var signals = sigset_t()

  enum Event {
    case ended([(process: pid_t, end: ChildRun.End)])
    case interrupted
  }

  init() {
    sigemptyset(&signals)
    for signal in [SIGCHLD, SIGINT, SIGTERM] { sigaddset(&signals, signal) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  mutating func next() -> Event {
    while true {
      // One signal may stand for several children.
      let ended = Self.reap()
      if !ended.isEmpty { return .ended(ended) }
      var signal: Int32 = 0
      guard sigwait(&signals, &signal) == 0 else { continue }
      if signal == SIGINT || signal == SIGTERM { return .interrupted }
    }
  }

  private static func reap() -> [(process: pid_t, end: ChildRun.End)] {
    var ended: [(process: pid_t, end: ChildRun.End)] = []
    var status: Int32 = 0
    while case let process = waitpid(-1, &status, WNOHANG), process > 0 {
      ended.append((process, ChildRun.End(waitStatus: status)))
    }
    return ended
  }
}

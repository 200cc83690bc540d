import Foundation

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A program started with its files open, in a session of its own and with no signal blocked: the threads that tests
/// run on block signals, and a child would inherit that.
struct ChildProcess {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let identifier: pid_t
  private var status: Int32?

  /// - Parameter files: path and flags for the descriptors 0, 1, 2; the last one given serves for those missing.
  init(_ command: [String], environment: [String: String], files: [(path: String, flags: Int32)]) throws {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
      let newSession = POSIX_SPAWN_SETSID
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
      let newSession = 0x80  // POSIX_SPAWN_SETSID, which C defines only together with GNU's extensions
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    var (blocked, standard) = (sigset_t(), sigset_t())
    sigemptyset(&blocked)
    sigemptyset(&standard)
    for signal in [SIGINT, SIGPIPE, SIGTERM] { sigaddset(&standard, signal) }
    posix_spawnattr_setsigmask(&attributes, &blocked)
    posix_spawnattr_setsigdefault(&attributes, &standard)
    // The first terminal that the leader of a new session opens controls it: Ctrl-C then reaches the program.
    let flags = Int(newSession) | Int(POSIX_SPAWN_SETSIGMASK) | Int(POSIX_SPAWN_SETSIGDEF)
    posix_spawnattr_setflags(&attributes, Int16(flags))
    for descriptor in 0..<3 {
      if descriptor < files.count {
        posix_spawn_file_actions_addopen(
          &actions, Int32(descriptor), files[descriptor].path, files[descriptor].flags, 0o600)
      } else {
        posix_spawn_file_actions_adddup2(&actions, Int32(files.count - 1), Int32(descriptor))
      }
    }

    var argv = command.map { strdup($0) } + [nil]
    var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for string in argv + envp { free(string) } }
    var child: pid_t = 0
    let error = posix_spawn(&child, command[0], &actions, &attributes, &argv, &envp)
    guard error == 0 else { throw Failure(description: "cannot start: \(String(cString: strerror(error)))") }
    identifier = child
  }

  /// Waits for the end; the exit status, or minus the signal that ended it. Kills what takes too long.
  mutating func end(within seconds: Double) throws -> Int32 {
    if let status { return status }
    let deadline = Date().addingTimeInterval(seconds)
    var raw: Int32 = 0
    while waitpid(identifier, &raw, WNOHANG) == 0 {
      guard Date() < deadline else {
        kill()
        throw Failure(description: "still running after \(seconds) s")
      }
      usleep(5_000)
    }
    let result = raw & 0x7F == 0 ? raw >> 8 & 0xFF : -(raw & 0x7F)
    status = result
    return result
  }

  mutating func kill() {
    guard status == nil else { return }
    #if canImport(Darwin)
      Darwin.kill(identifier, SIGKILL)
    #else
      Glibc.kill(identifier, SIGKILL)
    #endif
    waitpid(identifier, nil, 0)
    status = -SIGKILL
  }
}

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What signals mean to a process that holds sessions.
public enum ProcessSignals {
  /// To be called once, before a session is made.
  public static func prepare() {
    // A session takes interrupts while it works; one that falls in between is no reason to end. A handler that does
    // nothing, unlike SIG_IGN, is not passed on to programs that a script starts.
    signal(SIGINT) { _ in }
    // Whoever started the process may have blocked the signal for reasons of its own, which a child inherits.
    var interrupt = sigset_t()
    sigemptyset(&interrupt)
    sigaddset(&interrupt, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &interrupt, nil)
    // A reader that goes away is an error of `write`, not the end of the process in the middle of its work.
    signal(SIGPIPE, SIG_IGN)
    // A file that may not grow is an error of `write` too, which a ledger survives.
    signal(SIGXFSZ, SIG_IGN)
  }
}

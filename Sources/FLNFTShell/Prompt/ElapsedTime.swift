/// How long something took, as one reads it.
enum ElapsedTime {
  static func describe(_ duration: Duration) -> String {
    let milliseconds = duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
    if milliseconds < 1000 { return "(\(milliseconds) ms)" }
    let tenths = milliseconds / 100
    if tenths < 600 { return "(\(tenths / 10).\(tenths % 10) s)" }
    let seconds = milliseconds / 1000
    if seconds < 3600 { return "(\(seconds / 60) min \(seconds % 60) s)" }
    return "(\(seconds / 3600) h \(seconds % 3600 / 60) min)"
  }
}

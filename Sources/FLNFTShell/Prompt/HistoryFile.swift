#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The statements of earlier conversations: plain text, readable by its owner alone.
///
/// An entry is a line; its further lines follow, each after a tab. Every entry is appended as it is given, so that
/// shells side by side share the file and none loses what the other has written.
struct HistoryFile {
  let path: String
  var capacity = 10_000

  /// The entries, oldest first. Cuts the file back when it has grown far beyond its capacity.
  func load() -> [String] {
    guard let bytes = read() else { return [] }
    let entries = HistoryFile.decode(String(decoding: bytes, as: UTF8.self))
    guard entries.count > capacity else { return entries }
    let kept = Array(entries.suffix(capacity))
    replace(with: kept)
    return kept
  }

  func append(_ entry: String) {
    let text = HistoryFile.encode(entry)
    guard !text.isEmpty else { return }
    makeFolders()
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    // The file may have come from elsewhere, with other rights.
    fchmod(descriptor, 0o600)
    Output.write(text, to: descriptor)
  }

  /// Spaces around an entry mean nothing to Lua, and a tab at its start would mean something here.
  static func encode(_ entry: String) -> String {
    let lines = entry.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    let kept = lines.drop { String($0).isBlank }
    guard let first = kept.first else { return "" }
    let trimmed = first.drop { $0 == " " || $0 == "\t" }
    return ([trimmed] + kept.dropFirst()).joined(separator: "\n\t") + "\n"
  }

  static func decode(_ text: String) -> [String] {
    var entries: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
      if line.first == "\t", let last = entries.indices.last {
        entries[last] += "\n" + line.dropFirst()
      } else if line.first != "\t" {
        entries.append(String(line))
      }
    }
    return entries
  }

  private func read() -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = readBytes(descriptor, &buffer)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return count == 0 ? bytes : nil }
      bytes.append(contentsOf: buffer[..<count])
    }
  }

  /// Writes beside the file and renames, so that a reader sees the old file or the new one.
  private func replace(with entries: [String]) {
    let draft = path + ".\(getpid())"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    let error = Output.write(entries.map { HistoryFile.encode($0) }.joined(), to: descriptor)
    close(descriptor)
    if error != 0 || rename(draft, path) != 0 { unlink(draft) }
  }

  private func makeFolders() {
    var folder = ""
    for component in path.split(separator: "/").dropLast() {
      folder += "/" + component
      mkdir(folder, 0o700)
    }
  }
}

private func readBytes(_ descriptor: Int32, _ buffer: inout [UInt8]) -> Int {
  read(descriptor, &buffer, buffer.count)
}

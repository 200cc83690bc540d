import Foundation

/// How much of what a cell prints goes to the notebook: the first mebibyte. The rest goes to a file, up to a bound, so
/// that a loop that prints for ever costs neither the browser nor the disk.
final class OutputBudget {
  static let shown = 1 << 20
  static let kept = 1 << 30
  /// What goes to the file at a time.
  private static let block = 1 << 16

  /// Goes with the kernel.
  let folder: URL
  private var left = OutputBudget.shown
  private var printed = 0
  private var path: URL?
  private var file: FileHandle?
  private var pending: [UInt8] = []
  private var isFull = false

  init() {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("flnft-kernel-\(getpid())")
  }

  /// Starts a cell.
  func begin() {
    (left, printed, isFull) = (OutputBudget.shown, 0, false)
    path = nil
  }

  /// What of the text is to be shown, with a remark where the rest goes when this is the text that goes too far.
  func admit(_ text: String, cell: Int) -> (text: String, remark: String?) {
    let count = text.utf8.count
    printed += count
    if count <= left {
      left -= count
      return (text, nil)
    }
    let isFirst = path == nil
    let (head, rest) = isFirst ? Excerpt.split(text, bytes: left) : ("", text[...])
    left = 0
    if isFirst { open(cell) }
    keep(rest)
    return (String(head), isFirst ? "\n[more than \(Self.size(Self.shown)): the rest goes to \(place)]\n" : nil)
  }

  /// Ends a cell; says how much there was when it was too much.
  func end() -> String? {
    write()
    try? file?.close()
    file = nil
    guard path != nil else { return nil }
    let missing = isFull ? "; not all of it could be kept" : ", which goes when the kernel ends"
    let above = "the first \(Self.size(Self.shown)) are above"
    return "[\(Self.size(printed)) printed in all; \(above), the rest is in \(place)\(missing)]\n"
  }

  func removeFiles() { try? FileManager.default.removeItem(at: folder) }

  private var place: String { path?.path ?? "nowhere" }

  private func open(_ cell: Int) {
    let path = folder.appendingPathComponent("cell-\(cell).txt")
    self.path = path
    try? FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    _ = FileManager.default.createFile(atPath: path.path, contents: nil)
    file = try? FileHandle(forWritingTo: path)
    isFull = file == nil
  }

  private func keep(_ text: Substring) {
    guard !isFull else { return }
    guard printed - OutputBudget.shown <= OutputBudget.kept else {
      isFull = true
      return
    }
    pending.append(contentsOf: text.utf8)
    if pending.count >= OutputBudget.block { write() }
  }

  private func write() {
    defer { pending.removeAll(keepingCapacity: true) }
    guard !pending.isEmpty, let file else { return }
    do { try file.write(contentsOf: Data(pending)) } catch { isFull = true }
  }

  private static func size(_ bytes: Int) -> String {
    bytes >= 1 << 20 ? "\(bytes >> 20) MiB" : "\(bytes >> 10) KiB"
  }
}

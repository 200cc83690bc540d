import Foundation

/// Where data sets are looked for when no path is given.
enum DataFolders {
  static var usual: [String] {
    let environment = ProcessInfo.processInfo.environment
    var folders: [String] = []
    if let own = environment["FLNFT_DATA"], !own.isEmpty { folders.append(own) }
    let cache =
      environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
      ?? environment["HOME"].map { $0 + "/.cache" }
    if let cache { folders.append(cache + "/flnft/data") }
    // Beside a checkout: next to the working folder, and next to the checkout that the executable was built in.
    folders.append("../shared/data")
    if let executable = Bundle.main.executablePath, let build = executable.range(of: "/.build/") {
      folders.append((String(executable[..<build.lowerBound]) as NSString).deletingLastPathComponent + "/shared/data")
    }
    return folders
  }
}

import Foundation
import Testing

/// The main job at its full length, for `scripts/test --long`.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["FLNFT_LONG_TESTS"] != nil))
struct MainJobTests {
  @Test func aMarketTrainsToNinetySevenPercent() throws {
    let folder = try TemporaryFolder()
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../examples/first-market.lua").standardizedFileURL.path
    let run = try ShellProcess.run(
      ["run", script], wrapper: "cd '\(folder.path)' && exec \"$0\" \"$@\"", within: 300)
    #expect(run.status == 0, "\(run.errors)")
    let words = run.output.split(separator: "test accuracy ").last?.split(separator: " ").first
    let accuracy = try #require(words.flatMap { Double($0) })
    #expect(accuracy >= 97)
  }
}

import Foundation
import Testing

@Suite struct SafetyTests {
  /// Swift frames are never jumped over: the sources of this floor call no Lua function that can raise one.
  @Test func swiftCallsNoRaisingFunctionOfLua() throws {
    let forbidden = [
      "lua_error", "luaL_error", "luaL_argerror", "luaL_check", "luaL_opt", "lua_gettable", "lua_settable",
      "lua_getfield", "lua_setfield", "lua_geti", "lua_seti", "lua_getglobal", "lua_setglobal", "lua_concat",
      "lua_arith", "lua_compare", "lua_len", "luaL_len", "luaL_tolstring", "lua_callk", "lua_pcallk", "lua_yield",
      "lua_resume", "luaL_requiref", "luaL_traceback", "lua_load", "luaL_load", "lua_gc",
    ]
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/Scripting").standardizedFileURL
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
      .compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    #expect(files.count > 10)
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      for name in forbidden {
        #expect(
          text.range(of: "\\b\(name)\\w*\\(", options: .regularExpression) == nil,
          "\(name) in \(file.lastPathComponent)")
      }
    }
  }
}

import Foundation
import Testing

/// Contracts leave no memory behind. A process of its own, since the tests of one process share its memory.
@Suite struct ContractMemoryTests {
  #if os(Linux)
    @Test func callsLeaveNoMemoryBehind() throws {
      let script = """
        local book = ledger.create{}
        book:open_account{ name = "Ann", amount = 1000 }
        local jar = book:deploy{ by = "Ann", name = "jar", source = [[
          function init() storage.calls = 0 end
          function fill(text)
            local list = {}
            for i = 1, 200 do list[i] = text .. i end
            storage.calls = storage.calls + 1
            if storage.calls % 3 == 0 then error("every third call fails") end
            return #table.concat(list)
          end
        ]] }
        local function resident()
          collectgarbage() collectgarbage()
          local file = assert(io.open("/proc/self/statm"))
          local pages = tonumber(file:read("a"):match("^%d+ (%d+)"))
          file:close()
          return pages * 4096
        end
        local function calls(count)
          for i = 1, count do pcall(jar.call, jar, { by = "Ann", name = "fill", arguments = { "word " } }) end
        end
        calls(500)
        local before = resident()
        calls(2500)
        print((resident() - before) // 1024)
        """
      let outcome = try ShellProcess.run(["eval", script])
      #expect(outcome.status == 0, "\(outcome.errors)")
      let grown = try #require(Int(outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)))
      // The chain itself grows by its blocks and receipts, about a kilobyte a call.
      #expect(grown < 16 << 10, "memory grew by \(grown) KiB in 2,500 calls")
    }
  #endif
}

import Testing

/// A disk without room costs nothing but the block that did not fit.
@Suite struct FullDiskTests {
  @Test func theLedgerStaysAsItWas() throws {
    let folder = try TemporaryFolder()
    let code = """
      local book = ledger.create{ path = "book.sqlite" }
      local count, ok, problem = 0
      repeat
        local height, head = book.height, book.head
        count = count + 1
        ok, problem = pcall(book.open_account, book, { name = ("x"):rep(40) .. count, amount = 1 })
        if not ok then assert(book.height == height and book.head == head, "the ledger changed") end
      until not ok or count > 5000
      assert(book:verify().sound)
      return problem.kind, count > 1 and book.height == count - 1
      """
    let inside = "cd '\(folder.path)' && ulimit -f 200 && exec \"$0\" \"$@\""
    let outcome = try ShellProcess.run(["eval", code], wrapper: inside)
    #expect(outcome.errors == "")
    #expect(
      ["StorageFull\ttrue\n", "StorageFailed\ttrue\n"].contains(outcome.output), "\(outcome.output)")
    let reopened = try ShellProcess.run(
      ["eval", "return ledger.open('book.sqlite'):verify().sound"], wrapper: "cd '\(folder.path)' && exec \"$0\" \"$@\""
    )
    #expect(reopened.output == "true\n", "\(reopened.errors)")
  }
}

import Foundation
import Testing

@testable import Scripting

/// The ledger's facets as scripts meet them.
@Suite struct LedgerFacetScriptTests {
  private func market(_ path: String? = nil) throws -> Transcript {
    let transcript = try Transcript()
    let place = path.map { "path = '\($0)'" } ?? ""
    #expect(
      transcript.run(
        """
        book = ledger.create{ \(place) }
        for _, name in ipairs{ "ann", "bob", "cyd" } do book:open_account{ name = name, amount = 100 } end
        """) == .succeeded)
    return transcript
  }

  private static let counter = """
    counter = book:deploy{ by = "ann", name = "counter", deposit = 5, source = [[
      function init() storage.count = 0 end
      function add(n)
        assert(math.type(n) == "integer", "a whole number is needed")
        storage.count = storage.count + n
        emit("added", { by = sender, n = n })
        return storage.count
      end
      function give(who, what) transfer(who, amount(what)) end
      function spin() while true do end end
    ]] }
    """

  @Test func contractsKeepTheirBooks() throws {
    let path = "\(NSTemporaryDirectory())flnft-contract-\(UUID().uuidString).sqlite"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let transcript = try market(path)
    transcript.run(Self.counter)
    transcript.run("first = counter:call{ name = 'add', by = 'bob', arguments = { 3 } }")
    #expect(transcript.value("first.value, first.events[1].name, first.events[1].value.n") == "3\tadded\t3")
    #expect(transcript.value("counter:read('count'), counter.balance") == "3\t5")
    transcript.run("height, count = book.height, #book:accounts().name")
    // A failure is an error with the contract's line; the block stands, and nothing else has changed.
    transcript.run("ok, problem = pcall(counter.call, counter, { name = 'add', by = 'bob', arguments = { 'x' } })")
    #expect(transcript.value("problem.kind") == "ContractError")
    #expect(transcript.value("problem.message").contains("a whole number is needed"))
    #expect(transcript.value("book.height - height, counter:read('count')") == "1\t3")
    #expect(transcript.value("book:receipt(book:block().hashes[1]).succeeded") == "false")
    #expect(
      transcript.value("select(2, pcall(counter.call, counter, { name = 'spin', by = 'bob', gas = 100000 })).kind")
        == "OutOfGas")
    #expect(transcript.value("book:receipt(book:block().hashes[1]).gas") == "100000")
    #expect(
      transcript.value("select(2, pcall(counter.call, counter, { name = 'nothing', by = 'bob' })).kind")
        == "InvalidContract")
    // Reopened and replayed, contract runs included.
    transcript.run("head = book.head book:close() book = ledger.open('\(path)')")
    #expect(transcript.value("book.head == head and book:verify().sound") == "true")
    #expect(transcript.value("book:contract('counter'):read('count')") == "3")
  }

  @Test func sourcesThatAreNoneAreRefused() throws {
    let transcript = try market()
    for source in ["function (", "\\27Lua", "x = 1 +"] {
      transcript.run(
        "ok, problem = pcall(book.deploy, book, { by = 'ann', name = 'c', source = '\(source)' })")
      #expect(transcript.value("problem.kind") == "InvalidContract")
    }
    #expect(transcript.value("book.height") == "3")
    #expect(transcript.value("select(2, pcall(book.contract, book, 'c')).kind") == "UnknownContract")
  }

  @Test func proofsConvinceOnlyOfWhatIs() throws {
    let transcript = try market()
    transcript.run("proof = book:proof(book:block(2).hashes[1]) hash = book:block(2).hash")
    #expect(transcript.value("ledger.verify_proof{ proof = proof, block = hash }.holds") == "true")
    #expect(transcript.value("ledger.verify_proof{ proof = proof, block = book:block(1).hash }.holds") == "false")
    #expect(transcript.value("pcall(ledger.verify_proof, { proof = proof:sub(3), block = hash })").contains("false"))
    #expect(transcript.value("select(2, pcall(book.proof, book, ('0'):rep(64))).kind") == "UnknownTransaction")
  }

  @Test func whatIsDamagedIsCutOnRequest() throws {
    let path = "\(NSTemporaryDirectory())flnft-cut-\(UUID().uuidString).sqlite"
    defer { for end in ["", "-before-cut"] { try? FileManager.default.removeItem(atPath: path + end) } }
    let transcript = try market(path)
    transcript.run("book:close()")
    // The last account's name, in the last block, becomes another.
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let place = try #require(bytes.range(of: Data("cyd".utf8), options: .backwards))
    bytes.replaceSubrange(place, with: Data("cyx".utf8))
    try bytes.write(to: URL(fileURLWithPath: path))
    transcript.run("ok, problem = pcall(ledger.open, '\(path)')")
    #expect(transcript.value("problem.kind") == "CorruptLedger")
    #expect(transcript.value("problem.hint").contains("block 2 is the last good one"))
    #expect(transcript.value("ledger.cut{ path = '\(path)', keep = 2 }.kept") == "3")
    #expect(transcript.value("ledger.open('\(path)').height") == "2")
    #expect(FileManager.default.fileExists(atPath: path + "-before-cut"))
  }

  /// What is said of a text is of use for a text.
  @Test func textsThatAreNoneSayWhy() throws {
    let text = "\(NSTemporaryDirectory())flnft-text-\(UUID().uuidString).jsonl"
    defer { try? FileManager.default.removeItem(atPath: text) }
    let transcript = try market()
    transcript.run("book:export('\(text)')")
    let lines = try String(contentsOfFile: text, encoding: .utf8).split(separator: "\n")
    let twice = (lines.prefix(3) + [lines[2]]).joined(separator: "\n")
    try twice.write(toFile: text, atomically: true, encoding: .utf8)
    transcript.run("ok, problem = pcall(ledger.import, { from = '\(text)' })")
    #expect(transcript.value("problem.kind") == "CorruptLedger")
    #expect(transcript.value("problem.message").contains("line 4: block 2 is not sound"))
    #expect(transcript.value("problem.hint").contains("export the chain again"))
    transcript.run("ok, problem = pcall(ledger.import, { from = '\(NSTemporaryDirectory())' })")
    #expect(transcript.value("problem.kind") == "FileError")
    #expect(transcript.value("problem.message").contains("it is a folder"))
  }

  @Test func nothingIsWrittenOverALedger() throws {
    let path = "\(NSTemporaryDirectory())flnft-own-\(UUID().uuidString).sqlite"
    let text = path + ".jsonl"
    defer { for file in [path, text] { try? FileManager.default.removeItem(atPath: file) } }
    let transcript = try market(path)
    transcript.run("reader = ledger.open{ path = '\(path)', read_only = true } other = ledger.create{}")
    for book in ["book", "reader", "other"] {
      #expect(
        transcript.value("select(2, pcall(\(book).export, \(book), '\(path)')).message").contains("is a ledger"))
    }
    // A name says how a file is written, and a ledger may have any.
    let named = path + ".json"
    defer { try? FileManager.default.removeItem(atPath: named) }
    transcript.run("named = ledger.create{ path = '\(named)' }")
    for write in [
      "json.save('\(path)', { 1 })", "json.save('\(path)-wal', { 1 })", "session.transcript('\(path)')",
      "plot.line{ y = { 1, 2 } }:save('\(named)')", "data.frame{ columns = { a = { 1 } } }:save('\(named)')",
    ] {
      transcript.run("ok, problem = pcall(function() \(write) end)")
      #expect(transcript.value("problem.kind") == "FileError", "\(write)")
      #expect(transcript.value("problem.message").contains("is a ledger"), "\(write)")
    }
    #expect(transcript.value("named:verify().sound") == "true")
    // A text may be written over.
    transcript.run("other:export('\(text)') book:export('\(text)') same = ledger.import{ from = '\(text)' }")
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    #expect(transcript.value("same.head == book.head and book:verify().sound") == "true")
  }

  @Test(arguments: [
    ("book:burn{ from = 'ann', amount = 101 }", "InsufficientFunds"),
    ("book:burn{ from = 'nobody', amount = 1 }", "UnknownAccount"),
    ("book:spend{ spender = 'bob', from = 'ann', to = 'bob', amount = 1 }", "AllowanceExceeded"),
    ("book:model(('0'):rep(64))", "UnknownToken"),
    ("book:transfer_model{ token = ('0'):rep(64), by = 'ann', to = 'bob' }", "UnknownToken"),
    ("book:buy{ buyer = 'ann', listing = ('0'):rep(64) }", "UnknownListing"),
    ("book:raise{ bidder = 'ann', sale = ('0'):rep(64), amount = 1 }", "UnknownSale"),
    ("book:list{ seller = 'ann', tokens = {}, price = 1 }", "InvalidParameter"),
    ("book:organisation{ name = 'G', members = {} }", "InvalidParameter"),
    ("book:organisation{ name = 'G', members = { 'ann' }, weights = { 0 } }", "InvalidParameter"),
    ("book:organisation{ name = 'G', members = { 'ann' }, weights = { 1, 2 } }", "ShapeMismatch"),
    ("book:organisation{ name = 'bob', members = { 'ann' } }", "NameTaken"),
    ("book:assembly{ name = 'bob', founder = 'ann' }", "NameTaken"),
    ("book:assembly{ name = 'G', founder = 'nobody' }", "UnknownAccount"),
    ("book:assembly{ name = 'G', founder = 'ann', chamber_quorum = 2 }", "InvalidParameter"),
    (
      "book:propose{ member = 'ann', organisation = 'bob', steps = { { action = 'burn', amount = 1 } } }",
      "UnknownAccount"
    ),
    ("book:vote_on{ member = 'ann', proposal = ('0'):rep(64) }", "UnknownProposal"),
    ("book:execute{ member = 'ann', proposal = ('0'):rep(64) }", "UnknownProposal"),
    ("book:deploy{ by = 'ann', name = 'ann', source = '' }", "NameTaken"),
    ("ledger.import{ from = '/nonexistent' }", "FileError"),
    ("ledger.cut{ path = '/nonexistent', keep = 1 }", "MissingFile"),
    ("book:set_gas_price{ price = 1, collector = 'nobody' }", "UnknownAccount"),
  ])
  func refusalsAreNamed(code: String, kind: String) throws {
    let transcript = try market()
    transcript.run("head = book.head ok, problem = pcall(function() return \(code) end)")
    #expect(transcript.value("problem.kind") == kind)
    #expect(transcript.value("book.head == head") == "true")
  }

  /// A proposal's steps are checked when they are proposed, by their place.
  @Test func stepsAreChecked() throws {
    let transcript = try market()
    transcript.run("book:organisation{ name = 'G', members = { 'ann', 'bob' }, voting = 10, timelock = 0 }")
    for (steps, words) in [
      ("{ { action = 'transfer', to = 'bob' } }", "step 1: field 'amount' must be"),
      (
        "{ { action = 'burn', amount = 1 }, { action = 'burn', amount = 1, to = 'bob' } }",
        "step 2: 'burn' has no field"
      ),
      ("{ { to = 'bob' } }", "step 1: field 'action' must be a string"),
      ("{ { action = 'set_members', members = { 'ann' }, weights = { 1.5 } } }", "step 1: field 'weights' must be"),
    ] {
      transcript.run(
        "ok, problem = pcall(book.propose, book, { member = 'ann', organisation = 'G', steps = \(steps) })")
      #expect(transcript.value("problem.message").contains(words))
    }
    transcript.run(
      """
      idea = book:propose{ member = 'ann', organisation = 'G',
        steps = { { action = 'set_members', members = { 'ann', 'cyd' }, weights = { 1, 5 } } } }
      for _, name in ipairs{ 'ann', 'bob' } do book:vote_on{ member = name, proposal = idea } end
      book:advance(10)
      book:execute{ member = 'ann', proposal = idea }
      """)
    #expect(transcript.value("book:proposal(idea).stage") == "executed")
    #expect(
      transcript.value(
        """
        select(2, pcall(book.propose, book, { member = 'bob', organisation = 'G',
          steps = { { action = 'burn', amount = 0 } } })).kind
        """) == "NotMember")
  }

  /// Small payments are decided by all who stake, large ones by the largest too.
  @Test func assembliesHaveChambers() throws {
    let transcript = try market()
    transcript.run(
      """
      book:stake{ by = 'ann', amount = 30 }
      book:stake{ by = 'bob', amount = 20 }
      book:assembly{ name = 'N', founder = 'ann', minimum_super = 25, ordinary_limit = 1, voting = 10, timelock = 0 }
      book:transfer{ from = 'ann', to = 'N', amount = 10 }
      function propose(amount)
        return book:propose{ member = 'bob', organisation = 'N',
          steps = { { action = 'transfer', to = 'bob', amount = amount } } }
      end
      small, large = propose(1), propose('1.000000000000000001')
      for _, idea in ipairs{ small, large } do book:vote_on{ member = 'bob', proposal = idea } end
      book:vote_on{ member = 'ann', proposal = large, ballot = 'abstain' }
      book:advance(10)
      first, second = book:proposal(small), book:proposal(large)
      """)
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    #expect(
      transcript.value("first.kind, first.stage, first.in_favour, first.weight") == "ordinary\texecutable\t20.0\t50.0")
    #expect(
      transcript.value("second.kind, second.stage, second.reason, second.chamber")
        == "key\tvetoed\tchamber_veto\tsuper")
    transcript.run("book:execute{ member = 'ann', proposal = small }")
    #expect(transcript.value("book:balance('N'), book:balance('bob')") == "9\t81")
    #expect(
      transcript.value("select(2, pcall(book.execute, book, { member = 'ann', proposal = large })).kind")
        == "WrongState")
    #expect(
      transcript.value(
        """
        select(2, pcall(book.propose, book, { member = 'cyd', organisation = 'N',
          steps = { { action = 'burn', amount = 0 } } })).kind
        """) == "NotMember")
  }

  /// What stands on record for good is a division of one whole.
  @Test func contributionsAddToOne() throws {
    let transcript = try market()
    transcript.run("dao = book:dao{ name = 'D', members = { 'ann', 'bob', 'cyd' } } head = book.head")
    for (contributions, words) in [
      ("{ 1, 2, 3 }", "add to 6"), ("{ 0, 0, 0 }", "add to 0"), ("{ 0.5, 0.25, 0.2 }", "add to 0.95"),
      ("{ 1.5, -0.5, 0 }", "contribution of bob"),
    ] {
      transcript.run(
        """
        ok, problem = pcall(dao.mint, dao,
          { model_hash = ('ab'):rep(32), round = 1, contributions = \(contributions) })
        """)
      #expect(transcript.value("problem.kind") == "InvalidParameter")
      #expect(transcript.value("problem.message").contains(words), "\(transcript.value("problem"))")
      #expect(transcript.value("book.head == head") == "true")
    }
    // Each part may be rounded to a millionth.
    transcript.run(
      """
      nft = dao:mint{ model_hash = ('ab'):rep(32), round = 1, contributions = { 0.333333, 0.333333, 0.333333 } }
      """)
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    #expect(transcript.value("nft.record.contributions_micro.cyd") == "333333")
  }

  @Test func daosAreNotMixedUp() throws {
    let path = "\(NSTemporaryDirectory())flnft-dao-\(UUID().uuidString).sqlite"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let transcript = try market(path)
    transcript.run("dao = book:dao{ name = 'D', members = { 'm1', 'm2' } } head = book.head")
    func refuse(_ options: String, _ kind: String, _ words: String) {
      transcript.run("ok, problem = pcall(book.dao, book, { \(options) })")
      #expect(transcript.value("problem.kind") == kind, "\(options)")
      #expect(transcript.value("problem.message").contains(words), "\(transcript.value("problem.message"))")
      #expect(transcript.value("book.head == head") == "true", "\(options)")
    }
    refuse("name = 'E', members = {}", "InvalidParameter", "at least one member")
    refuse("name = 'E', members = { 'm1', 'm1' }", "InvalidParameter", "named twice")
    refuse("name = 'D', members = { 'bob' }", "InvalidParameter", "members are m1, m2")
    refuse("name = 'ann', members = { 'm1' }", "NameTaken", "person's account")
    refuse("name = 'm1', members = { 'bob' }", "NameTaken", "person's account")
    refuse("name = 'E', members = { 'E' }", "InvalidParameter", "cannot be a member")
    transcript.run("again = book:dao{ name = 'D', members = { 'm1', 'm2' } }")
    #expect(transcript.value("#again, book.head == head") == "2\ttrue")
    // After reopening, the minted record says who the members are.
    transcript.run(
      """
      dao:mint{ model_hash = ('ab'):rep(32), round = 1 }
      book:close() book = ledger.open('\(path)') head = book.head
      dao = book:dao{ name = 'D', members = { 'm1', 'm2' } }
      """)
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    refuse("name = 'D', members = { 'bob' }", "InvalidParameter", "members are m1, m2")
    refuse("name = 'm2', members = { 'bob' }", "NameTaken", "person's account")
  }

  /// What has no key is not taken for what was founded with another seed.
  @Test(arguments: [("guild", "is an organisation"), ("counter", "is a contract")])
  func whatHasNoKeySaysHowItActs(name: String, words: String) throws {
    let transcript = try market()
    transcript.run(Self.counter)
    transcript.run("book:organisation{ name = 'guild', members = { 'ann' } }")
    transcript.run(
      "ok, problem = pcall(book.transfer, book, { from = '\(name)', to = 'bob', amount = 1 })")
    #expect(transcript.value("problem.kind") == "InvalidParameter")
    #expect(transcript.value("problem.message").contains(words), "\(transcript.value("problem.message"))")
  }

  /// An issuer without money can neither issue nor take the price of gas back; it is told how to go on.
  @Test func anIssuerWithoutMoneyIsHelped() throws {
    let transcript = try market()
    transcript.run("book:set_gas_price{ price = '0.000001' }")
    for call in ["open_account, book, { name = 'zoe', amount = 5 }", "set_gas_price, book, { price = 0 }"] {
      transcript.run("ok, problem = pcall(book.\(call))")
      #expect(transcript.value("problem.kind") == "InsufficientFunds")
      #expect(transcript.value("problem.message").contains("fee"), "\(transcript.value("problem.message"))")
      #expect(transcript.value("problem.hint").contains("to = \"treasury\""), "\(transcript.value("problem.hint"))")
    }
    transcript.run("book:transfer{ from = 'ann', to = 'treasury', amount = 1 } book:set_gas_price{ price = 0 }")
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    #expect(transcript.value("book.gas_price") == "0")
  }

  /// When the time for bids is over, an auction says so, and what comes next.
  @Test func anAuctionPastItsDeadlineAsksToBeClosed() throws {
    let transcript = try market()
    transcript.run("sale = book:auction{ name = 'S', duration = 10 } sale:bid{ bidder = 'ann', quality = 5 }")
    for step in ["open_bids", "clear", "settle"] {
      transcript.run("ok, problem = pcall(sale.\(step), sale)")
      #expect(transcript.value("problem.message").contains("taking bids"), "\(transcript.value("problem"))")
    }
    transcript.run("book:advance(10)")
    #expect(transcript.value("sale.stage").contains("bidding over"))
    for step in ["open_bids", "clear", "settle"] {
      transcript.run("ok, problem = pcall(sale.\(step), sale)")
      #expect(transcript.value("problem.kind") == "WrongStage")
      #expect(transcript.value("problem.message").contains("bidding is over since"), "\(transcript.value("problem"))")
      #expect(transcript.value("problem.hint").contains("sale:close()"))
    }
    transcript.run("sale:close() sale:open_bids()")
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    #expect(transcript.value("sale.stage").contains("opened"))
  }

  @Test func anOpenSaleWhoseTimeIsOverTakesNoBid() throws {
    let transcript = try market()
    transcript.run(
      """
      dao = book:dao{ name = 'D', members = { 'cyd' } }
      nft = dao:mint{ model_hash = ('ab'):rep(32), round = 1 }
      book:vote_on_transfer{ member = 'cyd', token = nft.token }
      sale = book:open_sale{ seller = 'D', tokens = { nft.token }, duration = 60 }
      book:advance(60)
      ok, problem = pcall(book.raise, book, { bidder = 'ann', sale = sale, amount = 1 })
      """)
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    #expect(transcript.value("problem.kind") == "SaleClosed")
    #expect(transcript.value("problem.message").contains("took bids before"), "\(transcript.value("problem.message"))")
    #expect(transcript.value("problem.hint").contains("close_sale"))
  }

  /// Messages name what the user named, at a length that can be read.
  @Test func messagesAreForReaders() throws {
    let transcript = try market()
    transcript.run(
      """
      position = book:stake{ by = 'ann', amount = 10 }
      ok, twice = pcall(book.slash, book, { position = position, severity = 1, reporters = { 'bob', 'bob' } })
      ok, long = pcall(book.transfer, book, { from = 'ann', to = 'bob', amount = ('9'):rep(5000) })
      ok, word = pcall(book.transfer, book, { from = 'ann', to = 'bob', amount = ('x'):rep(5000) })
      sale = book:auction{ name = 'S', duration = 10 }
      ok, large = pcall(sale.bid, sale, { bidder = 'ann', quality = 1e10 })
      """)
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    #expect(transcript.value("twice.kind") == "DuplicateReport")
    #expect(transcript.value("twice.message").contains("'bob' is named twice"), "\(transcript.value("twice.message"))")
    #expect(transcript.value("long.kind, #long.message < 200") == "AmountOverflow\ttrue")
    #expect(transcript.value("word.kind, #word.message < 250") == "InvalidParameter\ttrue")
    #expect(transcript.value("large.kind") == "AmountOverflow")
    #expect(transcript.value("large.message").contains("at most 1000000000 tokens, not 10000000000"))
    #expect(!transcript.value("large.message").contains("a ledger can hold"))
  }

  @Test func escrowsAndBonds() throws {
    let transcript = try market()
    transcript.run(
      """
      book:organisation{ name = "guild", members = { "ann" }, voting = 10, timelock = 0 }
      bond = book:open_escrow{ from = "bob", to = "guild", arbiter = "guild", amount = 9 }
      function decide(step)
        local idea = book:propose{ member = "ann", organisation = "guild", steps = { step } }
        book:vote_on{ member = "ann", proposal = idea }
        book:advance(10)
        return pcall(book.execute, book, { member = "ann", proposal = idea })
      end
      ok, problem = decide{ action = "punish", escrow = bond, promised = 0.9, measured = 0.95 }
      """)
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    #expect(transcript.value("ok, problem.kind, book:escrow(bond).amount") == "false\tProposalFailed\t9")
    transcript.run("ok = decide{ action = 'punish', escrow = bond, promised = 0.9, measured = 0.8 }")
    // A ninth of the bond, and the rest comes back.
    #expect(transcript.value("book:balance('guild'), book:balance('bob'), book:escrow(bond).amount") == "1\t99\t0")
    transcript.run("again = book:open_escrow{ from = 'bob', to = 'cyd', arbiter = 'ann', amount = 1, duration = 100 }")
    #expect(
      transcript.value("select(2, pcall(book.refund_escrow, book, { escrow = again, by = 'bob' })).kind") == "NotParty")
    transcript.run("book:advance(100) book:refund_escrow{ escrow = again, by = 'bob' }")
    #expect(
      transcript.value("select(2, pcall(book.release_escrow, book, { escrow = again, by = 'ann' })).kind")
        == "EscrowClosed")
    #expect(transcript.value("book:balance('bob'), book:verify().sound") == "99\ttrue")
  }

  /// A script that interrupts nothing gets what it asked for; the auctions of contracts are exact.
  @Test func contractsRunAuctions() throws {
    let transcript = try market()
    transcript.run(
      """
      house = book:deploy{ by = "ann", name = "house", source = [[
        local function money(list)
          local amounts = {}
          for i, text in ipairs(list) do amounts[i] = amount(text) end
          return amounts
        end
        function second(bids, units) return auction.sealed(money(bids), { units = units, reserve = amount("2") }) end
        function double(asks, bids, rule) return auction.double(money(asks), money(bids), { rule = rule }) end
        function buy(asks) return auction.purchase(money(asks)) end
        function wrong() return auction.sealed({ amount(1) }, { prize = "first" }) end
        function rubbish() return auction.sealed({ 1 }) end
        function many() local t = {} for i = 1, 1025 do t[i] = amount(1) end return auction.sealed(t) end
        function sorted(n) local t = {} for i = 1, n do t[i] = amount(i) end return auction.sealed(t).revenue end
      ]] }
      function ask(name, ...) return house:call{ name = name, by = "bob", arguments = { ... } } end
      function fail(name) local _, problem = pcall(ask, name) return problem.kind .. ": " .. problem.message end
      """)
    transcript.run("sold = ask('second', { '5', '9', '7', '1' }, 2).value")
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    #expect(transcript.value("sold.winners[1], sold.winners[2], sold.payments[2], sold.revenue") == "2\t3\t5\t10")
    transcript.run("cleared = ask('double', { '2', '5', '6' }, { '9', '7', '4' }, 'mcafee').value")
    #expect(
      transcript.value("#cleared.buyers, cleared.payments[1], cleared.receipts[2], cleared.surplus") == "2\t5\t5\t0")
    transcript.run("shared = ask('double', { '1', '10' }, { '4', '4', '4' }, 'shared_cost').value")
    #expect(
      transcript.value("shared.payments[1], shared.payments[3], shared.receipts[1], shared.deficit")
        == "3.333333333333333334\t3.333333333333333333\t10\t0")
    #expect(transcript.value("ask('buy', { '3', '1', '2' }).value.receipts[2]") == "2")
    #expect(transcript.value("fail('wrong')").contains("there is no option 'prize'"))
    #expect(transcript.value("fail('rubbish')").contains("number 1 is none"))
    #expect(transcript.value("fail('many')").contains("at most 1024"))
    // Gas grows with the bids, the same every time.
    #expect(transcript.value("ask('sorted', 1000).gas - ask('sorted', 999).gas >= 30") == "true")
    #expect(transcript.value("ask('sorted', 1000).gas == ask('sorted', 1000).gas") == "true")
    #expect(transcript.value("book:verify().sound") == "true")
  }

  /// However an auction ends, a bidder's deposit comes back: nobody sells, or nobody settles.
  @Test func depositsComeBack() throws {
    let transcript = try market()
    transcript.run(
      """
      sale = book:auction{ name = "nobody sells" }
      sale:bid{ bidder = "ann", quality = 20, deposit = 30 }
      sale:close()
      sale:open_bids()
      cleared = sale:clear{}
      sale:settle()
      """)
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    #expect(transcript.value("cleared.trades, book:balance('ann')") == "0\t100")
    transcript.run(
      """
      book:auction{ name = "nobody settles", duration = 5, settlement = 5 }:bid{ bidder = "bob", quality = 7 }
      function reclaim(who) return select(2, pcall(book.reclaim_deposit, book, { auction = "nobody settles", by = who })) end
      early = reclaim("bob")
      book:advance(10)
      stranger, height, again = reclaim("ann"), reclaim("bob"), reclaim("bob")
      """)
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    #expect(
      transcript.value("early.kind, stranger.kind, height == book.height, again.kind")
        == "SettlementPending\tNothingToReclaim\ttrue\tNothingToReclaim")
    #expect(transcript.value("book:balance('bob'), book:verify().sound") == "100\ttrue")
  }

  /// A sealed auction goes on in another session on the same file.
  @Test func anAuctionIsTakenUpAgain() throws {
    let path = "\(NSTemporaryDirectory())flnft-auction-\(UUID().uuidString).sqlite"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let before = try market(path)
    before.run(
      """
      sale = book:auction{ name = "spring", duration = 60 }
      sale:bid{ bidder = "ann", quality = 20, deposit = 30 }
      book:close()
      """)
    #expect(before.errors.isEmpty, "\(before.errors)")

    let after = try Transcript()
    after.run("book = ledger.open('\(path)')")
    after.run("print(book:auctions())")
    after.run("all = book:auctions()")
    #expect(
      after.value("all.name[1], all.stage[1], all.auctioneer[1], all.bids[1]")
        == "spring\ttaking bids\tauctioneer\t1")
    after.run(
      "height = book.height ok, problem = pcall(book.auction, book, { name = 'spring', auctioneer = 'another' })")
    #expect(after.value("problem.kind, book.height == height") == "AuctionExists\ttrue")
    #expect(after.value("problem.hint").contains("resume_auction"))
    #expect(after.value("select(2, pcall(book.resume_auction, book, 'sprung')).kind") == "UnknownAuction")
    after.run(
      """
      sale = book:resume_auction("spring")
      sale:bid{ bidder = "bob", quality = 10 }
      sale:close()
      waiting = book:auctions().stage[1]
      opened = sale:open_bids()
      again = book:resume_auction("spring")
      """)
    #expect(after.errors.isEmpty, "\(after.errors)")
    #expect(after.value("#opened.bids, waiting, again.stage") == "2\tbidding over\topened")
    after.run("cleared = again:clear{} again:settle() last = book:resume_auction('spring').stage")
    #expect(after.errors.isEmpty, "\(after.errors)")
    #expect(after.value("last, book:auctions().stage[1], book:auctions().opened[1]") == "settled\tsettled\t2")
    #expect(after.value("book:balance('ann'), book:balance('bob'), book:verify().sound") == "100\t100\ttrue")
    #expect(after.value("select(2, pcall(again.bid, again, { bidder = 'cyd', quality = 1 })).kind") == "WrongStage")
  }
}

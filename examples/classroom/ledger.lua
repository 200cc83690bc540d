-- Solutions of the exercise sheet ledger.md, each checked.
local function units(text)
  -- Exact: whole tokens and 18 decimals, as one decimal string without its point.
  local whole, rest = text:match("^(%d+)%.?(%d*)$")
  return tonumber(whole), rest .. ("0"):rep(18 - #rest)
end

-- 1. Where did it go?
local book = ledger.create{}
local friends = { "ann", "bob", "cyd" }
for _, name in ipairs(friends) do book:open_account{ name = name, amount = 10 } end
local refused = 0
for _ = 1, 100 do
  local from, to = friends[math.random(3)], friends[math.random(3)]
  local ok = pcall(book.transfer, book, { from = from, to = to, amount = ("%.3f"):format(math.random(9000) / 1000) })
  if not ok then refused = refused + 1 end
end
local function held()
  local thousandths = 0
  for _, name in ipairs(friends) do thousandths = thousandths + math.floor(book:balance(name) * 1000 + 0.5) end
  return thousandths
end
print(("1. %d payments refused; together they hold %g tokens"):format(refused, held() / 1000))
assert(held() == 30000 and refused > 0 and book.supply == "30")
local rich = "ann"
for _, name in ipairs(friends) do if tonumber(book:balance(name)) > tonumber(book:balance(rich)) then rich = name end end
local before = tonumber(book:balance(rich))
book:burn{ from = rich, amount = "0.5" }
assert(book.supply == "29.5" and math.abs(before - book:balance(rich) - 0.5) < 1e-9)

-- 2. A letter from the chain.
local block = book:block(7)
local letter = book:proof(block.hashes[1])
assert(ledger.verify_proof{ proof = letter, block = block.hash }.holds)
local convinced, unreadable = 0, 0
for place = 1, #letter do
  local digit = letter:sub(place, place)
  local other = digit == "0" and "1" or "0"
  local ok, answer = pcall(ledger.verify_proof, {
    proof = letter:sub(1, place - 1) .. other .. letter:sub(place + 1), block = block.hash,
  })
  if not ok then unreadable = unreadable + 1 elseif answer.holds then convinced = convinced + 1 end
end
print(("2. of %d changed letters %d convince, %d cannot even be read"):format(#letter, convinced, unreadable))
assert(convinced == 0)

-- 3. The sleeping assembly.
local function assembly(name, options, awake)
  local members = {}
  for i = 1, 5 do
    members[i] = name .. i
    book:open_account{ name = members[i] }
  end
  options.name, options.members, options.voting = name, members, 3600
  book:organisation(options)
  book:transfer{ from = "treasury", to = name, amount = 0 }
  book:open_account{ name = name .. " purse", amount = 100 }
  book:transfer{ from = name .. " purse", to = name, amount = 100 }
  local theft = book:propose{
    member = members[1], organisation = name, steps = { { action = "transfer", to = members[1], amount = 100 } },
  }
  book:vote_on{ member = members[1], proposal = theft }
  book:advance(3600)
  -- In the morning the others find the proposal; with a timelock there is time to move the money first.
  if awake then
    local rescue = book:propose{
      member = members[2], organisation = name,
      steps = { { action = "transfer", to = members[2], amount = 100 } },
    }
    for i = 2, 5 do book:vote_on{ member = members[i], proposal = rescue } end
    book:advance(3600 + (options.timelock or 0))
  end
  return pcall(book.execute, book, { member = members[1], proposal = theft }), book:balance(name), theft
end
local stolen, left = assembly("naive", { quorum = 0.2, timelock = 0 })
assert(stolen and left == "0")
local kept, _, theft = assembly("quorum", { quorum = 0.5, timelock = 0 })
assert(not kept and book:proposal(theft).stage == "no quorum")
local _, _, waiting = assembly("patient", { quorum = 0.2, timelock = 7 * 86400 })
assert(book:proposal(waiting).stage == "timelock")
print("3. one vote of five empties the chest at a quorum of 20 %; a quorum of 50 % or a timelock saves it")

-- 4. A shop that never closes.
local shop = book:deploy{
  by = "ann", name = "shop", arguments = { "0.25", 3 },
  source = [[
    function init(price, stock) storage.owner, storage.price, storage.stock = sender, amount(price), stock end
    function buy()
      assert(storage.stock > 0, "sold out")
      assert(value == storage.price, "the price is " .. tostring(storage.price))
      storage.stock = storage.stock - 1
      emit("sold", { to = sender })
      return "the answer"
    end
    function withdraw()
      assert(sender == storage.owner, "only the owner")
      transfer(sender, balance(self))
    end
  ]],
}
local function attempt(options)
  local ok, problem = pcall(shop.call, shop, options)
  return ok and "done" or problem.kind, shop:read("stock"), shop.balance
end
local buyer = book:balance("bob") > book:balance("cyd") and "bob" or "cyd"
print("4. too little:", attempt{ name = "buy", by = buyer, deposit = "0.1" })
assert(select(2, attempt{ name = "buy", by = buyer, deposit = "0.25" }) == 2)
print("   starved:", attempt{ name = "buy", by = buyer, deposit = "0.25", gas = 5500 })
print("   robbed:", attempt{ name = "withdraw", by = buyer })
for _ = 1, 2 do attempt{ name = "buy", by = buyer, deposit = "0.25" } end
print("   sold out:", attempt{ name = "buy", by = buyer, deposit = "0.25" })
assert(shop:read("stock") == 0 and shop.balance == "0.75")
assert(attempt{ name = "withdraw", by = "ann" } == "done" and shop.balance == "0")

-- 5. Royalties to the last unit.
local dao = book:dao{ name = "Aurora", members = { "m1", "m2", "m3" } }
local solo = book:dao{ name = "Solo", members = { "m4" } }
local function minted(maker, digit)
  local nft = maker:mint{ name = "net", model_hash = digit:rep(64), round = 1 }
  for _, name in ipairs(maker.members) do book:vote_on_transfer{ member = name, token = nft.token } end
  return nft.token
end
local first, second = minted(dao, "a"), minted(solo, "b")
book:set_royalty{ token = first, by = "Aurora", royalty = 0.07 }
book:open_account{ name = "dealer", amount = 20 }
book:open_account{ name = "collector", amount = 20 }
for _, sale in ipairs{ { "Aurora", first }, { "Solo", second } } do
  book:buy{ buyer = "dealer", listing = book:list{ seller = sale[1], tokens = { sale[2] }, price = 10 } }
end
book:buy{ buyer = "collector", listing = book:list{ seller = "dealer", tokens = { first, second }, price = 1 } }
local shares = {}
for _, name in ipairs(dao.members) do shares[#shares + 1] = select(2, units(book:balance(name))) end
print("5. royalties: " .. table.concat(shares, ", ") .. "; the dealer keeps " .. book:balance("dealer"))
-- Half of the price is the first model's; 7 % of it is 0.035. Three equal shares are 333334, 333333 and 333333 millionths.
assert(shares[1] == "011666690000000000" and shares[2] == "011666655000000000" and shares[3] == shares[2])
assert(book:balance("dealer") == "0.965" and book:balance("m4") == "0")
assert(book:verify().sound)

-- A double auction whose offers were sealed, cleared by the ledger's own McAfee rule inside a contract.
--
--   flnft run examples/contracts/auction-house.lua
local here = arg[0]:match("^(.*)/") or "."
local offline = dofile(here .. "/shared/offline.lua")

local book = ledger.create{}
book:open_account{ name = "house" }
local house = book:deploy{
  by = "house", name = "auction house", source = offline.source(here, "auction_house"),
  arguments = { "double", { rule = "mcafee" }, 600, 600 },
}
local offers = {
  { "ann", "bid", "9" }, { "bob", "bid", "7" }, { "cleo", "bid", "4" },
  { "dan", "ask", "2" }, { "eve", "ask", "5" }, { "fay", "ask", "6" },
}
for _, offer in ipairs(offers) do
  local who, side, price = table.unpack(offer)
  book:open_account{ name = who, amount = 20 }
  local hash = offline.digest(side .. "|" .. offline.address(who) .. "|" .. price .. "|" .. who .. "'s nonce")
  house:call{ name = "commit", by = who, deposit = 10, arguments = { side, hash } }
end
book:advance{ seconds = 600 }
for _, offer in ipairs(offers) do
  house:call{ name = "open", by = offer[1], arguments = { offer[3], offer[1] .. "'s nonce" } }
end
book:advance{ seconds = 600 }
local outcome = house:call{ name = "settle", by = "ann" }

-- Two pairs trade at the mean of the first bid and ask left out, 4 and 6.
for _, event in ipairs(outcome.events) do print(event.name, event.value.amount) end
assert(outcome.value.trades and outcome.value.surplus == "0")
for _, offer in ipairs(offers) do house:call{ name = "withdraw", by = offer[1] } end
local expected = { ann = 15, bob = 15, cleo = 20, dan = 25, eve = 25, fay = 20 }
for who, money in pairs(expected) do assert(tonumber(book:balance(who)) == money, who) end
print(offline.refusal(house, { name = "withdraw", by = "ann" }))
assert(house.balance == "0" and book:verify().sound)

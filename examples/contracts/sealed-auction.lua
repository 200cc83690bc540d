-- A second-price auction with sealed bids, run by nobody but the contract.
--
--   flnft run examples/contracts/sealed-auction.lua
local here = arg[0]:match("^(.*)/") or "."
local offline = dofile(here .. "/shared/offline.lua")

local book = ledger.create{}
book:open_account{ name = "seller" }
local auction_house = book:deploy{
  by = "seller", name = "auction house", source = offline.source(here, "sealed_auction"), arguments = { "10", 600, 600 },
}
local bids = { { "ann", "30" }, { "bob", "42.5" }, { "cleo", "20" }, { "dan", "50" } }
for _, bid in ipairs(bids) do
  local who, price = table.unpack(bid)
  book:open_account{ name = who, amount = 100 }
  local hash = offline.digest("bid|" .. offline.address(who) .. "|" .. price .. "|" .. who .. "'s nonce")
  auction_house:call{ name = "commit", by = who, deposit = 60, arguments = { hash } }
end

book:advance{ seconds = 600 }
-- Dan, who bid most, does not open: its deposit is lost.
for i = 1, 3 do
  local who, price = table.unpack(bids[i])
  auction_house:call{ name = "open", by = who, arguments = { price, who .. "'s nonce" } }
end
print(offline.refusal(auction_house, { name = "open", by = "dan", arguments = { "20", "dan's nonce" } }))
print(offline.refusal(auction_house, { name = "settle", by = "ann" }))

book:advance{ seconds = 600 }
local outcome = auction_house:call{ name = "settle", by = "ann" }
print("price: " .. outcome.value.price)
assert(outcome.value.winner == offline.address("bob") and outcome.value.price == "30")
assert(tonumber(book:balance("bob")) == 70 and tonumber(book:balance("dan")) == 40)
assert(tonumber(book:balance("seller")) == 90 and book:verify().sound)

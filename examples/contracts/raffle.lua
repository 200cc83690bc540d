-- A raffle whose draw nobody can steer: players commit to secrets with their tickets and open them later. Who keeps the
-- secret back, because the draw does not please, loses the ticket.
--
--   flnft run examples/contracts/raffle.lua
local here = arg[0]:match("^(.*)/") or "."
local offline = dofile(here .. "/shared/offline.lua")

local book = ledger.create{}
local players = { "ann", "bob", "cleo", "dan" }
book:open_account{ name = "host" }
for _, player in ipairs(players) do book:open_account{ name = player, amount = 100 } end

local raffle = book:deploy{
  by = "host", name = "raffle", source = offline.source(here, "raffle"), arguments = { "10", 3600, 3600 },
}
for i, player in ipairs(players) do
  local hash = offline.digest(offline.address(player) .. "|secret " .. i)
  raffle:call{ name = "buy", by = player, deposit = 10, arguments = { hash } }
end
print("in the pot: " .. raffle.balance)

print(offline.refusal(raffle, { name = "open", by = "ann", arguments = { "secret 1" } }))
book:advance{ seconds = 3600 }
print(offline.refusal(raffle, { name = "open", by = "ann", arguments = { "another secret" } }))
for i = 1, 3 do raffle:call{ name = "open", by = players[i], arguments = { "secret " .. i } } end

book:advance{ seconds = 3600 }
local winner = raffle:call{ name = "draw", by = "host" }.value
for i, player in ipairs(players) do
  local balance = book:balance(player)
  local won = offline.address(player) == winner
  assert(tonumber(balance) == (won and 130 or 90), "the pot goes to one of those who opened")
  assert(not won or i <= 3, "dan has not opened, and cannot win")
  print(player, balance)
end
assert(book:verify().sound)

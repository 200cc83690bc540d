-- veN3 and vesting: a founder's tokens come free by the day, and three stakers share a week's rewards by their locks.
--
--   flnft run examples/contracts/staking.lua
local here = arg[0]:match("^(.*)/") or "."
local offline = dofile(here .. "/shared/offline.lua")

local book = ledger.create{}
book:open_account{ name = "treasury of rewards", amount = 1000 }
for _, name in ipairs{ "founder", "plain", "year", "fortnight" } do book:open_account{ name = name, amount = 365 } end
local day = 86400

local vesting = book:deploy{
  by = "treasury of rewards", name = "founder's vesting", deposit = 400, source = offline.source(here, "vesting"),
  arguments = { offline.address("founder"), 7, 28 },
}
local staking = book:deploy{ by = "founder", name = "staking", source = offline.source(here, "vote_escrow") }

for _, name in ipairs{ "plain", "year", "fortnight" } do staking:call{ name = "stake", by = name, deposit = 365 } end
staking:call{ name = "lock", by = "year", arguments = { 2, 365 } }
staking:call{ name = "lock", by = "fortnight", arguments = { 3, 14 } }
print("votes of a year's lock: " .. staking:call{ name = "vote", by = "year", arguments = { 2 } }.value)
staking:call{ name = "fund", by = "treasury of rewards", deposit = 100 }
print(offline.refusal(vesting, { name = "draw", by = "founder" }))

book:advance{ seconds = 7 * day }
assert(vesting:call{ name = "draw", by = "founder" }.value == "100")
staking:call{ name = "settle_week", by = "plain" }
local plain = staking:call{ name = "claim", by = "plain", arguments = { 1 } }.value
local year = staking:call{ name = "claim", by = "year", arguments = { 2 } }.value
print("free at once: " .. plain .. " and " .. year)
-- The boost waits in escrow until the lock ends; base and premium are rounded down one after the other, so the two may
-- differ by a unit.
assert(math.abs(tonumber(plain) - tonumber(year)) < 1e-15)

-- Half of the lock is served: a quarter of its escrow is kept.
local early = staking:call{ name = "unstake", by = "fortnight", arguments = { 3 } }
print("leaves early with " .. early.value)
book:advance{ seconds = 358 * day }
print("leaves in time with " .. staking:call{ name = "unstake", by = "year", arguments = { 2 } }.value)
assert(tonumber(book:balance("year")) > tonumber(book:balance("fortnight")))
assert(book:verify().sound)

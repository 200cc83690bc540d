-- Access to a model by the day: paid in advance, refunded for the days that were not used.
--
--   flnft run examples/contracts/subscription.lua
local here = arg[0]:match("^(.*)/") or "."
local offline = dofile(here .. "/shared/offline.lua")

local book = ledger.create{}
book:open_account{ name = "provider" }
book:open_account{ name = "reader", amount = 100 }
local access = book:deploy{
  by = "provider", name = "model access", source = offline.source(here, "subscription"), arguments = { "2.5" },
}
local reader = offline.address("reader")
local function has_access()
  return access:call{ name = "has_access", by = "provider", arguments = { reader } }.value
end

assert(not has_access())
print(offline.refusal(access, { name = "subscribe", by = "reader", deposit = 1 }))
access:call{ name = "subscribe", by = "reader", deposit = 25 }
assert(has_access())
book:advance{ seconds = 3.5 * 86400 }
print(offline.refusal(access, { name = "collect", by = "reader" }))

-- Four days have begun.
local refund = access:call{ name = "cancel", by = "reader" }
print("refunded: " .. refund.value, "gas: " .. refund.gas)
assert(refund.value == "15" and not has_access())
assert(access:call{ name = "collect", by = "provider" }.value == "10")
assert(tonumber(book:balance("provider")) == 10 and tonumber(access.balance) == 0)
assert(book:verify().sound)

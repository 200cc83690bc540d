-- A jar for tips that the members of a federation share by their contributions, to the last unit.
--
--   flnft run examples/contracts/tip-jar.lua
local here = arg[0]:match("^(.*)/") or "."
local offline = dofile(here .. "/shared/offline.lua")

local book = ledger.create{}
book:open_account{ name = "reader", amount = 10 }
local contributions = { ["MSP 1"] = 5, ["MSP 2"] = 3, ["MSP 3"] = 1 }
local weights = {}
for member, weight in pairs(contributions) do
  book:open_account{ name = member }
  weights[offline.address(member)] = weight
end

local jar = book:deploy{
  by = "MSP 1", name = "jar", source = offline.source(here, "tip_jar"), arguments = { weights },
}
jar:call{ name = "tip", by = "reader", deposit = "1", arguments = { "it reads my handwriting" } }
print(offline.refusal(jar, { name = "share", by = "reader" }))
jar:call{ name = "share", by = "MSP 3" }

for _, member in ipairs{ "MSP 1", "MSP 2", "MSP 3" } do print(member, book:balance(member)) end
-- 5/9, 3/9 and 1/9 of a token; the unit that is left over goes to the largest remainder.
assert(book:balance("MSP 1") == "0.555555555555555556" and book:balance("MSP 3") == "0.111111111111111111")
assert(tonumber(jar.balance) == 0 and book:verify().sound)

-- A round of HCFL's crowdfunding: three owners want a model, two base stations train it; claims are sealed, the choice is
-- the one of largest net value, and who changes it pays the Clarke tax.
--
--   flnft run examples/contracts/crowdfunding.lua
local here = arg[0]:match("^(.*)/") or "."
local offline = dofile(here .. "/shared/offline.lua")

local book = ledger.create{}
-- What the two proposed models are worth to the owners, and cost the stations.
local claims = {
  { "owner 1", "owner", { "60", "0" } }, { "owner 2", "owner", { "0", "30" } }, { "owner 3", "owner", { "5", "25" } },
  { "station 1", "station", { "10", "5" } }, { "station 2", "station", { "10", "5" } },
}
for _, each in ipairs(claims) do book:open_account{ name = each[1], amount = 1000 } end

local round = book:deploy{
  by = "owner 1", name = "round 1", source = offline.source(here, "crowdfunding"),
  arguments = { {
    bond = "10", noreveal_fee = "4", slope = 2, min_owners = 2, min_stations = 1,
    deadlines = { propose = 100, commit = 200, reveal = 300, deliver = 400, train = 500, assess = 600 },
  } },
}
local function call(who, name, arguments, deposit)
  return round:call{ name = name, by = who, arguments = arguments or {}, deposit = deposit or 0 }.value
end

for _, each in ipairs(claims) do call(each[1], "register", { each[2] }, 200) end
call("owner 1", "propose", { 900000, "30", "30" })
call("owner 2", "propose", { 800000, "20", "20" })
book:advance{ seconds = 100 }
for _, each in ipairs(claims) do
  local text = table.concat({ "HCFL-CLAIM", round.address, offline.address(each[1]), "salt", table.concat(each[3], ",") }, "|")
  call(each[1], "commit", { offline.digest(text) })
end
print(offline.refusal(round, { name = "reveal", by = "owner 1", arguments = { "salt", { "60", "0" } } }))
book:advance{ seconds = 100 }
for _, each in ipairs(claims) do call(each[1], "reveal", { "salt", each[3] }) end
book:advance{ seconds = 100 }

local status = call("owner 1", "status")
print("state: " .. status.state)
assert(status.state == "DELIVER" and status.winner == offline.address("owner 1"))
for _, each in ipairs(claims) do print(each[1], "tax " .. status.taxes[offline.address(each[1])]) end

call("owner 1", "deliver", { "digest of the model" })
book:advance{ seconds = 100 }
for _, station in ipairs{ "station 1", "station 2" } do call(station, "update", { "digest of the gradient" }) end
-- The owner promised 90 % and measured 91 %: no vote can punish it.
call("owner 1", "report", { 910000 })
call("owner 2", "vote", { true })
call("owner 3", "vote", { true })
book:advance{ seconds = 300 }
status = call("owner 1", "status")
assert(status.state == "SETTLED")

local paid = 0
for _, each in ipairs(claims) do
  local amount = call(each[1], "withdraw")
  print(each[1], "takes out " .. amount)
  paid = paid + tonumber(amount)
end
-- What is left is the pool of taxes.
assert(math.abs(paid + tonumber(round.balance) - 1000) < 1e-9 and book:verify().sound)

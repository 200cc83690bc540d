-- HCFL from end to end, with real training. Owners propose models and promise an accuracy; owners and base stations
-- commit to what each model is worth to them or costs them, and show it; the joint Clarke tax decides what is trained
-- and who is taxed; the stations' clients train it in one federation; the accuracy is measured; owners punish a promise
-- that was not kept; everybody is paid. Each station then shares its reward among its clients by Shapley values, every
-- coalition of them being trained.
--
-- Four rounds: one that goes well, one whose promise was too high, one whose winner does not deliver, and one in which a
-- station is missing. Amounts are whole numbers of the smallest unit, and not one of them is lost.
local here = arg[0]:match("^(.*)/") or "."
local common = dofile(here .. "/shared/common.lua")

local stations = { "North", "South" }
local clients_per_station = 2
local clients = #stations * clients_per_station
local digits = data.digits{ train = common.sized(400, 4000), test = common.sized(200, 1000) }
local rounds, iterations = common.sized(6, 30), 10

-- What everybody truly thinks of the two models: worth to owners, cost to stations.
local values = { Ada = { 900, 400 }, Ben = { 500, 600 }, Cleo = { 400, 300 } }
local costs = { North = { 300, 350 }, South = { 250, 300 } }
local owners = { "Ada", "Ben", "Cleo" }
local networks = { fl.mlp{ 784, 32, 10 }, fl.mlp{ 784, 16, 10 } }

--- The accuracy of a model, in parts per million, that some of the clients train.
local function trained(model, takes_part)
  local fed = fl.federation{
    data = digits, clients = clients, model = networks[model], batch = 20, learning_rate = 0.1, seed = 11,
  }
  local work, anybody = {}, false
  for client = 1, clients do
    work[client] = takes_part(client) and iterations or 0
    anybody = anybody or work[client] > 0
  end
  if not anybody then return math.floor(1e6 * fed:evaluate().accuracy + 0.5) end
  return math.floor(1e6 * fed:train{ rounds = rounds, iterations = work }.accuracy[rounds] + 0.5)
end

local function station_of(client) return stations[(client - 1) // clients_per_station + 1] end

--- What a station's clients get of its reward, by exact Shapley values of what their coalitions train.
local function client_shares(model, station, reward)
  local own = {}
  for client = 1, clients do
    if station_of(client) == station then own[#own + 1] = client end
  end
  local worth = {}
  for coalition = 0, 2 ^ #own - 1 do
    worth[coalition + 1] = trained(model, function(client)
      for place, member in ipairs(own) do
        if member == client then return coalition >> (place - 1) & 1 == 1 end
      end
      return false
    end)
  end
  return auction.client_rewards{ reward = reward, rule = "shapley", values = worth }
end

--- Plays a round; `story` says what goes wrong in it.
local function play(story)
  local deposit = { owner = 3000, station = 1500 }
  local round = ledger.crowdfunding{
    name = story.name, owner_bond = 200, station_bond = 100, silence_fee = 600,
    -- Drawn when the claims are sealed; nobody can claim with a view to it.
    beacon_numerator = math.random(0, 999), beacon_denominator = 1000,
  }
  local paid_in = 0
  for _, owner in ipairs(owners) do
    round:register{ who = owner, side = "owner", deposit = deposit.owner, time = 1 }
    paid_in = paid_in + deposit.owner
  end
  for _, station in ipairs(stations) do
    round:register{ who = station, side = "station", deposit = deposit.station, time = 1 }
    paid_in = paid_in + deposit.station
  end
  round:propose{ who = "Ada", accuracy_ppm = story.promise, low = 600, high = 1200, time = 2 }
  round:propose{ who = "Ben", accuracy_ppm = story.promise, low = 500, high = 1000, time = 2 }

  -- Everybody tells the truth, which is the best that anybody can do.
  local claims = {}
  for who, list in pairs(values) do claims[who] = list end
  for who, list in pairs(costs) do claims[who] = list end
  for who, list in pairs(claims) do
    local digest = ledger.claim_digest{ round = story.name, who = who, salt = "salt of " .. who, claims = list }
    round:commit{ who = who, digest = digest, time = 12 }
  end
  for who, list in pairs(claims) do round:reveal{ who = who, salt = "salt of " .. who, claims = list, time = 22 } end
  round:advance{ time = 30 }

  local measured
  if not story.no_delivery then
    round:deliver{ who = round.winner, time = 31 }
    for _, station in ipairs(stations) do
      if station ~= story.missing then round:update{ who = station, time = 41 } end
    end
    round:advance{ time = 50 }
    measured = trained(round.selected, function(client) return station_of(client) ~= story.missing end)
    round:report{ who = round.winner, accuracy_ppm = measured, time = 51 }
    for _, owner in ipairs(owners) do
      if owner ~= round.winner then round:vote{ who = owner, punish = measured < story.promise, time = 52 } end
    end
  end
  round:advance{ time = 60 }

  print(("\n%s: %s"):format(story.name, story.words))
  print(round:participants())
  print(("  model of %s for %d in all; promised %.1f %%, measured %s; pool %d"):format(
    round.winner, round.total_payment, story.promise / 1e4,
    measured and ("%.1f %%"):format(measured / 1e4) or "nothing", round.pool))

  local divided = {}
  if round.stage == "SETTLED" then
    for _, station in ipairs(stations) do
      if station ~= story.missing then
        local parts = client_shares(round.selected, station, round.shares[station])
        divided[station] = parts
        print(("  clients of %s share %d: %s"):format(station, round.shares[station], table.concat(parts, ", ")))
      end
    end
  end

  local left = round.pool
  for _, balance in pairs(round.balances) do left = left + balance end
  for who, balance in pairs(round.balances) do
    if balance > 0 then round:withdraw{ who = who, time = 61 } end
  end
  local withdrawn = 0
  for _, amount in pairs(round.withdrawn) do withdrawn = withdrawn + amount end
  common.check(story.name .. ": nothing is lost, before and after everybody withdrew",
    left == paid_in and withdrawn + round.pool == paid_in)
  return round, measured, divided
end

seed(1)
local good, measured, divided = play{ name = "success", words = "the promise is kept", promise = 300000 }
common.check("the round is settled and nobody punished", good.stage == "SETTLED" and not good.punished)
common.check("the model of the largest margin is trained", good.winner == "Ada")
common.check("the federation learned: the promise is kept", measured >= 300000)
for station, parts in pairs(divided) do
  local sum = 0
  for _, part in ipairs(parts) do sum = sum + part end
  common.check("the clients of " .. station .. " share its whole reward", sum == good.shares[station])
end

local proud, reached = play{ name = "broken promise", words = "more is promised than can be measured", promise = 999999 }
common.check("the winner pays for the shortfall, in proportion and rounded up", proud.punished
  and proud.penalty == math.ceil(200 * (999999 - reached) / 999999))

local absent = play{ name = "no delivery", words = "the winner does not deliver", promise = 300000, no_delivery = true }
common.check("the winner's bond goes to the stations, and all else back", absent.stage == "FAILED_DELIVERY"
  and absent.withdrawn.Ada == 2800 and absent.withdrawn.North == 1600 and absent.withdrawn.South == 1600)

local lame = play{ name = "missing station", words = "South does not train", promise = 300000, missing = "South" }
common.check("the round is settled without the missing station, which loses its bond", lame.stage == "SETTLED"
  and lame.withdrawn.South <= 1400)
common.verdict("reproduced",
  "the protocol runs whole, with every way to fail, and not one unit is lost")

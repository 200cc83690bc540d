-- From the bids that past auctions revealed to the next bid: history, hidden Markov models, the law of what the
-- competitors will bid in all, and the bid that is best against this law.
--
--   scripts/run examples/predict-bids.lua [AUCTIONS]
--
-- AUCTIONS is how many bids are foretold and placed, after three hundred from which is learned.
local learned, foretold = 300, tonumber(arg[1]) or 40
local competitors = { "MSP 1", "MSP 2" }

-- 1. A market with a past -------------------------------------------------------------------------------------------
-- Each competitor is careful for some auctions, then eager for some. Nobody sees its mood, only its bids.
print("1. Auctions on a ledger")
local mood = predict.hmm{
  initial = { 0.5, 0.5 }, transition = { { 0.95, 0.05 }, { 0.08, 0.92 } },
  emission = { { 0.5, 0.4, 0.05, 0.05 }, { 0.05, 0.05, 0.4, 0.5 } },
}
local meant = { 25, 45, 80, 120 }
local intentions = {}
for j in ipairs(competitors) do
  intentions[j] = mood:sample{ length = learned + foretold, seed = j }.symbols
end

local book = ledger.create{}
local dao = book:dao{ name = "Aurora", members = { "member 1", "member 2" } }
local model = dao:mint{ name = "strokes", model_hash = ("5e"):rep(32), round = 20 }
for _, name in ipairs(competitors) do book:open_account{ name = name, amount = 100000 } end

local function auction(t)
  local sale = book:auction{ name = "auction " .. t, duration = 60 }
  sale:ask{ seller = "Aurora", price = 10, token = model.token }
  for j, name in ipairs(competitors) do
    local bid = meant[intentions[j][t]] + 8 * (math.random() - 0.5)
    sale:bid{ bidder = name, quality = bid }
  end
  sale:close()
  sale:open_bids()
  sale:clear{ rule = "shared_cost", reserve = 20 }
  sale:settle()
end
for t = 1, learned do auction(t) end
print(("%d auctions, %d bids opened, %d blocks"):format(learned, #book:bids().bids, #book))

-- 2. Do hidden states help? -----------------------------------------------------------------------------------------
print("\n2. One step ahead, on bids that nobody learned from")
for _, name in ipairs(competitors) do
  local history = book:bids{ bidder = name }.bids
  print(name .. ", " .. predict.compare{ history = history, levels = 4, held_out = 0.4 }:summary())
end

-- 3. Learning -------------------------------------------------------------------------------------------------------
print("\n3. Models of the competitors")
local function learn(name)
  local bids = book:bids{ bidder = name }.bids
  local edges = predict.level_edges{ bids = bids, levels = 4 }
  local symbols = predict.bid_levels{ bids = bids, edges = edges }
  local chosen = predict.hmm_select{
    sequences = symbols, symbols = #edges + 1, states = { 1, 2, 3 }, smoothing = 0.5 }
  return { hmm = chosen.model, edges = edges, bids = predict.level_bids{ bids = bids, edges = edges } }
end
local models = {}
for j, name in ipairs(competitors) do
  models[j] = learn(name)
  print(name .. ": " .. tostring(models[j].hmm))
end

-- The law of the total of the competitors' next bids.
local function foretell()
  local bids, probabilities = {}, {}
  for j, name in ipairs(competitors) do
    local past = predict.bid_levels{ bids = book:bids{ bidder = name }.bids, edges = models[j].edges }
    local next = models[j].hmm:next{ after = past, symbol_bids = models[j].bids }
    bids[j], probabilities[j] = next.bids, next.probabilities
  end
  return predict.total_bids{ bids = bids, probabilities = probabilities }
end
print(foretell())

-- 4. Bidding --------------------------------------------------------------------------------------------------------
-- The same law without the models: how often each level came, whatever came last.
local function frequencies()
  local bids, probabilities = {}, {}
  for j, name in ipairs(competitors) do
    local past = book:bids{ bidder = name }.bids
    local counts = {}
    for level in ipairs(models[j].bids) do counts[level] = 0 end
    for _, level in ipairs(predict.bid_levels{ bids = past, edges = models[j].edges }) do
      counts[level] = counts[level] + 1 / #past
    end
    bids[j], probabilities[j] = models[j].bids, counts
  end
  return predict.total_bids{ bids = bids, probabilities = probabilities }
end

print(("\n4. %d more auctions, a bid for each"):format(foretold))
local value, load = 100, 0.5
local function utility(bid, total)
  return game.bid_objective{ bids = bid, competitors = total, load = load, value = value }[1]
end
local ways = { "the hmm's law", "frequencies", "the true total" }
local earned = {}
for _, way in ipairs(ways) do earned[way] = 0 end
local expected, came = {}, {}
for t = learned + 1, learned + foretold do
  local law, past = foretell(), frequencies()
  auction(t)
  local total = 0
  for _, name in ipairs(competitors) do
    local bids = book:bids{ bidder = name }.bids
    total = total + bids[#bids]
  end
  local bids = {
    game.bayesian_bid{ competitors = law.bids, probabilities = law.probabilities, load = load, value = value },
    game.bayesian_bid{ competitors = past.bids, probabilities = past.probabilities, load = load, value = value },
    game.best_bid{ competitors = total, load = load, value = value }[1],
  }
  for i, way in ipairs(ways) do earned[way] = earned[way] + utility(bids[i], total) / foretold end
  expected[#expected + 1], came[#came + 1] = law.expected_bid, total
end
print(plot.line{
  y = { foretold = expected, came = came }, title = "what the competitors bid in all", x_label = "auction" })
for _, way in ipairs(ways) do print(("  bidding by %-15s earns %7.3f an auction"):format(way, earned[way])) end

-- Whoever knows the total cannot be beaten; and the ledger has kept everything.
for _, way in ipairs(ways) do assert(earned[way] <= earned["the true total"] + 1e-9) end
assert(book:verify().sound)

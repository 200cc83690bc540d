-- The lower level of the two-level market (TBCIM): an edge server names a price, devices answer with resources.
--
--   flnft run examples/games/edge-server.lua

-- Six devices. Their labels are mixtures with one main class; what the task wants is every class as often.
local sizes = { 1100, 900, 1400, 700, 1200, 1000 }
local main_shares = { 0.15, 0.3, 0.45, 0.6, 0.25, 0.9 }
local emds = {}
for i, share in ipairs(main_shares) do emds[i] = fl.mixture_distribution{ main = i, main_share = share }.emd end

-- Algorithm 2, as its text wants it: those no farther from the task than the mean.
local kept = fl.select_by_emd{ emds = emds }
print(("mean EMD %.3f; eligible: %s"):format(kept.mean, table.concat(kept.selected, ", ")))

local function market(options)
  local workers = {
    sizes = sizes, emds = emds, sample_cost = 1.8e-7, computation_price = { 7e-10, 9e-10, 6e-10, 8e-10, 7e-10, 5e-10 },
    power = 1, rate = 1000, energy_price = 0.0019,
  }
  for name, value in pairs(options) do workers[name] = value end
  return game.edge_market(workers)
end

-- As printed the best price is 0: everybody works, and everybody loses.
local printed = market{ rule = "literal" }
print(printed)
assert(printed.price == 0 and math.max(table.unpack(printed.profit)) < 0 and printed.max_regret > 0)

-- With their consent, and the server's right to decline.
local solved = market{}
print(solved)
assert(solved.max_regret < 1e-9 * solved.utility and solved.revenue > 0)
for _, profit in ipairs(solved.profit) do assert(profit > -1e-15) end

-- The dearer the gas, the fewer devices are worth their transactions.
local prices, counts = { 0.005, 0.01, 0.015, 0.02, 0.025 }, {}
for i, gas_price in ipairs(prices) do
  counts[i] = #market{ gas_per_worker = game.gas_cost{ gas_price = gas_price } }.selected
end
print("gas price  devices")
for i, gas_price in ipairs(prices) do
  print(("%9g  %7d"):format(gas_price, counts[i]))
  assert(i == 1 or counts[i] <= counts[i - 1])
end

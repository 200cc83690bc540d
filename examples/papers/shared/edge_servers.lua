-- Random edge servers with their devices, as the specification of TBCIM's experiments draws them, and the auctions
-- between them and the task's buyer.
local servers = {}

local function uniform(low, high) return low + (high - low) * math.random() end

--- Columns of a server's devices: 3 to 10 of them.
function servers.draw()
  local server = { sizes = {}, emds = {}, sample_cost = {}, computation_price = {}, energy_price = {} }
  for device = 1, math.random(3, 10) do
    server.sizes[device] = math.random(500, 3000)
    server.emds[device] = uniform(0.2, 1.6)
    server.sample_cost[device] = uniform(1e-7, 3e-7)
    server.computation_price[device] = uniform(0.5e-9, 1.5e-9)
    server.energy_price[device] = uniform(1e-3, 4e-3)
  end
  server.model_size, server.power, server.rate = 0.5, 1, 1e3
  return server
end

function servers.market(count)
  local market = {}
  for s = 1, count do market[s] = servers.draw() end
  return market
end

local function chosen(server, members)
  local part = { model_size = server.model_size, power = server.power, rate = server.rate }
  for _, column in ipairs{ "sizes", "emds", "sample_cost", "computation_price", "energy_price" } do
    part[column] = {}
    for i, member in ipairs(members) do part[column][i] = server[column][member] end
  end
  return part
end

--- What each server offers at a price of gas: its devices at its best price, what they cost it, and their data.
function servers.offers(market, gas_price, block_reward)
  local gas = game.gas_cost{ gas_price = gas_price, workers = 1 }
  local offers = { bids = {}, sizes = {}, emds = {}, devices = {}, revenues = {} }
  for s, server in ipairs(market) do
    local members = {}
    for i = 1, #server.sizes do members[i] = i end
    local all = chosen(server, members)
    all.gas_per_worker, all.rule, all.empty = gas, "subset", "zero"
    local leader = game.leader_price(all)
    local part = chosen(server, leader.selected)
    local size, distance, cost = 0, 0, 0
    if #leader.selected > 0 then
      part.gas_per_worker, part.price = gas, leader.price
      local revenue = game.edge_revenue(part)
      cost = revenue.fees + revenue.gas
    end
    for i = 1, #leader.selected do
      size, distance = size + part.sizes[i], distance + part.emds[i] / #leader.selected
    end
    offers.bids[s], offers.sizes[s], offers.emds[s] = cost, size, distance
    offers.devices[s], offers.revenues[s] = part.emds, leader.revenue
  end
  return offers
end

--- Buys the best set of offers by VCG; servers without devices have nothing to sell.
function servers.buy(offers)
  local there = { bids = {}, sizes = {}, emds = {} }
  local places = {}
  for s, size in ipairs(offers.sizes) do
    if size > 0 then
      places[#places + 1] = s
      for name, list in pairs(there) do list[#places] = offers[name][s] end
    end
  end
  if #places == 0 then return { welfare = game.data_utility{ sizes = {}, emds = {} }.value, winners = {}, profit = 0, emds = {}, samples = 0 } end
  local bought = auction.procurement(there)
  local outcome = { welfare = bought.welfare, winners = {}, profit = 0, emds = {}, samples = 0 }
  for i, w in ipairs(bought.winners) do
    outcome.winners[i] = places[w]
    outcome.profit = outcome.profit + bought.payments[w] - there.bids[w]
    outcome.samples = outcome.samples + there.sizes[w]
    for _, emd in ipairs(offers.devices[places[w]]) do outcome.emds[#outcome.emds + 1] = emd end
  end
  return outcome
end

function servers.mean(list)
  local sum = 0
  for _, value in ipairs(list) do sum = sum + value end
  return #list > 0 and sum / #list or 0
end

--- The markets in which learned auctions are compared: sizes and EMDs of 3, 5 and 10 servers.
servers.fixed = {
  { sizes = { 20000, 15000, 10000 }, emds = { 0.8, 0.5, 0.3 }, iterations = 1200, penalty_growth = 2 },
  { sizes = { 14000, 12000, 10000, 8000, 16000 }, emds = { 0.6, 0.4, 0.3, 0.2, 1.0 }, iterations = 1500,
    penalty_growth = 2 },
  { sizes = { 14000, 12000, 10000, 8000, 16000, 9000, 11000, 7000, 13000, 15000 },
    emds = { 0.6, 0.4, 0.3, 0.2, 1.0, 0.5, 0.9, 0.1, 0.7, 0.8 }, iterations = 2500, penalty_growth = 0.5 },
}

return servers

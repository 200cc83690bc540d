-- The lower level of the two-level market. Its specification writes a worker as a record and counts from 0; here
-- workers are columns, and counted from 1.
local translation = require("adapters.translation")
local renaming, fromZero, with, constants, exponents = translation.two_level, translation.from_zero, translation.with, translation.quality_constants, translation.quality_exponents

local names = {
  d = "sizes", theta = "emds", kappa = "emd_weight", gamma = "sample_cost", beta = "computation_price",
  M = "model_size", deltaL = "local_iterations", deltaG = "rounds", P = "power", R = "rate", phi = "energy_price",
}
local rules = { fixedSet = "fixed_set" }

-- Workers as columns.
local function columns(workers)
  local options = {}
  for ours, name in pairs(names) do
    options[name] = {}
    for i, worker in ipairs(workers) do options[name][i] = worker[ours] end
  end
  return options
end

-- One worker, or what of it a function needs.
local function worker(record)
  local options = {}
  for ours, name in pairs(names) do options[name] = record[ours] end
  return options
end

local function quality(params)
  local options = {}
  for ours, name in pairs(constants) do options[name] = params[ours] end
  return options
end

local adapters = {
  alpha = function(x)
    return { value = game.quality_exponent{ emd = x.theta, emd_offset = x.a3, emd_scale = x.a4 } }
  end,
  quality = function(x)
    local options = quality(x.params)
    options.quality_value = nil
    return { value = game.data_quality(with(options, {
      samples = x.D, emd = x.theta, variant = exponents[x.exponent] or x.exponent, floor = x.floor,
    })) }
  end,
  dataUtility = function(x)
    local utility = game.data_utility(with(quality(x.params), {
      sizes = x.sizes, emds = x.emds, variant = exponents[x.exponent] or x.exponent, floor = x.floor, empty = x.empty,
    }))
    return { D = utility.samples, thetaBar = utility.mean_emd, quality = utility.quality, value = utility.value }
  end,
  workerCosts = function(x)
    local costs = game.worker_costs(with(worker(x), { resource = x.C }))
    return { data = costs.data[1], compute = costs.computation[1], comm = costs.communication[1] }
  end,
  gasCost = function(x)
    return { value = game.gas_cost{ gas_value = x.a6, gas_used = x.ge, gas_price = x.pg, workers = x.workers } }
  end,
  followerResponse = function(x)
    return { C = game.follower_response(with(worker(x), { price = x.pt, max_resource = x.cMax }))[1] }
  end,
  workerProfit = function(x)
    local done = game.worker_profit(with(worker(x.worker), { price = x.pt, resource = x.C, max_resource = x.cMax }))
    return {
      C = done.resource[1], fee = done.fee[1], data = done.data[1], compute = done.computation[1],
      comm = done.communication[1], profit = done.profit[1],
    }
  end,
  participationPrice = function(x)
    return { price = game.participation_price(with(worker(x.worker), { max_resource = x.cMax }))[1] }
  end,
  esRevenue = function(x)
    return game.edge_revenue(with(with(columns(x.workers), quality(x.params)), {
      price = x.pt, gas_per_worker = x.gasPerWorker, resource_value = x.resourceValue, payment = x.payment,
    }))
  end,
  leaderPrice = function(x)
    local leader = game.leader_price(with(with(columns(x.workers), quality(x.params)), {
      gas_per_worker = x.gasPerWorker, rule = rules[x.variant] or x.variant, resource_value = x.resourceValue,
      empty = x.empty,
    }))
    leader.selected = fromZero(leader.selected)
    return leader
  end,
}

for name, adapter in pairs(adapters) do adapters[name] = renaming(adapter) end
return adapters

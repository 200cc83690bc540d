-- The upper level of the two-level market. Its specification counts from 0, and writes networks with W and b.
local translation = require("adapters.translation")
local renaming, fromZero, with, constants, exponents = translation.two_level, translation.from_zero, translation.with, translation.quality_constants, translation.quality_exponents

-- Who sells, from a record with sizes, emds, params and options.
local function sellers(x)
  local options = { sizes = x.sizes, emds = x.emds }
  for ours, name in pairs(constants) do options[name] = x.params[ours] end
  if x.options then
    options.variant = exponents[x.options.exponent] or x.options.exponent
    options.floor, options.empty = x.options.floor, x.options.empty
  end
  return options
end

local function bidders(x) return with(sellers(x), { bids = x.bids }) end

local function choice(found) return { winners = fromZero(found.winners), welfare = found.welfare } end

local function layers(network)
  local ours = {}
  for i, layer in ipairs(network) do ours[i] = { weights = layer.W, biases = layer.b } end
  return ours
end

local function theirs(network)
  local layers = {}
  for i, layer in ipairs(network) do layers[i] = { W = layer.weights, b = layer.biases } end
  return layers
end

local heads = { softmaxDummy = "softmax_dummy" }
local penalties = { squareOfSum = "square_of_sum", sumOfSquares = "sum_of_squares" }
local variants = { paperRedraw = "paper_redraw", paperWeighted = "paper_weighted" }

local function auction_of(x, objective)
  local spec = x.spec
  return auction.reverse_network(with(sellers(spec), {
    allocation_layers = layers(x.alloc), payment_layers = layers(x.pay), head = heads[spec.head] or spec.head,
    payment = spec.payment, utility = spec.utility, lowest_bid = spec.bidLow, highest_bid = spec.bidHigh,
    markup = spec.markup, value_scale = spec.valueScale, input_shift = spec.inputShift, input_scale = spec.inputScale,
    objective = objective,
  }))
end

local adapters = {
  optimalSubset = function(x) return choice(auction.optimal_subset(bidders(x))) end,
  greedySubset = function(x) return choice(auction.greedy_subset(bidders(x))) end,
  lowestBids = function(x) return choice(auction.lowest_bids(with(bidders(x), { count = x.count }))) end,
  vcgPayments = function(x)
    local bought = auction.procurement(with(bidders(x), { reserve = x.reserve }))
    return {
      winners = fromZero(bought.winners), welfare = bought.welfare, utility = bought.utility,
      payments = bought.payments, buyerSurplus = bought.buyer_surplus,
    }
  end,
  myersonProcurement = function(x)
    local bought = auction.procurement(with(bidders(x), { rule = "myerson", lowest_cost = x.low, highest_cost = x.high }))
    return {
      winners = fromZero(bought.winners), virtualCosts = bought.virtual_costs, virtualSurplus = bought.virtual_surplus,
      payments = bought.payments, buyerSurplus = bought.buyer_surplus, socialWelfare = bought.welfare,
    }
  end,
  utilityOfAllocation = function(x)
    return auction.allocation_utility(with(sellers(x), { chances = x.z, mode = x.mode }))
  end,
  ranetForward = function(x)
    local done = auction_of(x):run(x.bids)
    return {
      allocation = done.allocation, scores = done.scores, payments = done.payments, dataUtility = done.data_utility,
      welfare = done.surplus, bidderUtility = done.bidder_utility,
    }
  end,
  ranetRegret = function(x)
    return auction_of(x):regret{ bids = x.bids, misreports = x.misreports, kind = x.kind, clamp = x.clamp }
  end,
  ranetLoss = function(x)
    local loss = auction_of(x, x.objective):loss{
      bids = x.bids, misreports = x.misreports, multipliers = x.lambda, penalty_weight = x.rho, kind = x.kind,
      penalty = penalties[x.penalty] or x.penalty, clamp = x.clamp,
    }
    return {
      loss = loss.loss, base = loss.base, regret = loss.regret, welfare = loss.surplus,
      gradAlloc = theirs(loss.allocation_gradient), gradPay = theirs(loss.payment_gradient),
    }
  end,
  ranetMisreports = function(x)
    return { misreports = auction_of(x):climb{
      bids = x.bids, misreports = x.misreports, steps = x.steps, rate = x.gamma, kind = x.kind,
    } }
  end,
  ranetGridRegret = function(x)
    return { regret = auction_of(x):grid_regret{ bids = x.bids, points = x.points, kind = x.kind } }
  end,
  lambdaUpdate = function(x)
    return { lambda = auction.multipliers{
      multipliers = x.lambda, penalty_weight = x.rho, regret = x.regret, iteration = x.iteration, period = x.Q,
    } }
  end,
  adamSteps = function(x)
    return { weights = auction.adam{
      weights = x.weights, gradients = x.gradients, learning_rate = x.lr, mean_decay = x.beta1,
      square_decay = x.beta2, epsilon = x.eps,
    } }
  end,
  posProbabilities = function(x)
    return auction.producer_chances{ revenues = x.revenues, variant = variants[x.variant] or x.variant }
  end,
  posSelect = function(x)
    local winner = auction.producer{ revenues = x.revenues, threshold = x.r, pick = x.u }
    return { winner = winner and winner - 1 or -1 }
  end,
}

for name, adapter in pairs(adapters) do adapters[name] = renaming(adapter) end
return adapters

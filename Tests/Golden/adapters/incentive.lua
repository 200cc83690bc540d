-- The incentive game of FL-NFT and PMS-AM.
local mode = { per_msp = "per_provider" }

local function parameters(p)
  return {
    quality_scale = p.mu0, loss_offset = p.mu1, quality_attention = p.eQ, freshness_attention = p.eF,
    reference_age = p.T_ref, energy_weight = p.alpha, privacy_weight = p.beta, capacitance = p.zeta,
    cycles_per_sample = p.z, batch = p.s, memory_ratio = p.xi, memory = p.theta_mem, concavity = p.sigma,
    max_iterations = p.k_max, min_privacy_budget = p.eps_min, max_privacy_budget = p.eps_max,
  }
end

return {
  unit_computation_cost = function(x)
    return game.unit_computation_cost{
      energy_weight = x.alpha, capacitance = x.zeta, cycles_per_sample = x.z, batch = x.s, frequency = x.f,
      memory_ratio = x.xi, memory = x.theta_mem,
    }
  end,
  unit_privacy_cost = function(x)
    return game.unit_privacy_cost{ privacy_weight = x.beta, gradient_norm = x.grad_norm }
  end,
  total_cost = function(x)
    return game.total_cost{ computation_cost = x.Cc, iterations = x.k, privacy_cost = x.Cp, privacy_budget = x.eps }
  end,
  quality_contribution = function(x)
    return game.quality_contribution{ scale = x.mu0, loss_offset = x.mu1, sizes = x.sizes, losses = x.H }
  end,
  normalised_quality = function(x)
    return game.normalised_quality{ loss_offset = x.mu1, sizes = x.sizes, losses = x.H }
  end,
  training_time = function(x)
    return game.training_time{
      losses = x.H, sizes = x.D, frequency = x.f, cycles_per_sample = x.z, variant = x.variant,
    }
  end,
  upload_time = function(x) return game.upload_time{ bits = x.bits, bandwidth = x.bandwidth, sinr = x.sinr } end,
  freshness_contribution = function(x)
    return game.freshness_contribution{ ages = x.T, reference_age = x.T_ref, variant = x.variant }
  end,
  contribution_ratios = function(x)
    return game.contribution_ratios{ contributions = x.theta, variant = x.variant }
  end,
  attention_lambda = function(x) return game.attention_ratio{ quality = x.eQ, freshness = x.eF } end,
  satisfaction = function(x)
    return game.satisfaction{
      quality = x.Q, freshness = x.F, quality_attention = x.eQ, freshness_attention = x.eF, variant = x.variant,
    }
  end,
  benefit_matrix = function(x)
    return game.benefit{
      quality_bids = x.q, freshness_bids = x.f, quality = x.Q, freshness = x.F, attention_ratio = x.lam,
      quality_ratios = x.tauQ, freshness_ratios = x.tauF,
    }
  end,
  sigma_fair = function(x) return game.fair_utility{ efforts = x.x, concavity = x.sigma } end,
  mu_best_response = function(x)
    local best = game.best_response{
      benefit = x.delta, computation_cost = x.Cc, privacy_cost = x.Cp, concavity = x.sigma,
      mode = mode[x.mode] or x.mode,
    }
    return { k = best.iterations, eps = best.privacy_budget }
  end,
  mu_utility = function(x)
    return game.member_utility{
      benefit = x.delta, iterations = x.k, privacy_budget = x.eps, computation_cost = x.Cc, privacy_cost = x.Cp,
      concavity = x.sigma, mode = mode[x.mode] or x.mode,
    }
  end,
  max_iterations = function(x)
    return game.max_iterations{
      period = x.T, cycles_per_sample = x.z, batch = x.s, frequency = x.f, variant = x.variant, capacitance = x.zeta,
      bandwidth = x.bandwidth, communication_time = x.comm_time,
    }
  end,
  round_iterations = function(x)
    return game.round_iterations{
      iterations = x.k, mode = x.mode, benefit = x.delta, computation_cost = x.Cc, concavity = x.sigma,
    }
  end,
  mu_strategy = function(x)
    local strategy = game.member_strategy{
      benefit = x.delta, computation_cost = x.Cc, privacy_cost = x.Cp, concavity = x.sigma, max_iterations = x.k_max,
      min_privacy_budget = x.eps_min, max_privacy_budget = x.eps_max, rounding = x.rounding,
    }
    return { k = strategy.iterations, eps = strategy.privacy_budget, utility = strategy.utility }
  end,
  win_probability = function(x) return game.win_probability{ bids = x.bids, reading = x.reading } end,
  bid_closed_form = function(x)
    return game.best_bid{ competitors = x.D, load = x.A, value = x.v, formula = x.variant }
  end,
  bid_best_response_bayes = function(x)
    return game.bayesian_bid{ competitors = x.D_values, probabilities = x.probs, load = x.A, value = x.v }
  end,
  bid_best_response_budget = function(x)
    local best = game.budgeted_bids{ competitors = x.D, load = x.A, value = x.v, budget = x.budget }
    return { bids = best.bids, mu = best.multiplier }
  end,
  bid_objective = function(x)
    return game.bid_objective{ bids = x.q, competitors = x.D, load = x.A, value = x.v, variant = x.variant }
  end,
  bid_curvature = function(x)
    return game.bid_curvature{ bids = x.q, competitors = x.D, value = x.v, form = x.variant }
  end,
  msp_utility = function(x)
    return game.provider_utility{
      quality_bids = x.q, freshness_bids = x.f, benefit = x.delta, quality_value = x.vq, freshness_value = x.vf,
      variant = x.variant,
    }
  end,
  bid_equilibrium = function(x) return game.bid_equilibrium{ values = x.v, loads = x.A } end,
  symmetric_equilibrium = function(x)
    local equilibrium = game.symmetric_equilibrium{ providers = x.M, load = x.A, value = x.v }
    return {
      bid = equilibrium.bid, win_probability = equilibrium.win_probability, utility = equilibrium.utility,
      br_slope = equilibrium.best_reply_slope, simultaneous_br_converges = equilibrium.simultaneous_replies_converge,
    }
  end,
  iisg_round = function(x)
    local options = parameters(x.params)
    options.sizes, options.losses, options.ages = x.sizes, x.H, x.T
    options.gradient_norm, options.frequency = x.grad_norm, x.f_cpu
    options.quality_bids, options.freshness_bids = x.q, x.f
    local round = game.iisg_round(options)
    return {
      Q = round.quality, F = round.freshness, tauQ = round.quality_ratios, tauF = round.freshness_ratios,
      benefit = round.benefit, Cc = round.computation_cost, Cp = round.privacy_cost, k = round.iterations,
      eps = round.privacy_budget, cost = round.cost, utility = round.utility, dao_ask = round.ask,
    }
  end,
}

-- Procurement of data, correlated types, accounts and fairness of a federation.
local translation = require("adapters.translation")
local renaming, named = translation.renaming, translation.named

local function bought(x)
  return auction.pvcg{
    income = x.income_family.kind, scale = x.income_family.A, saturation = x.income_family.B, supplies = x.d,
    cost_types = x.gamma, quality = x.q, unit_costs = x.u, curvature = x.v, adjustments = x.h,
  }
end

-- One field of every type of every provider.
local function each(types, field)
  local providers = {}
  for i, list in ipairs(types) do
    providers[i] = {}
    for t, one in ipairs(list) do providers[i][t] = one[field] end
  end
  return providers
end

local function adjusted(x)
  if x.discrete then
    return auction.pvcg_levels_adjustment{
      levels = x.discrete.levels, income = x.discrete.income_table, cost_types = each(x.types, "costs"),
      prior = x.prior,
    }
  end
  return auction.pvcg_adjustment{
    income = x.income_family.kind, scale = x.income_family.A, saturation = x.income_family.B,
    supply_types = each(x.types, "d"), cost_types = each(x.types, "gamma"), quality = x.q, unit_costs = x.u,
    curvature = x.v, prior = x.prior,
  }
end

return {
  pvcg_optimal = named(function(x)
    local plan = bought(x)
    return {
      eta = plan.acceptance, surplus = plan.surplus, X = plan.volume, income = plan.income, costs = plan.costs,
    }
  end),
  pvcg_payments = named(function(x)
    local plan = bought(x)
    return {
      eta = plan.acceptance, surplus = plan.surplus, surplus_without = plan.surplus_without, tau = plan.base_payments,
      payments = plan.payments, utilities = plan.utilities, income = plan.income, profit = plan.profit,
      ir = plan.individually_rational, weak_bb = plan.weakly_balanced,
    }
  end),
  pvcg_discrete = named(function(x)
    local plan = auction.pvcg_levels{ levels = x.levels, income = x.income_table, costs = x.costs }
    return {
      levels = plan.levels, surplus = plan.surplus, surplus_without = plan.surplus_without, tau = plan.base_payments,
      utilities = plan.utilities, income = plan.income, profit = plan.profit, weak_bb = plan.weakly_balanced,
    }
  end),
  pvcg_adjustment_lp = named(function(x)
    local programme = adjusted(x)
    return {
      feasible = programme.feasible, violation = programme.violation, expected_h = programme.expected_adjustment,
      h0_min_profit = programme.least_unadjusted_profit, h0_expected_profit = programme.expected_unadjusted_profit,
    }
  end),
  cm_condition = named(function(x)
    return auction.belief_condition{ valuations = x.w, prior = x.prior }
  end),
  identifiability = named(function(x)
    return auction.identifiability{ valuations = x.w, prior = x.prior, tolerance = x.tol }
  end),
  cm_lp = named(function(x)
    local payments = auction.cremer_mclean{
      valuations = x.w, prior = x.prior, extraction = x.extraction, nonpositive = x.p_nonpositive,
    }
    return { feasible = payments.feasible, max_abs_payment = payments.max_abs_payment }
  end),
  cm_loss = named(function(x)
    local loss = auction.cremer_mclean_loss{ valuations = x.w, prior = x.prior, payments = x.p }
    return {
      loss = loss.loss, budget = loss.budget, ir = loss.participation, ic = loss.truth, grad = loss.gradient,
    }
  end),
  cm_gd = named(function(x)
    local learned = auction.cremer_mclean_descent{
      valuations = x.w, prior = x.prior, start = x.p0, rate = x.lr, steps = x.steps,
    }
    return { losses = learned.losses, p = learned.payments }
  end),
  fl_accounting = named(function(x)
    local accounts = audit.federation_accounts{
      provider_payments = x.provider_payments, provider_costs = x.provider_costs, user_payments = x.user_payments,
      user_values = x.user_values, operating_cost = x.operating_cost,
    }
    return {
      income = accounts.income, expenditure = accounts.expenditure, profit = accounts.profit,
      social_surplus = accounts.social_surplus, u_providers = accounts.provider_utilities,
      u_users = accounts.user_utilities, ir = accounts.individually_rational,
      budget_balanced = accounts.budget_balanced, weak_bb = accounts.weakly_balanced,
    }
  end),
  fairness_metrics = named(function(x)
    return audit.fairness{ payments = x.payments, unit_costs = x.gamma, accepted = x.accepted }
  end),
  data_offering_rate = named(function(x)
    return { dor = audit.data_offering_rate{ claimed = x.claimed, owned = x.owned }.rate }
  end),
}

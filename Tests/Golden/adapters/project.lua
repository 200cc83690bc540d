-- Public projects: selection, prices, shares, taxes, rebates, punishment, rewards. Amounts are texts of digits in the
-- cases and whole numbers, or texts, here.
local translation = require("adapters.translation")
local renaming, named = translation.renaming, translation.named

local function texts(amounts)
  local list = {}
  for i, amount in ipairs(amounts) do list[i] = tostring(amount) end
  return list
end

local function fromZero(index) return index and index - 1 end

return {
  hcfl_select = named(function(x)
    local choice = auction.select_model{ owner_bids = x.owner_bids, station_claims = x.bs_claims }
    return { margins = texts(choice.margins), selected = fromZero(choice.selected) }
  end),
  hcfl_total_payment = function(x)
    return {
      C = tostring(auction.total_payment{
        low = x.low, high = x.high, beacon_numerator = x.u_num, beacon_denominator = x.u_den,
      }),
    }
  end,
  hcfl_cost_shares = named(function(x)
    local weighted = x.rule == "weighted" or not x.n
    return {
      shares = texts(auction.cost_shares{
        total = x.C, participants = not weighted and x.n or nil, weights = weighted and x.weights or nil,
      }),
    }
  end),
  hcfl_tax = named(function(x)
    local tax = auction.clarke_tax{
      owner_bids = x.owner_bids, station_claims = x.bs_claims, owner_shares = x.owner_shares,
      station_shares = x.bs_shares, rule = x.mode,
    }
    return {
      selected = fromZero(tax.selected), owner_tax = texts(tax.owner_tax), bs_tax = texts(tax.station_tax),
      owner_pivot = tax.owner_pivot, bs_pivot = tax.station_pivot, tax_total = tostring(tax.tax_total),
    }
  end),
  hcfl_utilities = named(function(x)
    local left = auction.project_utilities{
      owner_values = x.owner_values, station_costs = x.bs_costs, owner_bids = x.owner_bids,
      station_claims = x.bs_claims, owner_shares = x.owner_shares, station_shares = x.bs_shares, rule = x.mode,
    }
    return {
      selected = fromZero(left.selected), u_owner = texts(left.owner_utilities), u_bs = texts(left.station_utilities),
      tax_total = tostring(left.tax_total), budget_surplus = tostring(left.surplus),
      budget_balanced = left.budget_balanced, ir_ex_post = left.individually_rational,
    }
  end),
  hcfl_client_rewards = named(function(x)
    return {
      shares = texts(auction.client_rewards{
        reward = x.reward, rule = x.rule, full = x.table.full, without = x.table.without, base = x.table.base,
        alone = x.table["local"], values = x.table.values,
      }),
    }
  end),
  hcfl_tax_recycle = function(x)
    local back = auction.recycle_tax{ pool = x.pool, owner_costs = x.owner_costs, station_rewards = x.bs_rewards }
    return {
      each = tostring(back.each), owner_costs = texts(back.owner_costs), bs_rewards = texts(back.station_rewards),
      pool_out = tostring(back.left),
    }
  end,
  hcfl_cavallo = named(function(x)
    local back = auction.cavallo_rebates{
      owner_bids = x.owner_bids, station_claims = x.bs_claims, owner_shares = x.owner_shares,
      station_shares = x.bs_shares, domains = x.domain,
    }
    return { tax_total = tostring(back.tax_total), rebates = texts(back.rebates), left = tostring(back.left) }
  end),
  hcfl_punish = function(x)
    local punishment = auction.punishment{
      promised_ppm = x.promised_ppm, measured_ppm = x.actual_ppm, votes = x.votes, bond = x.bond,
      slope_numerator = x.slope_num, slope_denominator = x.slope_den, gate = x.gate,
    }
    return {
      punished = punishment.punished, shortfall_ppm = punishment.shortfall_ppm,
      penalty = tostring(punishment.penalty),
    }
  end,
}

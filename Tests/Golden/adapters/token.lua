-- Supply, release and staking of Network3's economy.
local money = require("adapters.money")
local modes = require("adapters.translation").modes
local tokens, units, token_list, unit_list = money.tokens, money.units, money.token_list, money.unit_list

return {
  split_largest_remainder = function(x)
    return { shares = unit_list(token.split{ total = tokens(x.total), weights = x.weights }) }
  end,
  split_floor_carry = function(x)
    local split = token.stream_split{ total = tokens(x.total), weights = x.weights, carry_in = tokens(x.carry_in) }
    return { shares = unit_list(split.shares), carry_out = units(split.carry_out) }
  end,
  token_distribution = function(x)
    local table = token.distribution{ supply = tokens(x.total_supply) }
    return { percent_sum = table.percent_sum, amounts = unit_list(table.amounts) }
  end,
  vested_amount = function(x)
    local amounts = token.vested{
      total = tokens(x.total), cliff_day = x.cliff_day, duration_days = x.duration_days, day = x.day,
    }
    return { vested = units(amounts.vested), locked = units(amounts.locked) }
  end,
  emission_schedule = function(x)
    local course = token.emission{
      pool = tokens(x.pool), rate_ppm = x.rate_ppm, epochs = x.epochs, supply = tokens(x.supply or "0"),
      tail_ppm_year = x.tail_ppm_year, epochs_per_year = x.epochs_per_year, tail_cap_ppm_year = x.tail_cap_ppm_year,
    }
    return {
      emitted = unit_list(course.emitted), minted = unit_list(course.minted), pool_left = units(course.pool_left),
      supply_end = units(course.supply_end),
    }
  end,
  release_split = function(x) return unit_list(token.release_split{ amount = tokens(x.amount) }) end,
  gas_fee_split = function(x)
    return unit_list(token.gas_revenue{
      gross = tokens(x.gross), costs = token_list(x.costs), deficit_in = tokens(x.deficit_in), burn_bps = x.burn_bps,
    })
  end,
  boost_factor = modes(function(x)
    local boost = token.boost{ days = x.days, mode = x.mode }
    return { num = boost.numerator, den = boost.denominator, value = boost.value }
  end),
  ve_mint = function(x) return { ve = units(token.vote_escrow{ amount = tokens(x.amount), days = x.days }) } end,
  ve_balance_at = modes(function(x)
    local balance = token.vote_escrow_balance{
      amount = tokens(x.amount), days = x.days, start_day = x.start_day, now = x.now, decay = x.decay,
    }
    return { ve = units(balance.votes), expired = balance.expired }
  end),
  early_unstake = function(x)
    local exit = token.early_unstake{
      amount = tokens(x.amount), days = x.days, start_day = x.start_day, now = x.now, withdraw = tokens(x.withdraw),
      premium_escrow = tokens(x.premium_escrow), keep_exponent = x.keep_exponent,
      principal_penalty_bps = x.principal_penalty_bps,
    }
    return {
      early = exit.early, remaining_days = exit.remaining_days, principal_out = units(exit.principal_out),
      principal_penalty = units(exit.principal_penalty), premium_kept = units(exit.premium_kept),
      premium_forfeited = units(exit.premium_forfeited), escrow_left = units(exit.escrow_left),
      ve_burned = units(exit.votes_burned), ve_after = units(exit.votes_after), eff_days = exit.effective_days,
      amount_left = units(exit.amount_left),
    }
  end,
  weekly_settlement = modes(function(x)
    local week = token.weekly_settlement{
      pool = tokens(x.pool), week_start_day = x.week_start_day, carry_in = tokens(x.carry_in), mode = x.mode,
      positions = money.records(x.positions, { "amount" }, { eff_days = "effective_days" }),
    }
    return {
      ids = week.ids, weights = week.weights, payouts = unit_list(week.payouts),
      base_parts = unit_list(week.base_parts), premium_parts = unit_list(week.premium_parts),
      carry_out = units(week.carry_out), base_apr = week.base_apr,
    }
  end),
}

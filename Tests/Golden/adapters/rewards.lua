-- Contributions and their rewards in Network3's economy. The cases' defaults are the printed rules, ours the corrected.
local money = require("adapters.money")
local modes = require("adapters.translation").modes
local tokens, units, unit_list = money.tokens, money.units, money.unit_list

return {
  bandwidth_contribution = modes(function(x)
    local day = token.bandwidth_points{
      hours = x.hours, delay_ms = x.delay_ms, volume = x.volume, delta = x.delta, hours_weight = x.w1,
      delay_weight = x.w2, reputation_weight = x.w3, rule = x.rule or "literal", blacklisted = x.blacklisted,
    }
    return { quality = day.quality, rho = day.points, blacklisted = day.blacklisted }
  end),
  points_to_tokens = function(x)
    local result = token.points_to_tokens{
      points = x.points, ratio = tokens(x.ratio_num), per_points = x.ratio_den, pool = tokens(x.pool),
    }
    return { tokens = unit_list(result.tokens), capped = result.capped, unused = units(result.unused) }
  end,
  ht_value = function(x)
    local entry = token.verification{ votes = x.votes, weights = x.weights }
    return {
      num = tostring(entry.numerator), den = tostring(entry.denominator), value = entry.value,
      accepted = entry.accepted,
    }
  end,
  trainer_reward = function(x)
    return {
      reward = units(token.trainer_reward{
        samples = x.dataset_size, epochs = x.epochs, unit = tokens(x.unit), votes = x.votes,
      }),
    }
  end,
  local_validator_reward = modes(function(x)
    local reward = token.local_validator_reward{
      queue = x.vq, validator = x.validator, samples = x.dataset_size, unit = tokens(x.unit),
      index_base = x.index_base, rule = x.rule or "paper",
    }
    return { coef_num = reward.numerator, coef_den = reward.denominator, reward = units(reward.reward) }
  end),
  aggregator_reward = function(x)
    return {
      reward = units(token.aggregator_reward{ entries = x.n_hash, votes = x.n_queue, unit = tokens(x.unit) }),
    }
  end,
  global_validator_reward = function(x)
    return unit_list(token.global_validator_reward{ reward = tokens(x.reward), members = x.m })
  end,
  role_reward_epoch = function(x)
    local epoch = token.role_rewards{
      pool = tokens(x.pool), quotas = x.quotas, trainers = x.trainers, local_validators = x.local_validators,
      aggregators = x.aggregators, global_count = x.global_count, carry_in = tokens(x.carry_in),
    }
    return {
      trainers = unit_list(epoch.trainers), local_validators = unit_list(epoch.local_validators),
      aggregators = unit_list(epoch.aggregators), global_validators = unit_list(epoch.global_validators),
      carry_out = units(epoch.carry_out),
    }
  end,
}

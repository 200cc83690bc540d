-- Prediction of bids. Symbols and states count from 0 in the cases, from 1 in flnft.
local function shifted(list, by)
  local result = {}
  for i, number in ipairs(list) do result[i] = number + by end
  return result
end

local function model(x)
  return predict.hmm{ initial = x.pi, transition = x.A, emission = x.B }
end

return {
  discretize_bids = function(x)
    return shifted(predict.bid_levels{ bids = x.bids, edges = x.edges }, -1)
  end,
  hmm_forward = function(x)
    local filtered = model(x):filter{ sequence = shifted(x.obs, 1), variant = x.variant }
    return { filtered = filtered.probabilities, loglik = filtered.log_likelihood }
  end,
  hmm_predict_next = function(x)
    local next = model(x):next{ after = shifted(x.obs, 1), state_bids = x.levels }
    return {
      state_probs = next.state_probabilities, most_likely_state = next.most_likely_state - 1,
      most_likely_bid = next.most_likely_bid, expected_bid = next.expected_bid,
      next_symbol_probs = next.probabilities,
    }
  end,
  hmm_viterbi = function(x)
    local path = model(x):viterbi{ sequence = shifted(x.obs, 1) }
    return { path = shifted(path.states, -1), logprob = path.log_probability }
  end,
  hmm_baum_welch = function(x)
    local fitted = model(x)
    local fit = fitted:fit{ sequences = shifted(x.obs, 1), iterations = x.n_iter, tolerance = 0 }
    return { pi = fitted.initial, A = fitted.transition, B = fitted.emission, loglik = fit.log_likelihoods }
  end,
}

-- Training, privacy and selection.
local translation = require("adapters.translation")
local fromZero, fromOne = translation.from_zero, translation.from_one

return {
  clip_vector = function(x) return fl.clip{ vector = x.g, bound = x.bound, norm = x.norm } end,
  mean_gradient_sensitivity = function(x)
    return fl.gradient_sensitivity{ clip = x.clip, batch = x.batch_size, adjacency = x.adjacency }
  end,
  laplace_scale = function(x) return fl.laplace_scale{ sensitivity = x.sensitivity, privacy_budget = x.epsilon } end,
  laplace_quantile = function(x)
    return fl.laplace_quantile{ probabilities = x.u, location = x.loc, scale = x.scale }
  end,
  noisy_gradient = function(x)
    return fl.noisy_gradient{
      gradients = x.sample_gradients, clip = x.clip, privacy_budget = x.epsilon, uniforms = x.uniforms,
      adjacency = x.adjacency,
    }
  end,
  sgd_step = function(x)
    local step = fl.sgd_step{
      parameters = x.params, gradient = x.gradient, velocity = x.velocity, learning_rate = x.lr, momentum = x.momentum,
    }
    return { params = step.parameters, velocity = step.velocity }
  end,
  fedavg = function(x) return fl.fedavg{ models = x.models, sizes = x.sizes } end,
  mean_cross_entropy = function(x)
    return fl.mean_cross_entropy{ labels = fromOne(x.labels), probabilities = x.probs, floor = x.floor }
  end,
  select_clients = function(x) return fromZero(fl.select_clients{ scores = x.scores, count = x.m }) end,
  minting_time = function(x)
    return fl.minting_time{
      training = x.train, upload = x.upload, decision = x.game_decision, consensus = x.consensus,
    }
  end,
}

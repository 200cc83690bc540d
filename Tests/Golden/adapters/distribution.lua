-- Label distributions, selection by them, and failures, of the two-level market. Its specification has names of its own
-- for some errors that our functions share with the others.
local translation = require("adapters.translation")
local fromZero, fromOne, renaming = translation.from_zero, translation.from_one, translation.renaming

local rules = { atMostMean = "at_most_mean" }

return {
  emd = renaming({ NotFinite = "NonFinite" }, function(x)
    return { value = fl.emd{ distribution = x.p, reference = x.q } }
  end),
  labelDistribution = renaming({ NotFinite = "NonFinite" }, function(x)
    return { distribution = fl.label_distribution{ counts = x.counts } }
  end),
  mixtureDistribution = renaming({ NotFinite = "NonFinite" }, function(x)
    local mixture = fl.mixture_distribution{ classes = x.L, main = x.main + 1, main_share = x.mu }
    return { distribution = mixture.distribution, emdToUniform = mixture.emd }
  end),
  dirichletPartition = renaming({ NotFinite = "NonFinite", InvalidParameter = "NonPositive" }, function(x)
    local partition = fl.dirichlet_partition{
      labels = fromOne(x.labels), clients = x.clients, concentration = x.beta, seed = x.seed,
    }
    return {
      clients = partition.clients, totalAssigned = partition.assigned, eachSampleOnce = partition.each_once,
    }
  end),
  selectClients = renaming({ NotFinite = "NonFinite", InvalidParameter = "UnknownVariant" }, function(x)
    local kept = fl.select_by_emd{ emds = x.emds, rule = rules[x.rule] or x.rule }
    return { mean = kept.mean, selected = fromZero(kept.selected) }
  end),
  cosineCheck = renaming({ NotFinite = "NonFinite", ShapeMismatch = "LengthMismatch" }, function(x)
    local check = fl.cosine_check{ update = x.update, history = x.history, epsilon = x.epsilon }
    return { meanSimilarity = check.mean_similarity, distance = check.distance, malicious = check.malicious }
  end),
  fedAvg = renaming(
    {
      NotFinite = "NonFinite", ShapeMismatch = "LengthMismatch", UndefinedRatio = "NonPositive",
      InvalidParameter = "Negative",
    },
    function(x) return { average = fl.fedavg{ models = x.updates, sizes = x.sizes } } end),
  failureSchedule = renaming({ NotFinite = "NonFinite" }, function(x)
    local schedule = fl.failure_schedule{
      servers = x.S, fraction = x.fraction, start = x.start, finish = x["end"], epoch = x.epoch,
    }
    return { failed = schedule.failed }
  end),
}

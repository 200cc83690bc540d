-- The schemes that FL-NFT and PMS-AM compare (PMS-AM section 6.2): who takes part, and how hard everybody works.
local schemes = {}

local members, few, epsilon = 10, 5, 5
local budgets = { 1000, 1000, 1000, 1000, 1000 }

--- The four combinations of the papers.
function schemes.combinations(common, train, test)
  local function cifar()
    return data.cifar10{ train = train, test = test }
  end
  local list = {
    { name = "MLP-MNIST", network = fl.mlp{ 784, 64, 10 }, data = function() return common.digits(train, test) end },
    { name = "CNN-MNIST", network = fl.cnn_mnist(), data = function() return common.digits(train, test) end },
    { name = "MLP-CIFAR10", network = fl.mlp{ 3072, 64, 10 }, data = cifar },
    { name = "CNN-CIFAR10", network = fl.cnn_cifar(), data = cifar },
  }
  for _, combination in ipairs(list) do combination.train = train end
  return list
end

--- A federation with the papers' settings; a local iteration is a pass over the member's own data, which takes a
--- quarter of a second at 4 GHz, so that the game meets its default market.
local function federation(set, network, clients)
  return fl.federation{
    data = set, clients = clients or members, model = network, iteration = "epoch", batch = 64, learning_rate = 0.01,
    momentum = 0.5, cycles_per_sample = 1e10 / set.train_count, seed = 1,
  }
end

local function solve(fed)
  return game.iisg{ federation = fed, budget = budgets }
end

--- One federation for each scheme, all from the same first model.
schemes.list = {
  { name = "equilibrium", train = function(fed) return fed:train{ strategy = solve } end },
  {
    name = "random",
    train = function(fed)
      local efforts = {}
      for i = 1, fed.clients do efforts[i] = math.random(1, few) end
      return fed:train{ select = "uniform", participants = few, iterations = efforts, privacy_budget = epsilon }
    end,
  },
  { name = "loss", train = function(fed) return fed:train{ select = "loss", participants = few, iterations = few } end },
  {
    name = "gradient",
    train = function(fed) return fed:train{ select = "gradient_norm", participants = few, iterations = few } end,
  },
}

--- Accuracies of all schemes over rounds, the work that each took, and, last, the equilibrium's members under random
--- selection with as much work as the equilibrium spent: the row that tells effort from mechanism.
---
--- Full sizes take hours, so what a scheme reached is kept in the folder, if one is named, and found there again: by a
--- run that was broken off, and by the other script of these schemes.
function schemes.run(common, combination, rounds, with_centralised)
  local set
  local accuracies, samples = {}, {}
  local function train(name, clients, step)
    set = set or combination.data()
    local fed = federation(set, combination.network, clients)
    seed(1)
    local run = { accuracy = {}, samples = {} }
    for round = 1, rounds do
      local result = step(fed, round)
      run.accuracy[round], run.samples[round] = result.accuracy[1], result.samples[1]
    end
    return run
  end
  local function go(name, clients, step)
    local run = common.recalled(("schemes-%s-%s-%d"):format(combination.name, name, rounds),
      { "accuracy", "samples" }, function() return train(name, clients, step) end)
    accuracies[name], samples[name] = run.accuracy, 0
    for round = 1, rounds do samples[name] = samples[name] + math.tointeger(run.samples[round]) end
  end
  for _, scheme in ipairs(schemes.list) do go(scheme.name, members, scheme.train) end
  local pass = combination.train / members * few
  local effort = math.max(1, math.floor(samples.equilibrium / rounds / pass + 0.5))
  go("random, matched", members, function(fed)
    return fed:train{ select = "uniform", participants = few, iterations = effort }
  end)
  if with_centralised then go("centralised", 1, function(fed) return fed:train{ iterations = few } end) end
  return accuracies, samples
end

function schemes.table(names, accuracies, samples, rounds)
  print(("%-18s %14s %18s"):format("scheme", "accuracy (%)", "samples trained"))
  for _, name in ipairs(names) do
    print(("%-18s %14.2f %18d"):format(name, 100 * accuracies[name][rounds], samples[name]))
  end
end

return schemes

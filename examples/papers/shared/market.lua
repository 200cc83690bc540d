-- What PMS-AM's figure 6 and table 3 share: the devices of the members, and the market that they meet.
local market = { members = 10, few = 5, budgets = { 1000, 1000, 1000, 1000, 1000 } }

market.schemes = { "equilibrium", "loss", "gradient", "random" }

--- Cycles that a pass takes, as multiples of the default market's: the ratios of the paper's own table 3 (its row for
--- random selection), capped at 4 as in the specification, section 11. They are an assumption. Whatever is said of
--- one combination against another in costs or simulated seconds rests on them.
market.cycles = { ["MLP-MNIST"] = 0.7, ["CNN-MNIST"] = 1, ["MLP-CIFAR10"] = 1.3, ["CNN-CIFAR10"] = 4 }

--- The combinations whose data are on this machine, each with its set.
function market.combinations(common, schemes, train, test)
  local found = {}
  for _, combination in ipairs(schemes.combinations(common, train, test)) do
    local there, set = pcall(combination.data)
    if there then
      combination.set = set
      table.insert(found, combination)
    else
      print(("%s is left out: its data are not on this machine."):format(combination.name))
    end
  end
  return found
end

--- The combinations' names, and for each scheme a bar at every one of them.
function market.bars(combinations, height)
  local names, bars = {}, {}
  for place, combination in ipairs(combinations) do names[place] = combination.name end
  for _, scheme in ipairs(market.schemes) do
    bars[scheme] = {}
    for place, name in ipairs(names) do bars[scheme][place] = height(name, scheme) end
  end
  return names, bars
end

--- Members whose CPU clocks are drawn from 3 to 5 GHz. A local iteration is a pass over a member's own data: a quarter
--- of a second at 4 GHz, times the combination's multiple.
function market.federation(combination)
  return fl.federation{
    data = combination.set, clients = market.members, model = combination.network, iteration = "epoch", batch = 64,
    learning_rate = 0.01, momentum = 0.5, cycles_per_sample = market.sample_cycles(combination), seed = 1,
  }
end

--- Cycles of a pass over a member's data.
function market.pass_cycles(combination)
  return 1e9 * market.cycles[combination.name]
end

--- Cycles of training on one image.
function market.sample_cycles(combination)
  return market.pass_cycles(combination) / market.share(combination)
end

--- Images of a member.
function market.share(combination)
  return combination.set.train_count / market.members
end

return market

-- HCFL, figure 4: whose model is trained? Ten owners want the same three labels each, and others by chance; each
-- proposes a model of what it wants. A fixed number of images is shared by all labels of the model that is chosen, so
-- that a wide model knows the common labels less well. VCG takes the proposal of the largest margin; it is held against
-- a random proposal, and against as many random labels.
--
-- The paper trains Resnet50 on CIFAR-10. The specification reproduces the shape with softmax regression on digits, 60
-- images and 20 seeds (0.962, 0.923 and 0.550 after 50 rounds on 8x8 digits), and so does this script on MNIST, which
-- is harder.
--
-- The full size adds the papers' small convolutional network on CIFAR-10 with 2,000 images, where the shape does not
-- appear. So many images promise 90 % for a wide model as well, so that VCG chooses hardly narrower ones than chance
-- does, and 400 steps at this learning rate leave the network near 35 %. What is claimed of it is printed, not checked.
local here = arg[0]:match("^(.*)/") or "."
local common = dofile(here .. "/shared/common.lua")

local owners, stations, common_labels, extra_share = 10, 10, { 1, 2, 3 }, 0.45
local rounds = common.sized(25, 50)
local strategies = { "VCG", "random proposal", "random labels" }
local colours = { VCG = "vcg", ["random proposal"] = "random_proposal", ["random labels"] = "random_labels" }

--- Numbers by owner or station and label, from N(mean, deviation), none below 0.
local function draw(count, mean, deviation)
  local drawn, rows = tensor.normal{ count, 10, mean = mean, deviation = deviation }:table(), {}
  for i, row in ipairs(drawn) do
    rows[i] = {}
    for label, value in ipairs(row) do rows[i][label] = math.max(0, value) end
  end
  return rows
end

local function proposals()
  local sets = {}
  for owner = 1, owners do
    sets[owner] = { table.unpack(common_labels) }
    for label = #common_labels + 1, 10 do
      if math.random() < extra_share then table.insert(sets[owner], label) end
    end
  end
  return sets
end

--- The accuracy to be expected of so many labels on a budget of images, which values are multiplied by.
local function predicted(budget, labels)
  return 0.95 - 0.9 * (budget / #labels) ^ -0.5
end

--- The proposal of the largest margin, the sum of all bids less the sum of all claims (HCFL section 3.2 of the
--- specification); nothing when no margin reaches 0. Everybody tells the truth, which is best under the joint tax.
local function choose(sets, budget)
  local values, costs = draw(owners, 10, 3), draw(stations, 5, 1.5)
  local best, largest
  for m, labels in ipairs(sets) do
    local margin = 0
    for owner, wanted in ipairs(sets) do
      local interested = {}
      for _, label in ipairs(wanted) do interested[label] = true end
      for _, label in ipairs(labels) do
        if interested[label] then margin = margin + values[owner][label] * predicted(budget, labels) end
      end
    end
    for station = 1, stations do
      for _, label in ipairs(labels) do margin = margin - costs[station][label] end
    end
    if margin >= 0 and (not largest or margin > largest) then best, largest = m, margin end
  end
  return best
end

local function random_labels(count)
  local labels = {}
  for label = 1, 10 do labels[label] = label end
  for i = 1, count do
    local other = math.random(i, 10)
    labels[i], labels[other] = labels[other], labels[i]
  end
  return { table.unpack(labels, 1, count) }
end

--- Accuracy on the common labels, by round, of a model of some labels trained on so many images in all.
local function train(case, set, labels, number)
  local fed = fl.federation{
    data = set:restricted{ train = labels, test = common_labels }, samples = case.budget, clients = stations,
    model = case.network, iteration = "epoch", batch = 64, learning_rate = case.learning_rate, momentum = 0.5,
    seed = number,
  }
  return fed:train{ rounds = rounds, iterations = 2 }.accuracy
end

--- All strategies over some seeds: mean curves, and how often VCG is ahead of the others in the end.
local function compare(case)
  local set = case.data()
  local means, widths, ahead = {}, {}, { ["random proposal"] = 0, ["random labels"] = 0 }
  local nothing = 0
  for _, name in ipairs(strategies) do
    means[name], widths[name] = {}, 0
    for round = 1, rounds do means[name][round] = 0 end
  end
  for number = 1, case.seeds do
    seed(number)
    local sets = proposals()
    local best = choose(sets, case.budget)
    if not best then
      nothing, best = nothing + 1, 1
    end
    local labels = {
      VCG = sets[best], ["random proposal"] = sets[math.random(owners)], ["random labels"] = random_labels(#sets[best]),
    }
    local final = {}
    for _, name in ipairs(strategies) do
      local curve = train(case, set, labels[name], number)
      for round, accuracy in ipairs(curve) do means[name][round] = means[name][round] + accuracy / case.seeds end
      widths[name] = widths[name] + #labels[name] / case.seeds
      final[name] = curve[rounds]
    end
    for name in pairs(ahead) do
      local wins = name == "random proposal" and final.VCG >= final[name] or final.VCG > final[name]
      if wins then ahead[name] = ahead[name] + 1 end
    end
  end
  return means, widths, ahead, nothing
end

--- Whether the means of five rounds never fall by more than a tolerance below any before.
local function rises(curve, tolerance)
  local highest = 0
  for round = 5, #curve do
    local mean = common.last({ table.unpack(curve, 1, round) }, 5)
    if mean < highest - tolerance then return false end
    highest = math.max(highest, mean)
  end
  return true
end

local cases = {
  {
    name = "digits", network = fl.mlp{ 784, 10 }, budget = 60, seeds = 20, learning_rate = 0.05,
    state = common.check,
    data = function() return common.digits(common.sized(6000, 60000), common.sized(2000, 10000)) end,
  },
}
if common.full then
  table.insert(cases, {
    name = "CIFAR-10", network = fl.cnn_cifar(), budget = 2000, seeds = 5, learning_rate = 0.01,
    state = common.claim,
    data = function() return data.cifar10{} end,
  })
end

for _, case in ipairs(cases) do
  local means, widths, ahead, nothing = compare(case)
  print(("\n%s, %d images, %d rounds of 2 epochs, mean of %d seeds"):format(
    case.name, case.budget, rounds, case.seeds))
  print(("%-16s %8s %28s"):format("strategy", "labels", "accuracy on common ones (%)"))
  for _, name in ipairs(strategies) do
    print(("%-16s %8.1f %28.2f"):format(name, widths[name], 100 * means[name][rounds]))
  end
  local columns = {}
  for _, name in ipairs(strategies) do columns[colours[name]] = means[name] end
  common.keep("hcfl-figure-4-" .. case.name, columns, plot.line{
    y = means, title = "HCFL, " .. case.name, x_label = "round", y_label = "accuracy on the common labels" })
  if nothing > 0 then
    print(("no proposal was worth its cost with %d of the seeds; the first was trained"):format(nothing))
  end
  local lead = means.VCG[rounds] - means["random proposal"][rounds]
  print(("VCG is level or ahead of the random proposal with %d seeds, ahead of random labels with %d")
    :format(ahead["random proposal"], ahead["random labels"]))
  case.state("VCG is ahead of a random proposal by 2 points at least", lead >= 0.02)
  case.state("and level or ahead with three of four seeds", ahead["random proposal"] >= 0.75 * case.seeds)
  -- Random labels may happen to hold all the common ones, as those of the first seed do; few rounds do not tell them
  -- apart.
  case.state("it is ahead of random labels with every seed" .. common.sized(" but one at most", ""),
    ahead["random labels"] >= case.seeds - common.sized(1, 0))
  for _, name in ipairs(strategies) do
    case.state(name .. ": the smoothed curve does not fall by more than half a point", rises(means[name], 0.005))
  end
end
common.verdict("reproduced in shape",
  "softmax regression stands for Resnet50; the small network on CIFAR-10 does not show it")

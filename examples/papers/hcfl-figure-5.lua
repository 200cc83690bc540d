-- HCFL, figure 5: the social utility of three ways to choose a model. Ten owners want three labels in common and others
-- by chance; a model of some labels is worth, to all, what its labels are worth to the owners who want them less what
-- they cost the stations, times the accuracy that so many labels allow.
--
--   random     one of the owners' proposals
--   selfish    the labels that all owners want
--   VCG        the candidate of the largest margin
--
-- VCG is ahead after every round only if the labels that all want are a candidate too, and if its margins count the
-- accuracy. Without either it is not, which the paper does not say; both are counted below. The paper does not fix the
-- accuracy: it is that of figure 4 here, 0.95 - 0.9 (60 / labels)^-0.5, and sums differ from those of the specification.
local here = arg[0]:match("^(.*)/") or "."
local common = dofile(here .. "/shared/common.lua")

local owners, stations, labels, common_labels = 10, 10, 10, 3
local rounds, seeds = 10, common.sized(10, 50)

local function draw(count, mean, deviation)
  local rows = tensor.normal{ count, labels, mean = mean, deviation = deviation }:table()
  for _, row in ipairs(rows) do
    for label, amount in ipairs(row) do row[label] = math.max(0, amount) end
  end
  return rows
end

--- For each owner, whether it wants each label.
local function wishes(share)
  local rows = {}
  for owner = 1, owners do
    rows[owner] = {}
    for label = 1, labels do rows[owner][label] = label <= common_labels or math.random() < share end
  end
  return rows
end

local function count(set)
  local sum = 0
  for label = 1, labels do
    if set[label] then sum = sum + 1 end
  end
  return sum
end

local function accuracy(set) return 0.95 - 0.9 * (60 / count(set)) ^ -0.5 end

--- Values of the owners who want the labels less costs of the stations.
local function margin(set, wanted, values, costs)
  local sum = 0
  for label = 1, labels do
    if set[label] then
      for owner = 1, owners do
        if wanted[owner][label] then sum = sum + values[owner][label] end
      end
      for station = 1, stations do sum = sum - costs[station][label] end
    end
  end
  return sum
end

--- The best candidate by a measure; nil when none reaches 0.
local function best(candidates, measure)
  local chosen, largest
  for _, set in ipairs(candidates) do
    local value = measure(set)
    if value >= 0 and (not largest or value > largest) then chosen, largest = set, value end
  end
  return chosen
end

local function intersection(wanted)
  local set = {}
  for label = 1, labels do
    set[label] = true
    for owner = 1, owners do set[label] = set[label] and wanted[owner][label] end
  end
  return set
end

local ways = { "VCG", "selfish", "random", "plain margins", "own proposals only" }

--- Cumulative social utilities by way and round, for one seed.
local function play(share, number)
  seed(number)
  local curves = {}
  for _, way in ipairs(ways) do curves[way] = {} end
  for round = 1, rounds do
    local wanted, values, costs = wishes(share), draw(owners, 10, 3), draw(stations, 5, 1.5)
    local function plain(set) return margin(set, wanted, values, costs) end
    local function social(set) return set and plain(set) * accuracy(set) or 0 end
    local all = { intersection(wanted), table.unpack(wanted) }
    local chosen = {
      VCG = best(all, social), selfish = all[1], random = wanted[math.random(owners)],
      ["plain margins"] = best(all, plain), ["own proposals only"] = best(wanted, social),
    }
    for _, way in ipairs(ways) do
      curves[way][round] = (curves[way][round - 1] or 0) + social(chosen[way])
    end
  end
  return curves
end

--- Whether one curve is nowhere below the others.
local function dominates(curves, way)
  for round = 1, rounds do
    for _, other in ipairs{ "selfish", "random" } do
      if curves[way][round] < curves[other][round] - 1e-9 then return false end
    end
  end
  return true
end

for _, share in ipairs{ 0.3, 0.5, 0.7 } do
  local ahead, means = {}, {}
  for _, way in ipairs(ways) do
    ahead[way], means[way] = 0, {}
    for round = 1, rounds do means[way][round] = 0 end
  end
  for number = 1, seeds do
    local curves = play(share, number)
    for _, way in ipairs(ways) do
      if dominates(curves, way) then ahead[way] = ahead[way] + 1 end
      for round = 1, rounds do means[way][round] = means[way][round] + curves[way][round] / seeds end
    end
  end
  print(("\nother labels wanted with probability %.1f: social utility after %d rounds, mean of %d seeds"):format(
    share, rounds, seeds))
  for _, way in ipairs(ways) do
    local note = (way == "selfish" or way == "random") and ""
      or ("nowhere behind with %d seeds"):format(ahead[way])
    print(("%-20s %10.1f   %s"):format(way, means[way][rounds], note))
  end
  common.check("VCG is nowhere behind, with every seed", ahead.VCG == seeds)
  common.keep(("hcfl-figure-5-%.1f"):format(share),
    { vcg = means.VCG, selfish = means.selfish, random = means.random },
    plot.line{ y = { VCG = means.VCG, selfish = means.selfish, random = means.random },
      title = ("HCFL, other labels wanted with probability %.1f"):format(share), x_label = "round",
      y_label = "social utility so far" })
  if share == 0.3 then
    common.check("without the labels that all want as a candidate it falls behind with many seeds",
      ahead["own proposals only"] <= 0.7 * seeds)
    common.check("and with margins that do not count the accuracy", ahead["plain margins"] < seeds)
  end
end
common.verdict("reproduced in shape",
  "VCG is nowhere behind only if the labels that all want are a candidate too, which the paper does not say")

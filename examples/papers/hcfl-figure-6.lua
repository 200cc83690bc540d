-- HCFL, figure 6: transactions per block against the rate at which they come. Blocks come every tau = 5 seconds and have
-- room for K = 10, so that min(rate tau, K) are expected; the paper fixes only K / tau = 2 per second, where it levels off.
--
-- The same question is put to simulated consensus: a committee by PBFT fills its blocks as the formula says, while blocks
-- of proof of work, which come at random, run full at times and empty at others, and level off later and rounder. The
-- paper does not say which of the two its chain is.
local here = arg[0]:match("^(.*)/") or "."
local common = dofile(here .. "/shared/common.lua")

local block_time, capacity = 5, 10
local rates = { 0.25, 0.5, 1, 1.5, 1.75, 2, 2.25, 2.5, 3, 4 }
local blocks, seeds = 4000, common.sized(2, 10)

local mean, growth, waiting = {}, {}, {}
for i = 1, #rates do mean[i], growth[i], waiting[i] = 0, 0, 0 end
for number = 1, seeds do
  seed(number)
  local filling = consensus.block_filling{
    rates = rates, block_time = block_time, capacity = capacity, blocks = blocks, arrivals = "poisson",
  }
  for i = 1, #rates do
    mean[i] = mean[i] + filling.mean[i] / seeds
    growth[i] = growth[i] + filling.queue_growth[i] / seeds
    waiting[i] = math.max(waiting[i], filling.queue[i])
  end
end

seed(1)
local committee, mining = {}, {}
for i, rate in ipairs(rates) do
  committee[i] = consensus.pbft{
    members = 4, blocks = common.sized(200, 1000), block_time = block_time, latency = 0.1, rate = rate,
    capacity = capacity,
  }.transactions_per_block
  mining[i] = consensus.proof_of_work{
    blocks = common.sized(1500, 20000), interval = block_time, latency = 0.1, rate = rate, capacity = capacity,
  }.transactions_per_block
end

print(("transactions per block, a block every %g s with room for %d; mean of %d seeds of %d blocks"):format(
  block_time, capacity, seeds, blocks))
print("  rate 1/s   fluid   Poisson    queue grows    PBFT   proof of work")
local rows, fluid = {}, {}
for i, rate in ipairs(rates) do
  fluid[i] = math.min(rate * block_time, capacity)
  print(("%10g %7.2f %9.3f %14.3f %7.2f %15.2f"):format(rate, fluid[i], mean[i], growth[i], committee[i], mining[i]))
  rows[i] = { rate, fluid[i], mean[i], growth[i], committee[i], mining[i] }
end

local below, plateau, bounded, growing = true, true, true, true
local rounder, level = true, true
for i, rate in ipairs(rates) do
  if rate < 1.8 then
    below = below and math.abs(mean[i] - rate * block_time) <= 0.1 * rate * block_time
    bounded = bounded and waiting[i] < 20 * capacity and math.abs(growth[i]) < 0.05
    level = level and math.abs(committee[i] - fluid[i]) <= 0.1 * fluid[i]
  elseif rate > 2.2 then
    plateau = plateau and math.abs(mean[i] - capacity) <= 0.02 * capacity
    growing = growing and math.abs(growth[i] - (rate * block_time - capacity)) <= 0.1
    level = level and math.abs(committee[i] - capacity) <= 0.02 * capacity
  end
  rounder = rounder and mining[i] <= capacity
end
common.check("below 1.8 per second blocks hold what comes, within 10 %", below)
common.check("above 2.2 per second they are full, within 2 %", plateau)
common.check("the queue stays bounded below", bounded)
common.check("and grows by what blocks have no room for above", growing)
common.check("a committee's blocks fill by the same formula", level)
common.check("no block holds more than it has room for", rounder)

common.keep_rows("hcfl-figure-6",
  { "rate", "fluid", "poisson", "queue_growth", "pbft", "proof_of_work" }, rows,
  plot.line{
    x = rates, y = { ["as a fluid"] = fluid, ["Poisson"] = mean, ["proof of work"] = mining },
    title = "HCFL, figure 6: transactions per block", x_label = "transactions per second",
    y_label = "transactions per block",
  })
common.verdict("reproduced",
  "it levels off at two transactions a second; by proof of work later and rounder")

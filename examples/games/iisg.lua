-- The incentive game of FL-NFT and PMS-AM in twenty lines: what members report, the equilibrium, and its proof.
--
--   flnft run examples/games/iisg.lua

local reports = {
  sizes = { 5000, 4000, 6000, 5500, 4500 }, losses = { 0.3, 0.5, 0.2, 0.8, 0.4 }, ages = { 3, 6, 4, 12, 8 },
  gradient_norm = { 1.2, 2, 0.8, 3, 1.5 }, frequency = { 3e9, 3.5e9, 4e9, 4.5e9, 5e9 }, providers = 4, budget = 1000,
}
local solution = game.iisg(reports)
print(solution)
assert(solution.max_regret < 1e-9)

-- The formulas by themselves: contributions, loads, and the bids at which every reply is best.
local quality = game.normalised_quality{ sizes = reports.sizes, losses = reports.losses }
local ratios = game.contribution_ratios{
  contributions = game.quality_contribution{ sizes = reports.sizes, losses = reports.losses } }
local value = reports.budget / (2 * #reports.sizes)
for member, ratio in ipairs(ratios) do
  local alike = game.symmetric_equilibrium{ providers = 4, load = quality * ratio, value = value }
  assert(math.abs(alike.bid - solution.quality_bids[member][1]) < 1e-9 * alike.bid)
end

-- The bids as printed are no equilibrium of the printed objective, and a search says who would leave it.
reports.variant = "paper"
local printed = game.iisg(reports)
print(("regret of the printed bids: %.3g of the utility"):format(printed.max_regret))
assert(printed.max_regret > 0.01)

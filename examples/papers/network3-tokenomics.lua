-- Network3's economy over ten years: release, fees, staking and roles, under the corrected rules and the printed exit.
--
--   nothing is lost                     supply = genesis + minted - burned, in every week of every run
--   the release                         half of the mining pool is gone after 208 weeks, as the schedule says
--   burning half of the net gas fees    the supply falls, and never below what circulates
--   leaving a lock early                as printed it costs no premium; with the square the premium goes to those who
--                                       stay
--   cheating                            pays less the more often it is found
--
-- The price comes from a constant-product pool between tokens and cash; how agents behave is in docs/tokens.md. None of
-- that is Network3's, which says nothing about prices: read the curves as comparisons between rules.
local here = arg[0]:match("^(.*)/") or "."
local common = dofile(here .. "/shared/common.lua")
local weeks, runs = common.sized(260, 520), common.sized(4, 50)
seed(1)

local function last(list) return list[#list] end

--- The mean over runs of a column at a step of a subset.
local function at(economy, column, step, subset)
  return economy:band{ column = column, subset = subset or 1 }.mean[step + 1]
end

-- The base case, year by year.
local base = token.simulate{ weeks = weeks, runs = runs }
local columns = {
  "supply", "circulation", "price", "staked_share", "base_apr", "gini", "pool_left", "attack_cost",
}
print(("year  %14s %14s %8s %8s %8s %8s %14s %14s"):format(table.unpack(columns)))
local rows = {}
for year = 0, weeks // 52 do
  local row = { year }
  for _, column in ipairs(columns) do row[#row + 1] = at(base, column, 52 * year) end
  rows[#rows + 1] = row
  print(("%4d  %14.0f %14.0f %8.3f %8.3f %8.4f %8.3f %14.0f %14.0f"):format(table.unpack(row)))
end
local header = { "year", table.unpack(columns) }
common.keep_rows("network3-tokenomics", header, rows, base:plot{ "price" })
if common.folder then
  base:plot{ "staked_share", "locked_share", "gini" }:save(common.folder .. "/network3-tokenomics-shares.svg")
  base:plot{ "base_apr" }:save(common.folder .. "/network3-tokenomics-apr.svg")
  base:plot{ columns = { "attack_cost" }, y_log = true }:save(common.folder .. "/network3-tokenomics-attack.svg")
  base:save(common.folder .. "/network3-tokenomics-runs.csv")
end

local supply, minted, burned, lost = base.supply, base.minted, base.burned, 0
for i, tokens in ipairs(supply) do
  if math.abs(tokens - (1e9 + minted[i] - burned[i])) > 1e-3 then lost = lost + 1 end
end
common.check(("supply = genesis + minted - burned in all %d weeks"):format(#supply), lost == 0)
local half = at(base, "pool_left", 208) / 750e6
common.check(("after 208 weeks %.4f of the mining pool is left"):format(half), math.abs(half - 0.5) < 1e-3)
common.check("the pool is what token.emission says",
  math.abs(at(base, "pool_left", 208) - tonumber(token.emission{ epochs = 208 }.pool_left)) < 1e-3)

-- The release by role.
print("\nreleased in the first week, and in the last, by role")
for _, role in ipairs{ "trainers", "local_validators", "aggregators", "global_validators", "team", "developers", "stakers" } do
  print(("  %-18s %12.0f %12.0f"):format(role, at(base, "reward_" .. role, 1), at(base, "reward_" .. role, weeks)))
end

-- Burning.
local burning = token.simulate{ weeks = weeks, runs = runs, sweep = { burn_bps = { 0, 2500, 5000 } } }
print("\nburned of net fees   supply at the end   price at the end")
for subset, values in ipairs(burning.subsets) do
  print(("  %14.0f %% %19.0f %18.3f"):format(
    values.burn_bps / 100, at(burning, "supply", weeks, subset), at(burning, "price", weeks, subset)))
end
common.check("the more is burned, the less is left", at(burning, "supply", weeks, 3) < at(burning, "supply", weeks, 2)
  and at(burning, "supply", weeks, 2) < at(burning, "supply", weeks, 1))
local existing, excess = burning.supply, 0
for i, tokens in ipairs(burning.circulation) do
  if tokens > existing[i] + 1e-6 then excess = excess + 1 end
end
common.check("no more circulates than there is", excess == 0)

-- Leaving early.
local leaving = token.simulate{ weeks = weeks, runs = runs, sweep = { keep_exponent = { 0, 1, 2 } } }
print("\nk   locks left early   premiums forfeited")
for subset, values in ipairs(leaving.subsets) do
  print(("%d %18.0f %20.2f"):format(values.keep_exponent, at(leaving, "early_exits", weeks, subset),
    at(leaving, "forfeited", weeks, subset)))
end
common.check("as printed an early exit forfeits nothing", at(leaving, "forfeited", weeks, 1) == 0)
common.check("the square takes more than the first power",
  at(leaving, "forfeited", weeks, 3) > at(leaving, "forfeited", weeks, 2) and at(leaving, "forfeited", weeks, 2) > 0)

-- Cheating.
local chances = { 0, 0.02, 0.1, 0.5 }
local cheating = token.simulate{ weeks = weeks, runs = runs, sweep = { detection = chances } }
print("\nfound a week   attackers' part of the agents' tokens")
local parts = {}
for subset, chance in ipairs(chances) do
  parts[subset] = at(cheating, "wealth_attackers", weeks, subset)
  print(("%12.2f %28.4f"):format(chance, parts[subset]))
end
common.check("the more cheats are found, the less they own",
  parts[1] > parts[2] and parts[2] > parts[3] and parts[3] > parts[4])

-- One seed, one outcome.
local again = token.simulate{ weeks = 52, runs = 2 }
local same = token.simulate{ weeks = 52, runs = 2 }
common.check("equal seeds give equal prices", last(again.price) == last(same.price) and again.gini[60] == same.gini[60])
common.verdict("reproduced in shape",
  "release and burning go as described; the printed exit costs no premium, with the square it does")

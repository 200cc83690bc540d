-- Solutions of the exercise sheet finite-games.md, each checked.
local function near(a, b) return math.abs(a - b) < 1e-6 end

-- 1. Dominance by a mixture.
local first = game.normal_form{ row = { { 4, 0 }, { 1, 1 }, { 0, 4 } }, column = { { 1, 0 }, { 0, 1 }, { 1, 0 } } }
local left = first:dominance{}
print(left)
assert(#first:dominance{ mixed = false }.eliminated == 0)
assert(left.rounds == 3 and left.survivors[1][1] == 1 and left.survivors[2][1] == 1)

-- 2. The penalty kick.
local penalty = game.normal_form{
  players = { "striker", "goalkeeper" }, strategies = { { "left", "right" }, { "left", "right" } },
  zero_sum = { { 0.6, 0.9 }, { 0.9, 0.7 } },
}
local kick = penalty:zero_sum()
print(kick)
assert(near(kick.value, 0.78) and near(kick.profile[1][1], 0.4) and near(kick.profile[2][1], 0.4))

-- 3. An odd number of equilibria.
local row = { { 3, 3 }, { 2, 5 }, { 0, 6 } }
local third = game.normal_form{ row = row, column = { { 3, 2 }, { 2, 6 }, { 3, 1 } } }
local all = third:equilibria{}
print(all)
assert(all.count == 3 and not all.degenerate)

-- 4. A segment of equilibria.
local degenerate = game.normal_form{ row = row, column = { { 3, 3 }, { 2, 6 }, { 3, 1 } } }
assert(degenerate:equilibria{}.degenerate)
print(degenerate:equilibria{ method = "vertex_enumeration" })
for _, share in ipairs{ 2 / 3, 0.8, 1 } do
  assert(degenerate:regret{ 1, { share, 1 - share } }.max_regret < 1e-9)
end
assert(degenerate:regret{ 1, { 0.6, 0.4 } }.max_regret > 0.1)

-- 5. Chicken with a mediator.
local chicken = game.normal_form{
  strategies = { { "yield", "dare" }, { "yield", "dare" } }, row = { { 6, 2 }, { 7, 0 } }, column = { { 6, 7 }, { 2, 0 } },
}
local advice = chicken:correlated{}
print(advice)
assert(near(advice.welfare, 10.5) and near(advice.probabilities[1], 0.5))

-- 6. Shapley's game.
local shapley = game.normal_form{
  row = { { 0, 0, 1 }, { 1, 0, 0 }, { 0, 1, 0 } }, column = { { 0, 1, 0 }, { 0, 0, 1 }, { 1, 0, 0 } },
}
local circle = shapley:fictitious_play{ rounds = 50000, start = { 1, 2 } }
print(circle)
assert(not circle.converged)
local matchers = shapley:learn{ learners = "regret_matching", rounds = 50000, seed = 1 }
print(matchers)
assert(matchers.coarse_gap < 0.02)

-- Solutions of the exercise sheet continuous-games.md, each checked.
local function near(a, b, tolerance) return math.abs(a - b) < (tolerance or 1e-5) end

-- 1. Too many firms.
local function oligopoly(firms, tax)
  return game.game{
    players = firms, strategy = { 0, 100 }, parameters = { cost = 10, tax = tax or 0 },
    utility = function(x, p, i)
      local total = 0
      for firm = 1, #x do total = total + x[firm] end
      return x[i] * (100 - total - p.cost) - p.tax * game.where(x[i], ">", 20, x[i] - 20, 0)
    end,
  }
end
for _, firms in ipairs{ 2, 3, 5 } do
  local market = oligopoly(firms)
  assert(near(market:solve().profile[1], 90 / (firms + 1)))
  local start = {}
  for firm = 1, firms do start[firm] = 90 / (firms + 1) + 0.5 end
  local restless = market:solve{ method = "simultaneous", starts = 1, start = start, iterations = 60 }
  print(("%d firms, all answering at once: %s"):format(firms, restless.converged and "settles" or "does not settle"))
  assert(restless.converged == (firms == 2))
end

-- 2. A tax that kinks.
local taxed, heavily = oligopoly(2, 15):solve(), oligopoly(2, 40):solve()
print(("a tax of 15: %.4f each; a tax of 40: %.4f each"):format(taxed.profile[1], heavily.profile[1]))
assert(near(taxed.profile[1], 25) and near(heavily.profile[1], 20, 1e-3))

-- 3. Waste.
local function lobby(cost)
  return game.game{
    players = { "first", "second" }, strategy = { 0, 100 }, parameters = { cost = cost },
    utility = function(x, p, i) return 100 * x[i] / (x[1] + x[2] + 1e-9) - p.cost[i] * x[i] end,
  }:solve().profile
end
local alike, unlike = lobby{ 1, 1 }, lobby{ 1, 3 }
assert(near(alike.first, 25, 1e-4) and near(unlike.first, 18.75, 1e-4) and near(unlike.second, 6.25, 1e-4))

-- 4. Whoever comes first.
local led = game.stackelberg{ game = oligopoly(2), leaders = { "1" } }
print(led)
assert(near(led.profile[1], 45, 1e-3) and near(led.profile[2], 22.5, 1e-3))
assert(near(led.utilities[1], 1012.5, 0.1) and near(led.utilities[2], 506.25, 0.1))

-- 5. Catch me.
local chase = game.game{
  players = { "policeman", "thief" }, strategy = { 0, 1 },
  utility = function(x, p, i) return (i == 1 and -1 or 1) * (x[1] - x[2]) ^ 2 end,
}
local pure = chase:solve()
print(pure)
assert(not pure.converged)
local mixed = chase:solve{ method = "fictitious_play", iterations = 20000 }
local function mean(player, power)
  local sum = 0
  for k, chance in ipairs(mixed.mixed[player].probabilities) do
    sum = sum + chance * mixed.mixed[player].strategies[k] ^ power
  end
  return sum
end
local distance = mean(1, 2) - 2 * mean(1, 1) * mean(2, 1) + mean(2, 2)
print(("the mean square of their distance: %.4f"):format(distance))
assert(near(distance, 0.25, 0.01))

-- 6. How to tell.
local pair = game.game{
  players = 2, strategy = { 0, 2 }, utility = function(x, p, i) return x[1] * x[2] - x[i] ^ 3 / 3 end,
}
local upper = pair:solve{ starts = 1 }
print(upper)
assert(near(upper.profile[1], 1) and near(upper.profile[2], 1) and upper.max_regret < 1e-9)
assert(pair:regret{ profile = { 0, 0 } }.max_regret < 1e-9)

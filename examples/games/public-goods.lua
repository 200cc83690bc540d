-- Public goods with free riders: everybody pays for what all enjoy. Whoever values it most pays alone; the others ride.
local values = { 4, 3, 2, 1 }
local village = game.game{
  players = { "most", "more", "less", "least" }, strategy = { 0, 20 }, parameters = { value = values },
  utility = function(x, p, i) return p.value[i] * math.log(1 + x[1] + x[2] + x[3] + x[4]) - x[i] end,
}
local solution = village:solve()
print(solution)
-- v / (1 + G) = 1 for the one who pays: G = v - 1.
assert(math.abs(solution.profile.most - 3) < 1e-5)
assert(solution.profile.more < 1e-6 and solution.profile.least < 1e-6)

-- All together would pay until the sum of their values over 1 + G is 1: G = 9, three times as much.
local welfare = game.game{
  players = { "village" }, strategy = { 0, 20 }, parameters = { value = 4 + 3 + 2 + 1 },
  utility = function(x, p) return p.value * math.log(1 + x[1]) - x[1] end,
}
local best = welfare:solve().profile[1]
print(("paid for the good: %.3f by free choice, %.3f for the best of all"):format(solution.profile.most, best))
assert(math.abs(best - 9) < 1e-5)

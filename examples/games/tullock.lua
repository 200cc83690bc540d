-- Tullock's contest (1980): n contestants spend for a prize that goes to each with a chance of spending over all
-- spending. In equilibrium everybody spends prize (n - 1) / n^2, so that all together waste the share (n - 1) / n.
local contest = game.game{
  players = { "Ann", "Bob", "Cem", "Dee" }, strategy = { 0, 100 }, parameters = { prize = 100 },
  utility = function(x, p, i)
    local all = 1e-9
    for j = 1, #x do all = all + x[j] end
    return p.prize * x[i] / all - x[i]
  end,
}
local solution = contest:solve()
print(solution)
assert(math.abs(solution.profile.Ann - 100 * 3 / 16) < 1e-4)
assert(solution:verify{ effort = 4 }.max_regret < 1e-4)

-- Someone to whom spending comes dearer spends less, or stays away.
local uneven = game.game{
  players = { "cheap", "dear" }, strategy = { 0, 100 }, parameters = { prize = 100, cost = { 1, 3 } },
  utility = function(x, p, i) return p.prize * x[i] / (x[1] + x[2] + 1e-9) - p.cost[i] * x[i] end,
}
local spent = uneven:solve().profile
print(("spent: %.3f where it costs 1, %.3f where it costs 3"):format(spent.cheap, spent.dear))
-- With two, x_i = prize c_j / (c_1 + c_2)^2.
assert(math.abs(spent.cheap - 100 * 3 / 16) < 1e-4 and math.abs(spent.dear - 100 * 1 / 16) < 1e-4)

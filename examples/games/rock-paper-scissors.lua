-- Rock, paper, scissors: what learners make of a game without an equilibrium in pure strategies.
local names = { "rock", "paper", "scissors" }
local scissors = game.normal_form{
  title = "Rock, paper, scissors", strategies = { names, names }, zero_sum = { { 0, -1, 1 }, { 1, 0, -1 }, { -1, 1, 0 } },
}
assert(scissors:pure_equilibria().count == 0)
local value = scissors:zero_sum()
print(value)
assert(math.abs(value.value) < 1e-9 and value.max_regret < 1e-9)

-- Each rule against itself. What full information promises is kept; bandits, who see less, learn more slowly.
print("rule                  gap to a coarse correlated equilibrium")
for _, rule in ipairs{ "regret_matching", "regret_matching_plus", "hedge", "fictitious_play", "exp3", "ucb1" } do
  local play = scissors:learn{ learners = rule, rounds = 5000, seed = 1 }
  print(("%-20s  %.4f"):format(rule, play.coarse_gap))
  assert(play.converged)
end

-- Unlike rules may meet, and their regrets be looked at beside the bounds.
local play = scissors:learn{ learners = { "hedge", "regret_matching" }, rounds = 5000, seed = 1 }
print(play)
print(game.plot_regret(play))

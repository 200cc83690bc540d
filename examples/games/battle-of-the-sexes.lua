-- The battle of the sexes: three equilibria, and a coin that both watch.
local sexes = game.normal_form{
  title = "Battle of the sexes", players = { "Ann", "Bob" },
  strategies = { { "opera", "football" }, { "opera", "football" } },
  row = { { 3, 0 }, { 0, 2 } }, column = { { 2, 0 }, { 0, 3 } },
}
local nash = sexes:equilibria{}
print(nash)
assert(nash.count == 3)

-- The mixed equilibrium is bad for both: they miss each other more often than not.
local mixed = nash.equilibria[3]
assert(math.abs(mixed.profile[1][1] - 0.6) < 1e-9 and math.abs(mixed.utilities[1] - 1.2) < 1e-9)

-- A coin that both see is fair to both, and nobody gains by not following it.
local coin = sexes:correlated{ objective = "egalitarian" }
print(coin)
assert(math.abs(coin.utilities[1] - 2.5) < 1e-6 and coin.max_regret < 1e-9)

-- Which equilibrium populations come to depends on where they begin.
for _, share in ipairs{ 0.3, 0.5, 0.7 } do
  local finally = sexes:replicator{ start = { { share, 1 - share }, { 0.5, 0.5 } }, time = 200 }
  print(("a share of %g for the opera becomes %.3f"):format(share, finally.profile[1][1]))
  assert(finally.converged)
end

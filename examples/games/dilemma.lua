-- The prisoners' dilemma: what cannot be rational, and what is lost by it.
local dilemma = game.normal_form{
  title = "Prisoners' dilemma", players = { "Ann", "Bob" },
  strategies = { { "cooperate", "defect" }, { "cooperate", "defect" } },
  row = { { 3, 0 }, { 5, 1 } }, column = { { 3, 5 }, { 0, 1 } },
}
print(dilemma)

-- Cooperating is strictly dominated, so that one profile is left.
local left = dilemma:dominance{}
print(left)
assert(left.survivors[1][1] == 2 and #left.survivors[1] == 1)

local nash = dilemma:equilibria{}
print(nash)
assert(nash.count == 1 and nash.max_regret == 0)

-- Both would be better off if they could bind themselves.
local together = dilemma:regret{ "cooperate", "cooperate" }
print(("both cooperate: %g each; each would gain %g by defecting"):format(together.utilities[1], together.max_regret))
assert(together.max_regret == 2)

-- Players of little rationality cooperate now and then.
for _, rationality in ipairs{ 0, 0.5, 1, 2, 4 } do
  local logit = dilemma:logit{ rationality = rationality }
  print(("rationality %3g: cooperates with probability %.4f"):format(rationality, logit.profile[1][1]))
  assert(logit.converged)
end

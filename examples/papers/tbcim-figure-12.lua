-- TBCIM, figure 12: a fifth of the edge servers is down from round 15 to 30; training dips and recovers. Acceptance
-- after the specification, section 7: the end is within 3 points of a run without failures, and no round is lost.
local here = arg[0]:match("^(.*)/") or "."
local common = dofile(here .. "/shared/common.lua")
local rounds, first, last = common.sized(16, 100), common.sized(5, 15), common.sized(9, 30)
local set = common.digits(common.sized(6000, 50000), common.sized(1000, 10000))
local accuracies, taking_part = {}, {}
for _, case in ipairs{ "all servers", "a fifth down" } do
  local failing
  if case == "a fifth down" then failing = 0.2 end
  local fed = fl.federation{
    data = set, clients = 30, stations = 5, partition = "dirichlet", concentration = 0.3, iteration = "epoch",
    learning_rate = 0.01, momentum = 0, seed = 1, failing_stations = failing, failure_start = first,
    failure_end = last,
  }
  local result = fed:train{ rounds = rounds, iterations = 5 }
  accuracies[case], taking_part[case] = result.accuracy, result.participants
end
print(plot.line{ y = accuracies, title = "failing edge servers", x_label = "round", y_label = "test accuracy" })
common.keep("tbcim-figure-12", accuracies, plot.line{
  y = accuracies, title = "failing edge servers", x_label = "round", y_label = "test accuracy" })
local with, without = accuracies["a fifth down"], accuracies["all servers"]
print(("at the end: %.2f %% with failures, %.2f %% without"):format(100 * with[rounds], 100 * without[rounds]))
common.check("a fifth of the members is silent in the window, and nobody outside it",
  taking_part["a fifth down"][first] == 24 and taking_part["a fifth down"][first - 1] == 30
    and taking_part["a fifth down"][last + 1] == 30)
common.check("the end is within 3 points of the run without failures", math.abs(with[rounds] - without[rounds]) <= 0.03)
common.check("every round has its model", #with == rounds)
common.verdict("reproduced",
  "training dips and recovers; no round is lost")

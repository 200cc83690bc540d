-- An auction that nobody designed: a network is trained for the seller's revenue, with a penalty on what lies gain.
--
-- One bidder, two things, values uniform from 0 to 1. The best auction is known here (Manelli and Vincent 2006): a price
-- for each thing and a lower one for both, 0.5492 in all.
--
--   flnft run examples/mechanisms/learned.lua
local learned = auction.learn{ bidders = 1, items = 2, iterations = 400, hidden = { 32, 32 }, seed = 1 }
print(learned)
local measured = learned:evaluate{ profiles = 500, starts = 3, steps = 50 }
print(measured)

-- It comes near the best revenue, and lies still gain a little: what it earns by them is no merit.
assert(measured.revenue > 0.45 and measured.revenue < 0.62)
assert(measured.mean_regret < 0.05)

-- The auditor says so in its own words: nobody pays more than its value, and yet it pays to lie.
local report = learned:mechanism():audit{ properties = { "ir", "ic", "weak_bb", "feasibility" }, trials = 300 }
print(report)
assert(report.feasibility:match("^not violated") and report.weak_bb:match("^not violated"))
assert(report.ic == "violated")
print(report:counterexample("ic").sentence)

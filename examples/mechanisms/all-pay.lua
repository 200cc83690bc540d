-- An all-pay contest: the highest bid wins, and everybody pays its bid. Contests among those who train models for a
-- prize are of this kind: the work is done, whoever wins.

local function contest(name, bid_for)
  return auction.mechanism{
    name = name, bidders = 2, value = { 0, 1 },
    rule = function(values)
      local bids, best = {}, 1
      for i, value in ipairs(values) do
        bids[i] = bid_for(value)
        if bids[i] > bids[best] then best = i end
      end
      return { winner = best, payments = bids }
    end,
  }
end

-- Bidding the value itself: the loser pays for nothing.
local naive = contest("all-pay, bids are reports", function(value) return value end):audit()
print(naive)
assert(naive.ir == "violated" and naive.ic == "violated" and naive.ex_ante_ir == "violated")
print(naive:counterexample("ir"))

-- In the equilibrium for two uniform values each bids half the square of its value. A mechanism that bids so for
-- everybody rewards the truth on average, though not against every report, and nobody expects a loss, though somebody
-- always has one.
local fair = contest("all-pay, in equilibrium", function(value) return value ^ 2 / 2 end):audit()
print(fair)
assert(fair.bayesian_ic == "not violated" and fair.ic == "violated")
assert(fair.interim_ir == "not violated" and fair.ir == "violated")

-- It brings in as much as a second price would, 1/3 on average: revenue equivalence.
assert(math.abs(fair.revenue - 1 / 3) < 4 * fair.revenue_error)

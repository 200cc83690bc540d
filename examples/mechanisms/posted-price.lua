-- A posted price: whoever values the model at least as much gets a copy and pays it.
--
-- Nothing that anybody reports changes the price, so the truth is the best report. What it costs is welfare: those who
-- value the model, but less than the price, go without.

local function posted(price)
  return auction.mechanism{
    name = ("posted price %.2f"):format(price), bidders = 3, value = { 0, 1 }, units = math.huge,
    rule = function(bids)
      local winners = {}
      for i, bid in ipairs(bids) do if bid >= price then winners[#winners + 1] = i end end
      return { winners = winners, price = price }
    end,
  }
end

local report = posted(0.5):audit()
print(report)
assert(report.ic == "not violated" and report.ir == "not violated" and report.weak_bb == "not violated")
assert(report.efficiency == "violated")
print(report:counterexample("efficiency"))

-- Which price brings in most? For uniform values p (1 - p) is largest at one half.
local prices, rules = { 0.2, 0.35, 0.5, 0.65, 0.8 }, {}
for i, price in ipairs(prices) do rules[i] = posted(price) end
local compared = audit.compare{ mechanisms = rules, properties = { "ic", "efficiency" } }
print(compared)
local best = 1
for i, revenue in ipairs(compared.revenue) do if revenue > compared.revenue[best] then best = i end end
assert(prices[best] == 0.5)

-- A price that follows the bids is another matter: who asks for less pays less.
local follower = auction.mechanism{
  name = "half the mean bid", bidders = 3, units = math.huge,
  rule = function(bids)
    local price = (bids[1] + bids[2] + bids[3]) / 6
    local winners = {}
    for i, bid in ipairs(bids) do if bid >= price then winners[#winners + 1] = i end end
    return { winners = winners, price = price }
  end,
}
local caught = follower:audit{ properties = { "ic" } }
assert(caught.ic == "violated")
print(caught:counterexample("ic"))

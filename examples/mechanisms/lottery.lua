-- Lotteries. A rule that draws has no outcome that could be judged; what can be judged is each one's chance to win and
-- its mean payment. Amounts are therefore chances here, and payments are means.

-- Drawing inside the rule: the auditor notices that the same reports have different outcomes.
local drawing = auction.mechanism{
  name = "draws a winner", bidders = 3,
  rule = function(bids) return { winner = math.random(#bids), price = 0 } end,
}
local report = drawing:audit{ trials = 200, properties = { "ir" } }
assert(report.remarks[1]:find("answers differently"))
print(report.remarks[1])

-- Everybody has the same chance and pays nothing: truthful, envy-free, and wasteful.
local fair = auction.mechanism{
  name = "fair lottery", bidders = 3,
  rule = function() return { allocation = { 1 / 3, 1 / 3, 1 / 3 }, price = 0 } end,
}

-- Chances in proportion to the bids, as in a raffle where everybody pays for its tickets.
local raffle = auction.mechanism{
  name = "raffle", bidders = 3, value = { 0, 1 },
  rule = function(bids)
    local all = bids[1] + bids[2] + bids[3]
    if all == 0 then return { allocation = { 1 / 3, 1 / 3, 1 / 3 }, price = 0 } end
    return { allocation = { bids[1] / all, bids[2] / all, bids[3] / all }, payments = bids }
  end,
}

-- The same chances with the payments that Myerson's lemma asks for: bid times chance, less the area under the chance.
-- With s for the others' bids, the chance x / (x + s) has the area b - s log(1 + b / s).
local mended = auction.mechanism{
  name = "raffle, mended", bidders = 3, value = { 0, 1 },
  rule = function(bids)
    local all = bids[1] + bids[2] + bids[3]
    if all == 0 then return { allocation = { 1 / 3, 1 / 3, 1 / 3 }, price = 0 } end
    local chances, payments = {}, {}
    for i, bid in ipairs(bids) do
      local others = all - bid
      chances[i] = bid / all
      local area = others > 0 and bid - others * math.log(1 + bid / others) or bid
      payments[i] = bid * chances[i] - area
    end
    return { allocation = chances, payments = payments }
  end,
}

local compared = audit.compare{ fair, raffle, mended }
print(compared)
assert(compared.ic[1] == "not violated" and compared.ic[2] == "violated" and compared.ic[3] == "not violated")
assert(compared.payment_identity[3] == "not violated" and compared.efficiency[3] == "violated")
print(compared.reports[2]:counterexample("ic"))

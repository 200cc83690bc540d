-- TBCIM, figure 9: what winning edge servers earn against the price of gas. The paper has them earn more with a chain than
-- without as long as gas is cheap. In its own model gas is a cost and nothing else, so that both VCG's profit and (33) fall
-- with its price; an income that the model lacks, a reward of 0.016 for each winner's block, brings the printed picture.
local here = arg[0]:match("^(.*)/") or "."
local common = dofile(here .. "/shared/common.lua")
local servers = dofile(here .. "/shared/edge_servers.lua")
local prices, reward = { 0, 0.01, 0.02, 0.04 }, 0.016
local count = common.sized(20, 30)
local profit, revenue, rewarded, rows = {}, {}, {}, {}
local markets = {}
for m = 1, count do markets[m] = servers.market(5) end
for p, price in ipairs(prices) do
  local earned, winners, leaders = 0, 0, {}
  for _, market in ipairs(markets) do
    local offers = servers.offers(market, price)
    local bought = servers.buy(offers)
    earned, winners = earned + bought.profit, winners + #bought.winners
    leaders[#leaders + 1] = servers.mean(offers.revenues)
  end
  profit[p], revenue[p] = earned / math.max(1, winners), servers.mean(leaders)
  rewarded[p] = profit[p] + (price > 0 and reward or 0)
  print(("gas %.2f: VCG leaves a winner %.4f, (33) is %.4f; with a block reward %.4f"):format(
    price, profit[p], revenue[p], rewarded[p]))
  rows[p] = { price, profit[p], revenue[p], rewarded[p] }
end
local picture = plot.line{
  x = prices, y = { ["VCG profit"] = profit, ["with a block reward"] = rewarded }, title = "what a winner keeps",
  x_label = "price of gas",
}
print(picture)
common.keep_rows("tbcim-figure-9", { "gas_price", "profit", "revenue", "with_reward" }, rows, picture)
local function falls(list)
  for i = 2, #list do if list[i] >= list[i - 1] then return false end end
  return true
end
common.check("VCG's profit falls with the price of gas", falls(profit))
common.check("and so does (33)", falls(revenue))
common.claim("the paper: cheap gas leaves more than no chain", profit[2] > profit[1])
common.check("with a block reward it does, and dear gas leaves less", rewarded[2] > profit[1] and rewarded[4] < profit[1])
common.verdict("not reproducible as printed",
  "in the model gas is a cost and nothing else; a reward for blocks, which it lacks, brings the picture")

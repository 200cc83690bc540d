-- TBCIM, figure 8: social welfare and how many are selected, for 3, 5 and 10 edge servers, with and without the cost of gas.
-- The winners are the exact optimum; each server first chooses its devices and their price. What is checked: welfare
-- rises with the number of servers and falls with gas, and in every market fewer devices are selected the dearer gas is.
-- The paper has fewer winners the more servers there are; at the optimum there are more, of whom gas leaves a smaller part.
local here = arg[0]:match("^(.*)/") or "."
local common = dofile(here .. "/shared/common.lua")
local servers = dofile(here .. "/shared/edge_servers.lua")
local prices = { 0, 0.01, 0.02, 0.04 }
local count, violations = common.sized(12, 30), 0
local rows, welfare, winners = {}, {}, {}
for _, size in ipairs{ 3, 5, 10 } do
  welfare[size], winners[size] = {}, {}
  local devices = {}
  for p in ipairs(prices) do welfare[size][p], winners[size][p], devices[p] = 0, 0, 0 end
  for _ = 1, count do
    local market, before = servers.market(size), math.huge
    for p, price in ipairs(prices) do
      local bought = servers.buy(servers.offers(market, price))
      welfare[size][p] = welfare[size][p] + bought.welfare / count
      winners[size][p] = winners[size][p] + #bought.winners / count
      devices[p] = devices[p] + #bought.emds / count
      if #bought.emds > before then violations = violations + 1 end
      before = #bought.emds
    end
  end
  for p, price in ipairs(prices) do
    print(("S = %2d, gas %.2f: welfare %.3f, winners %.1f, devices %.1f"):format(
      size, price, welfare[size][p], winners[size][p], devices[p]))
    rows[#rows + 1] = { size, price, welfare[size][p], winners[size][p], devices[p] }
  end
end
local picture = plot.line{
  x = prices, y = { ["S = 3"] = welfare[3], ["S = 5"] = welfare[5], ["S = 10"] = welfare[10] },
  title = "social welfare", x_label = "price of gas",
}
print(picture)
common.keep_rows("tbcim-figure-8", { "servers", "gas_price", "welfare", "winners", "devices" }, rows, picture)
common.check("welfare rises with the number of servers", welfare[3][1] < welfare[5][1] and welfare[5][1] < welfare[10][1])
for _, size in ipairs{ 3, 5, 10 } do
  common.check(("S = %d: gas lowers welfare"):format(size), welfare[size][3] <= welfare[size][1])
end
common.check("in every market dearer gas selects no more devices", violations == 0)
local drop = function(size) return winners[size][1] - winners[size][3] end
common.check("gas of 0.02 takes 1 to 4 winners of ten servers, at most 2 of five, hardly one of three",
  drop(10) >= 1 and drop(10) <= 4 and drop(5) >= 0 and drop(5) <= 2 and drop(3) < 0.5)
common.claim("the paper: the more servers, the fewer winners", winners[10][3] < winners[3][3])
common.verdict("reproduced in shape",
  "welfare and selection go as drawn; more servers mean more winners, not fewer")

-- TBCIM's lower level as a game that one writes: an edge server leads with a price, devices follow with resources.
--
--   flnft run examples/games/edge-server-game.lua
local d, theta = { 1100, 900, 1400 }, { 0.27, 0.54, 0.81 }
local p = { d = d, theta = theta, kappa = 1, unit = 250, beta = { 7e-10, 9e-10, 6e-10 }, worth = 4e-5 }

-- (34), in small units of money: a fee for resources by data and their quality, less the cost of computing. The server
-- values what it pays for at `worth` a unit, an extension: as printed it gains nothing by resources, and its price is 0.
local market = game.game{
  players = {
    { name = "server", strategy = { 0, 4 }, utility = function(x, p)
      local bought = 0
      for i = 1, #p.d do bought = bought + p.d[i] / (p.kappa * p.theta[i]) * x[i + 1] end
      return (p.worth * 1e5 - x.server) * bought / 1e4
    end },
    { name = "near", strategy = { 0, 500 } }, { name = "middle", strategy = { 0, 500 } }, { name = "far", strategy = { 0, 500 } },
  },
  parameters = p,
  utility = function(x, p, i)
    local n = i - 1
    local fee = x.server * p.d[n] * x[i] / (p.kappa * p.theta[n])
    return (fee - 1e5 * p.d[n] * p.unit * p.beta[n] * x[i] ^ 2) / 1e4
  end,
}
local solution = game.stackelberg{ game = market, leaders = { "server" } }
print(solution)

-- Half of what a unit is worth, whoever the devices are; and the answers of (36), by the function made for them.
local price = solution.profile.server
assert(math.abs(price - 2) < 1e-3)
for n = 1, #d do
  local answer = game.follower_response{
    price = price * 1e-5, sizes = d[n], emds = theta[n], computation_price = p.beta[n], emd_weight = p.kappa }
  print(("device %d: %.3f by the game, %.4f by (36)"):format(n, solution.profile[n + 1], answer[1]))
  assert(math.abs(solution.profile[n + 1] - answer[1]) < 1e-3)
end

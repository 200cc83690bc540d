-- Cournot (1838): firms choose quantities, the price falls with their sum. With n firms, price a - Q and unit cost c,
-- everybody makes (a - c) / (n + 1).
local function oligopoly(firms, cost)
  return game.game{
    players = firms, strategy = { 0, 100 }, parameters = { choke = 100, cost = cost },
    utility = function(x, p, i)
      local total = 0
      for firm = 1, #x do total = total + x[firm] end
      return x[i] * (p.choke - total - p.cost)
    end,
  }
end

for _, firms in ipairs{ 1, 2, 5, 20 } do
  local solution = oligopoly(firms, 10):solve{ starts = 2 }
  print(("%2d firms make %7.4f each, and nobody gains more than %.1e by another quantity"):format(
    firms, solution.profile[1], solution.max_regret))
  assert(solution.converged and math.abs(solution.profile[1] - 90 / (firms + 1)) < 1e-6)
end

-- Everybody answering everybody at once overshoots from three firms on; half steps do not.
local five = oligopoly(5, 10)
local wild = five:solve{ method = "simultaneous", starts = 1, iterations = 200 }
local tame = five:solve{ method = "simultaneous", damping = 0.3, starts = 1 }
print(("simultaneous answers settle: %s; at a damping of 0.3: %s"):format(wild.converged, tame.converged))
assert(tame.converged)

-- The first mover makes half of what a monopolist of the market would leave: von Stackelberg's duopoly.
local led = game.stackelberg{ game = oligopoly(2, 10), leaders = { "1" } }
print(led)
assert(math.abs(led.profile[1] - 45) < 1e-3 and math.abs(led.profile[2] - 22.5) < 1e-3)

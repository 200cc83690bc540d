-- A congestion game: four drivers, a short road that fills up and a long one that does not (Rosenthal 1973).
local drivers = 4
local function delay(road, cars) return road == 1 and 10 + 10 * cars or 35 end

local roads = game.normal_form{
  title = "Two roads", players = { "Ann", "Bob", "Cem", "Dee" },
  strategies = { { "short", "long" }, { "short", "long" }, { "short", "long" }, { "short", "long" } },
  payoffs = function(...)
    local chosen, cars = { ... }, { 0, 0 }
    for _, road in ipairs(chosen) do cars[road] = cars[road] + 1 end
    local utilities = {}
    for i, road in ipairs(chosen) do utilities[i] = -delay(road, cars[road]) end
    return table.unpack(utilities)
  end,
}
print(roads)

-- Congestion games have potentials, hence equilibria in pure strategies: two take the short road.
local pure = roads:pure_equilibria()
print(pure)
assert(pure.count == 6)
for _, equilibrium in ipairs(pure.equilibria) do
  local short = 0
  for _, mixture in ipairs(equilibrium.profile) do short = short + mixture[1] end
  assert(short == 2)
end

-- A dispatcher could save time without anybody wanting to deviate: compare the best and the worst advice.
local best, worst = roads:correlated{}, roads:correlated{ objective = "least_welfare" }
print(("minutes lost together: %.1f with the best advice, %.1f with the worst"):format(-best.welfare, -worst.welfare))
assert(best.welfare >= worst.welfare and best.max_regret < 1e-7)

-- Drivers who learn spread over the roads by themselves.
local daily = roads:learn{ learners = "regret_matching", rounds = 5000, seed = 2 }
print(daily)
assert(daily.coarse_gap < 1)

-- Providers who do not solve the game but learn to bid, round after round, and where they end up.
local market = { values = { 10, 10, 12 }, loads = 0.2, rounds = 10000, seed = 1 }
for _, rule in ipairs{ "regret_matching_plus", "hedge", "exp3" } do
  market.learners = rule
  local outcome = game.repeated_market(market)
  print(outcome)
  if rule ~= "exp3" then
    -- Within a step of the grid of the bids at equilibrium.
    local step = outcome.bids[2] - outcome.bids[1]
    for i, bid in ipairs(outcome.late_bid) do assert(math.abs(bid - outcome.equilibrium_bid[i]) < step) end
  end
end

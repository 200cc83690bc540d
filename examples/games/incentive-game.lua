-- The incentive game of FL-NFT (IISG) in twenty lines: providers bid for members' quality, members answer with work.
local providers, members = 3, { cost = { 2, 3 }, share = { 0.6, 0.4 } }
local p = { value = 50, quality = 0.8, sigma = 0.5, cost = members.cost, share = members.share }

-- Stage I: each provider bids for every member, and gets a share of it as its bid is to all bids (corrected objective).
local bidding = game.game{
  players = providers, strategy = game.box{ lower = { 0, 0 }, upper = { 50, 50 } }, parameters = p,
  utility = function(x, p, i)
    local worth = 0
    for m = 1, #p.share do
      local all = 1e-9
      for j = 1, #x do all = all + x[j][m] end
      worth = worth + (p.value - x[i][m]) * x[i][m] / all - p.quality * p.share[m] * x[i][m]
    end
    return worth
  end,
}
local bids = bidding:solve{ starts = 2 }
-- Stage II: what all bids are worth to a member decides how many iterations it works.
local work = game.game{
  players = #members.cost, strategy = { 0, 1e6 }, parameters = p,
  utility = function(x, p, i)
    local benefit = 0
    for j = 1, providers do benefit = benefit + bids.profile[j][i] * p.quality * p.share[i] end
    return benefit * x[i] ^ (1 - p.sigma) / (1 - p.sigma) - p.cost[i] * x[i]
  end,
}
local efforts = work:solve{ starts = 2 }
print(bids, efforts)

-- Both stages have closed forms, which the papers print and the specification mends.
for m = 1, #p.share do
  local load = p.quality * p.share[m]
  local bid = game.symmetric_equilibrium{ value = p.value, load = load, providers = providers }.bid
  local effort = (providers * bid * load / p.cost[m]) ^ (1 / p.sigma)
  print(("member %d: bid %.6f, by the closed form %.6f; effort %.6f, by the closed form %.6f"):format(
    m, bids.profile[1][m], bid, efforts.profile[m], effort))
  assert(math.abs(bids.profile[1][m] - bid) < 1e-5 and math.abs(efforts.profile[m] / effort - 1) < 1e-5)
end

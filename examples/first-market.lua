-- A whole market: members train a model together, the game sets how much each of them works, the model is minted as an
-- NFT, sold by sealed bids, paid for on a ledger, and audited.
--
--   scripts/run examples/first-market.lua [ROUNDS]
local rounds = tonumber(arg[1]) or 28
local started = os.clock()

local function step(number, title)
  print(("\n%d. %s"):format(number, title))
end

-- 1. The federation -------------------------------------------------------------------------------------------------
step(1, "A federation of metaverse users")
local found, set = pcall(data.mnist, {})
if not found then
  print("MNIST is not on this machine (" .. set.message .. "); digits are drawn from strokes instead.")
  set = data.digits{ train = 20000, test = 4000 }
end
print(set)

-- Processors from 3 to 5 GHz, attitudes to privacy from half to one and a half, an epoch as one local iteration, which
-- takes a quarter of a second at 4 GHz.
local samples = math.min(50000, set.train_count)
local fed = fl.federation{
  data = set, clients = 10, samples = samples, model = fl.mlp{ 784, 64, 10 },
  batch = 64, learning_rate = 0.01, momentum = 0.5, iteration = "epoch", cycles_per_sample = 1e10 / samples,
  noise = "update", attitude_spread = 0.5,
}
print(fed:members())
print("noise on each update: " .. fed.guarantee)

-- 2. The game -------------------------------------------------------------------------------------------------------
step(2, "The game of its members and five service providers")
local budgets = { 800, 900, 1000, 1100, 1200 }
local function solve(federation)
  return game.iisg{ federation = federation, budget = budgets }
end
local solution = solve(fed)
print(solution)

-- 3. Training -------------------------------------------------------------------------------------------------------
step(3, "Training by these strategies, the game played anew before each round")
local history = fed:train{ rounds = rounds, strategy = solve }
print(history)
print(plot.line{ y = fed.accuracies, title = "accuracy on the test images", x_label = "round" })
print(("test accuracy %.2f %% after %d rounds, %.0f simulated seconds"):format(
  100 * fed.accuracy, fed.round, fed.simulated_seconds))
solution = solve(fed)

-- 4. Minting --------------------------------------------------------------------------------------------------------
step(4, "The model becomes an FL-NFT, and the organisation votes its price")
local book = ledger.create{ path = "market.sqlite", replace = true }
book:advance(fed.simulated_seconds)
local names = {}
for i = 1, fed.clients do names[i] = "MU " .. i end
local dao = book:dao{ name = "Aurora", members = names }
local nft = dao:mint{ name = "digits-28x28", federation = fed, contributions = solution.quality_ratios }
print(nft)
local vote = dao:vote{ token = nft.token, asks = solution.benefit }
print(vote)

-- A second organisation with a model of its own: prices come from competition.
local rival = book:dao{ name = "Borealis", members = { "BU 1", "BU 2", "BU 3" } }
local other = rival:mint{
  name = "digits-rival", model_hash = ("5e"):rep(32), round = 20, architecture = "784-32-10", dataset = set.name,
}

-- 5. The auction ----------------------------------------------------------------------------------------------------
step(5, "A sealed-bid double auction")
for j, budget in ipairs(budgets) do book:open_account{ name = "MSP " .. j, amount = budget } end
local sale = book:auction{ name = "digits, spring", duration = 60 }
sale:ask{ seller = dao.name, price = vote.ask, token = nft.token }
sale:ask{ seller = rival.name, price = 1.25 * vote.ask, token = other.token }
for j, budget in ipairs(budgets) do
  -- What the provider bids in the game for all members together; its whole budget as the deposit hides the bid.
  local quality, freshness = 0, 0
  for i = 1, fed.clients do
    quality = quality + solution.quality_bids[i][j]
    freshness = freshness + solution.freshness_bids[i][j]
  end
  book:advance(1)
  local commitment = sale:bid{ bidder = "MSP " .. j, quality = quality, freshness = freshness, deposit = budget }
  print(("MSP %d commits to %s..."):format(j, commitment:sub(1, 16)))
end
sale:close()
print(sale:open_bids())
local outcome = sale:clear{ rule = "shared_cost" }
print(outcome)

-- 6. Settlement -----------------------------------------------------------------------------------------------------
step(6, "Settlement, shares, audit")
local settled = sale:settle()
print(settled.title)
local receipt = settled.receipts[dao.name]
local weights = {}
for i = 1, fed.clients do
  weights[i] = vote.approved[i] and solution.quality_ratios[i] + solution.freshness_ratios[i] or 0
end
local shares = dao:share{ receipt = receipt, weights = weights }
print(shares)
print(book:accounts())
local verdict = audit.market{ sale = sale, game = solution, receipt = receipt, shares = shares.share }
print(verdict)
assert(verdict.holds, "the market broke a promise")
local proof = book:verify()
print("ledger: " .. proof:summary())
assert(proof.sound)

-- 7. What is left ---------------------------------------------------------------------------------------------------
step(7, "What is left")
print("market.sqlite holds the chain; check it again with")
print("  flnft eval 'ledger.open(\"market.sqlite\"):verify()'")
print("head " .. proof.head)
print("model " .. fed.model_hash)
io.stderr:write(("processor time %.0f s\n"):format(os.clock() - started))
book:close()

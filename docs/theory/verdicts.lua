-- Writes docs/theory/verdicts.md to standard output: every mechanism of the sources, judged by the same means.
--
--   scripts/verdicts
local properties = { "ir", "ic", "weak_bb", "strong_bb", "efficiency", "feasibility" }
local trials = 1000

local function sealed(pricing, units)
  return auction.sealed_bid{ bidders = 4, pricing = pricing, units = units or 1, value = { 0, 10 } }
end

local function market(rule, price)
  return auction.two_sided{ sellers = 3, buyers = 4, rule = rule, buyer_price = price, value = { 0, 10 } }
end

local function project(rule)
  return auction.public_project{ owners = 3, stations = 2, prices = { 1, 0.5 }, rule = rule }
end

local function variant(options)
  options.owners, options.stations = options.owners or 3, options.stations or 2
  if not options.intervals and not options.models then options.prices = { 1, 0.5 } end
  return auction.public_project(options)
end

--- Small enough for every profile and every lie to be gone through.
local function whole(options)
  options.owners, options.stations, options.amounts = 2, 1, { 0, 0.4, 1 }
  return variant(options)
end

local function sealed_market(options)
  options.buyers, options.value, options.rule = 3, { 0, 10 }, options.rule or "mcafee"
  return auction.sealed_market(options)
end

local valuations, alike = { { 4, 1 }, { 3, 1 } }, { 0.4, 0.1, 0.1, 0.4 }
local extraction = auction.full_extraction{ valuations = valuations, prior = alike }
local correlated = {}
for place, probability in ipairs(alike) do
  local first, second = (place - 1) // 2 + 1, (place - 1) % 2 + 1
  correlated[place] = {
    values = { { valuations[1][first], first }, { valuations[2][second], second } }, probability = probability }
end

local sizes, emds = { 20000, 15000, 10000 }, { 0.8, 0.5, 0.3 }

local function sellers(rule, count)
  return auction.seller_market{
    sizes = sizes, emds = emds, value_scale = 10, cost = { 0, 1 }, rule = rule, count = count }
end

local chapters = {
  { "Auctions of equal units", "Four bidders want a unit each; values lie between 0 and 10.", {
    { "first price", sealed("first"), "not truthful: winners shade" },
    { "second price", sealed("second"), "truthful (Vickrey 1961)" },
    { "uniform price, highest losing bid, 2 units", sealed("second", 2), "truthful" },
    { "uniform price, lowest winning bid, 2 units", sealed("uniform", 2), "not truthful" },
    { "third price", auction.sealed_bid{ bidders = 4, pricing = "ranked", rank = 3, value = { 0, 10 } }, "not truthful" },
    { "second price, reserve of 5", auction.sealed_bid{ bidders = 4, reserve = 5, value = { 0, 10 } },
      "truthful; keeps what nobody bids 5 for" },
    { "all-pay", sealed("all_pay"), "losers pay" },
  } },
  { "Double auctions", "Three sellers and four buyers; a model that is sold (shared cost, PMS-AM) can be sold to many.", {
    { "PMS-AM, highest losing bid", market("paper", "uniform_next"), "IR, IC and BB (theorems 3 and 4, lemma 1)" },
    { "PMS-AM, the bid below the own", market("paper", "gsp"), "the same" },
    { "PMS-AM, second bid of all", market("paper", "second"), "the same" },
    { "shared cost", market("shared_cost"), "ours, in its place" },
    { "McAfee", market("mcafee"), "IR, IC, weak BB (McAfee 1992)" },
    { "trade reduction", market("trade_reduction"), "IR, IC, weak BB" },
  } },
  { "PMS-AM's sale", "Members vote on each other's asks, and share what comes in; then bids are sealed.", {
    { "vote as printed", auction.member_vote{ benefits = { 1, 2, 3 }, receipt = 30, variant = "paper" },
      "who asks too much is refused (34)" },
    { "vote on evidence, none found", auction.member_vote{ benefits = { 1, 2, 3 }, receipt = 30 },
      "ours: truthful" },
    { "vote on evidence against one",
      auction.member_vote{ benefits = { 1, 2, 3 }, receipt = 30, evidence = { false, true, false } },
      "ours: on that one, votes have a motive" },
    { "sealed bids and asks, McAfee", sealed_market{ sellers = 2 }, "IR, IC, weak BB" },
    { "sealed bids and asks, shared cost", sealed_market{ sellers = 2, rule = "shared_cost" },
      "IR, IC, BB to the millionth" },
    { "asks computed from the sealed bids, McAfee", sealed_market{ ask_shares = { 0.2, 0.3 } },
      "as printed: asks are sums of what is bid" },
    { "asks computed from a forecast, McAfee", sealed_market{ ask_shares = { 0.2, 0.3 }, forecast = 30 },
      "ours: IR, IC, weak BB" },
    { "deposits below the largest bid, McAfee", sealed_market{ sellers = 2, deposit = 12 }, "larger bids are discarded" },
  } },
  { "The public project of HCFL", "Three owners and two stations decide on one of two models.", {
    { "taxes as printed", project("printed"), "IC and BB (HCFL III.C)" },
    { "two taxes side by side", project("side"), "another reading" },
    { "one tax for both sides", project("joint"), "ours: truthful, a weak surplus" },
    { "the same, shares by capability", variant{ owner_weights = { 3, 2, 1 }, station_weights = { 1, 4 } },
      "truthful for any known weights" },
    { "the same, posted intervals and a beacon", variant{ intervals = { { 0.5, 1 }, { 0.2, 0.8 } } },
      "ours: nobody moves the price" },
    { "the same, prices between claims and bids", variant{ models = 2, beacon = 0.5 }, "C_m as printed" },
    { "two owners, a station, three amounts: one tax", whole{}, "truthful, a weak surplus" },
    { "the same, shares by capability", whole{ owner_weights = { 3, 1 } }, "truthful" },
    { "the same, a posted interval, beacon at 0.3", whole{ intervals = { { 0.5, 1 }, { 0.2, 0.8 } }, beacon = 0.3 },
      "truthful" },
    { "the same, prices between claims and bids", whole{ models = 2, beacon = 0.5 }, "C_m as printed" },
    { "the same, taxes shared out equally", whole{ rebate = "equal" }, "truthful, as printed (HCFL III.C)" },
    { "the same, Cavallo's rebates", whole{ rebate = "cavallo" }, "ours: truthful (Cavallo 2006)" },
  } },
  { "TBCIM", "Three edge servers sell data to a buyer who does not report: what it pays shows as a deficit.", {
    { "lowest two bids, paid as bid", sellers("lowest", 2), "a baseline of figure 11" },
    { "greedy, paid as bid", sellers("greedy"), "a baseline of figure 11" },
    { "VCG", sellers("vcg"), "truthful, efficient" },
    { "Myerson's procurement", sellers("myerson"), "truthful, best for the buyer" },
    { "RANet, learned", auction.ranet{
      sizes = sizes, emds = emds, iterations = 300, seed = 1 }:mechanism(), "IR, IC up to its regret (TBCIM III-C)",
      trials = 200 },
  } },
  { "Network3", "Three providers sell data; here too the buyer's income is nobody's payment.", {
    { "procurement VCG", auction.data_procurement{ providers = 3, income = "sqrt", scale = 4 }, "IR and IC (PVCG)" },
  } },
  { "Users whose types say something of each other's", "Two users of two types each, alike four times out of five; what they value is taken from them.", {
    { "Cremer and McLean's payments", extraction, "interim IR and IC (Network3 (12))", prior = correlated },
  }, { "interim_ir", "bayesian_ic", "ex_ante_ir", "ir", "ic", "weak_bb" } },
  { "Several items", "One bidder values two items; a network learns to sell them.", {
    { "RegretNet, 400 iterations",
      auction.learn{ bidders = 1, items = 2, iterations = 400, hidden = { 32, 32 }, seed = 1 }:mechanism(),
      "IR, IC up to its regret (Dütting and others 2019)", trials = 200 },
  } },
}

print("# What was promised, and what an audit finds\n")
print("Written by `scripts/verdicts`, which audits every mechanism anew; a test holds this page against it. Each was asked at")
print(("%d profiles. \"no\" comes with a counterexample below; \"yes\" means that the search found none, which is no proof (see"):format(trials))
print("[audits](../audit.md)); \"-\" that the question has no answer, for instance because no optimum is known.")
for _, chapter in ipairs(chapters) do
  local properties = chapter[4] or properties
  print(("\n## %s\n\n%s\n"):format(chapter[1], chapter[2]))
  print("| mechanism | claim | " .. table.concat(properties, " | ") .. " |")
  print("| --- | --- |" .. (" :-: |"):rep(#properties))
  local found = {}
  for _, entry in ipairs(chapter[3]) do
    local report = entry[2]:audit{ properties = properties, trials = entry.trials or trials, prior = entry.prior }
    local words = {}
    for i, property in ipairs(properties) do
      local verdict = report[property] or "not checked"
      words[i] = verdict:match("^violated") and "no" or verdict:match("^proved") and "proved"
        or verdict:match("^not violated") and "yes" or "-"
      if words[i] == "no" and property ~= "strong_bb" then
        found[#found + 1] = ("- %s, `%s`: %s."):format(entry[1], property, report:counterexample(property).sentence)
      end
    end
    print(("| %s | %s | %s |"):format(entry[1], entry[3], table.concat(words, " | ")))
  end
  if #found > 0 then print("\n" .. table.concat(found, "\n")) end
end

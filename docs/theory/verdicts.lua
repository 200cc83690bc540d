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
  { "The public project of HCFL", "Three owners and two stations decide on one of two models.", {
    { "taxes as printed", project("printed"), "IC and BB (HCFL III.C)" },
    { "two taxes side by side", project("side"), "another reading" },
    { "one tax for both sides", project("joint"), "ours: truthful, a weak surplus" },
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
}

print("# What was promised, and what an audit finds\n")
print("Written by `scripts/verdicts`, which audits every mechanism anew; a test holds this page against it. Each was asked at")
print(("%d profiles. \"no\" comes with a counterexample below; \"yes\" means that the search found none, which is no proof (see"):format(trials))
print("[audits](../audit.md)); \"-\" that the question has no answer, for instance because no optimum is known.")
for _, chapter in ipairs(chapters) do
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

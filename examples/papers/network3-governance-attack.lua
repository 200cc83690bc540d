-- What it costs to take Network3: key proposals, elections, and the reward for reporting offences.
--
--   a key proposal             an attacker needs the majority and two thirds of the super chamber; tokens locked for a
--                              year count twice; small holders who stay at home help it only up to the chamber
--   the launch                 half a percent of a small float buys a seat in the chamber; a minimum pledge does not
--   pledges of election week   as printed, pledging the same tokens again and again wins any seat; the net does not
--   reporting oneself          costs 0.5, 0.4, 0.25 of the pledge when reporters get nothing, a fifth, a half of the cut
local here = arg[0]:match("^(.*)/") or "."
local common = dofile(here .. "/shared/common.lua")
local price = 0.1

-- Taking the chamber -------------------------------------------------------------------------------------------------

--- Honest voters: seven super nodes, who all vote, and ten of the first tier and small holders, of whom a part does.
local function honest(turnout)
  local voters = {}
  local function add(count, tier, pledge, present)
    for i = 1, count do
      voters[#voters + 1] = {
        id = tier .. i, tier = tier, pledge = pledge, vote = i <= math.ceil(present * count) and "against" or "absent",
      }
    end
  end
  add(7, "super", 8e6, 1)
  add(10, "tier1", 3e6, turnout)
  add(40, "none", 1e6, turnout)
  return voters
end

--- Whether an attacker passes a proposal with so many tokens, half of its power being veN3 of a lock of a year.
local function passes(kind, tokens, turnout, circulation)
  local voters = honest(turnout)
  voters[#voters + 1] = {
    id = "attacker", vote = "for", pledge = tokens, votes = token.vote_escrow{ amount = tokens, days = 365 },
    tier = token.node_tier{ circulation = circulation, pledge = tokens },
  }
  return token.governance_vote{ kind = kind, voters = voters }.passed
end

--- The fewest tokens with which it passes, to a token.
local function needed(kind, turnout)
  local low, high = 0, 1e9
  while high - low > 1 do
    local middle = (low + high) // 2
    if passes(kind, middle, turnout, 1e9) then high = middle else low = middle end
  end
  return high
end

print("tokens that pass a proposal alone, and their price before it rises (0.1 a token)")
print(("%8s %14s %14s %14s %14s"):format("turnout", "ordinary", "cash", "key", "cash"))
local rows, turnouts, ordinary, key = {}, {}, {}, {}
local steps = common.sized(4, 20)
for step = 1, steps do
  local turnout = step / steps
  local a, b = needed("ordinary", turnout), needed("key", turnout)
  rows[step] = { turnout, a, a * price, b, b * price }
  turnouts[step], ordinary[step], key[step] = turnout, a, b
  print(("%7.0f%% %14.0f %14.0f %14.0f %14.0f"):format(100 * turnout, a, a * price, b, b * price))
end
common.keep_rows("network3-governance-attack", { "turnout", "ordinary", "ordinary_cash", "key", "key_cash" }, rows,
  plot.line{ x = turnouts, y = { ordinary = ordinary, key = key }, title = "Network3, tokens that decide alone",
    x_label = "turnout of the small", y_label = "tokens" })

-- With everybody there 126 million are against: more than 63 million tokens locked for a year outvote them. In the
-- chamber 56 million are against, so that 112 million of power, 56 million tokens, make two thirds.
common.check("a majority against all takes half of their power in tokens locked for a year",
  math.abs(ordinary[steps] - 63e6) <= 1)
common.check("two thirds of the chamber take as many tokens as all its pledges, however few others vote",
  math.abs(key[1] - 56e6) <= 1 and key[1] > ordinary[1])
common.check("a key proposal takes the larger of the two", math.abs(key[steps] - 63e6) <= 1)
common.check("low turnout makes it cheaper", ordinary[1] < ordinary[steps])

-- The launch ---------------------------------------------------------------------------------------------------------

print("\ncirculation    a seat among the super nodes    with a minimum of 500000")
for _, circulation in ipairs{ 1e7, 1e8, 1e9 } do
  print(("%11.0f %31.0f %27.0f"):format(circulation,
    tonumber(token.node_thresholds{ circulation = circulation }.super),
    tonumber(token.node_thresholds{ circulation = circulation, minimum_super = 5e5 }.super)))
end
common.check("at launch 50000 tokens are a super node",
  token.node_tier{ circulation = 1e7, pledge = 50000 } == "super")
common.check("with a minimum they are not",
  token.node_tier{ circulation = 1e7, minimum_super = 5e5, pledge = 50000 } ~= "super")

-- Flash pledges ------------------------------------------------------------------------------------------------------

--- Who is elected when an attacker pledges its 1000 tokens `times` times in the week, withdrawing them in between.
local function elected(rule, times)
  return token.election{
    seats = 1, rule = rule,
    candidates = { { id = "honest", pledge = 5e6 }, { id = "attacker", pledge = 5e6 } },
    votes = {
      { voter = "everybody", candidate = "honest", snapshot = 1e6, pledge_now = 1e6 },
      {
        voter = "attacker", candidate = "attacker", snapshot = 1000, pledge_now = 1000,
        pledged_in_window = 1000 * (times - 1),
      },
    },
  }
end

print("\ntimes pledged    votes as printed    votes by the net    elected as printed, by the net")
for _, times in ipairs{ 1, 10, 100, 1000 } do
  local printed, net = elected("printed", times), elected("net", times)
  print(("%13d %19.0f %19.0f    %s, %s"):format(times, tonumber(printed.votes.attacker), tonumber(net.votes.attacker),
    printed.elected[1], net.elected[1]))
end
common.check("a thousand tokens, pledged a thousand times, win as printed", elected("printed", 1000).elected[1] == "attacker")
common.check("they do not by the net", elected("net", 1000).elected[1] == "honest")
common.check("one honest pledge more in the week still counts 3/2", token.election{
  seats = 1, candidates = { { id = "c", pledge = 1 } },
  votes = { { voter = "v", candidate = "c", snapshot = 100, pledge_now = 200 } },
}.votes.c == "250")

-- Reporting oneself --------------------------------------------------------------------------------------------------

print("\nreporters' part of the cut    what a node of 1000 loses by reporting itself")
local costs = {}
for _, share in ipairs{ 0, 2000, 5000, 9000, 9999 } do
  local cut = token.slash{ pledge = 1000, severity_bps = 10000, reporter_bps = share, reporters = { "second identity" } }
  costs[share] = tonumber(cut.self_report_cost)
  print(("%25.2f %% %32.2f"):format(share / 100, costs[share]))
end
common.check("0.5, 0.4 and 0.25 of the pledge", costs[0] == 500 and costs[2000] == 400 and costs[5000] == 250)
local refused = select(2, pcall(token.slash, { pledge = 1000, severity_bps = 10000, reporter_bps = 10000 }))
common.check("the whole cut for reporters is refused", refused.kind == "InvalidRate")

print("\nis a gain of 100 deterred by a pledge of 1000?  probability of being found, severity 100 %")
for _, ppm in ipairs{ 50000, 100000, 200000, 400000 } do
  print(("  %4.0f %%: %s"):format(ppm / 1e4,
    token.deters{ pledge = 1000, severity_bps = 10000, gain = 100, detection_ppm = ppm } and "yes" or "no"))
end
common.check("one in five is enough, less is not",
  token.deters{ pledge = 1000, severity_bps = 10000, gain = 100, detection_ppm = 200000 }
    and not token.deters{ pledge = 1000, severity_bps = 10000, gain = 100, detection_ppm = 199999 })
common.verdict("not reproducible as printed",
  "as printed, pledging the same tokens again wins any seat; counted net it does not")

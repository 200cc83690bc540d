-- Crowdfunding of a model: one round of HCFL as a machine of states (specification of HCFL, 3.3 to 3.8).
--
-- Owners pay for a model, base stations train it. Everybody deposits; claims are sealed, then revealed; the model with the
-- largest net value is trained, each participant pays the Clarke tax of having changed the choice, and whoever breaks the
-- rules loses the bond. Deadlines are applied by the first operation after them. Money that nobody is owed is the pool.
--
-- Chosen here: equal shares; the joint tax, both sides together; vote and evidence for a punishment.

local ZERO <const> = amount(0)
local PPM <const> = 1000000

-- The whole round is one value of storage.
local round

local function refuse(condition, kind) if not condition then error(kind, 0) end end

local function each(group)
  local names = {}
  for name, who in pairs(round.participants) do
    if who.group == group and not who.left then names[#names + 1] = name end
  end
  return names
end

-- ---- Money: every movement is between two accounts of the round ----------------------------------------------------

local function debit(name, sum)
  local who = round.participants[name]
  local taken = math.min(sum, who.deposit)
  who.deposit = who.deposit - taken
  return taken
end

local function credit(name, sum)
  local who = round.participants[name]
  who.deposit = who.deposit + sum
end

local function to_pool(name, sum) round.pool = round.pool + debit(name, sum) end

local function equal_parts(sum, count)
  local weights = {}
  for i = 1, count do weights[i] = 1 end
  return amount.split(sum, weights)
end

-- ---- Choice and tax (3.2 to 3.4) -----------------------------------------------------------------------------------

-- What all but `without` claim for a model, as two amounts: there are no negative ones.
local function sums(model, without)
  local values, costs = ZERO, ZERO
  for name, who in pairs(round.participants) do
    if who.claims and name ~= without then
      if who.group == "owner" then values = values + who.claims[model] else costs = costs + who.claims[model] end
    end
  end
  return values, costs
end

-- What each participant pays or receives for a model, in the order of names.
local function shares(model)
  local price = round.proposals[model].price
  local owners, stations = each("owner"), each("station")
  local result = {}
  for i, part in ipairs(equal_parts(price, #owners)) do result[owners[i]] = part end
  for i, part in ipairs(equal_parts(price, #stations)) do result[stations[i]] = part end
  return result
end

-- The net value of a model to all but one, in two amounts whose difference it is: W_-i(m) when shares are counted.
local function net(model, without)
  local gain, loss = sums(model, without)
  if without then
    -- The others' shares do not cancel: owner i's own share is missing, or station i's.
    local part = shares(model)[without]
    if round.participants[without].group == "owner" then gain = gain + part else loss = loss + part end
  end
  return gain, loss
end

-- a1 - a2 > b1 - b2, without negative amounts.
local function exceeds(a1, a2, b1, b2) return a1 + b2 > b1 + a2 end

-- The model of the largest net value, the lowest index among equals; nil when every net value is negative.
local function best(without)
  local chosen, gain, loss = nil, ZERO, ZERO
  for model, proposal in ipairs(round.proposals) do
    if not proposal.void then
      local g, l = net(model, without)
      if (chosen == nil and g >= l) or (chosen and exceeds(g, l, gain, loss)) then chosen, gain, loss = model, g, l end
    end
  end
  return chosen, gain, loss
end

-- T_i = max(0, max over m of W_-i(m)) - W_-i(m*), never negative.
local function tax(name, model)
  local _, gain, loss = best(name)
  if model == nil then return gain - loss end
  local g, l = net(model, name)
  return (gain + l) - (loss + g)
end

-- ---- States --------------------------------------------------------------------------------------------------------

local function finish(state)
  round.state = state
  emit("state", { state = state, pool = round.pool })
end

local function open_to_commit()
  if #each("owner") < round.min_owners or #each("station") < round.min_stations or #round.proposals == 0 then
    return finish("ABORTED")
  end
  finish("COMMIT")
end

local function choose()
  for name, who in pairs(round.participants) do
    if not who.claims then
      to_pool(name, round.noreveal_fee)
      who.left = true
      for _, proposal in ipairs(round.proposals) do
        if proposal.owner == name then proposal.void = true end
      end
    end
  end
  if #each("owner") < round.min_owners or #each("station") < round.min_stations then return finish("ABORTED") end
  -- The price lies in the interval that was posted before the claims; the beacon is what all salts hash to.
  local beacon = tonumber("0x" .. sha256(round.salts):sub(1, 12))
  for _, proposal in ipairs(round.proposals) do
    proposal.price = proposal.low + amount.portion(proposal.high - proposal.low, beacon, 1 << 48)
  end
  local model = best()
  local taxes = {}
  for name, who in pairs(round.participants) do
    if not who.left then taxes[name] = tax(name, model) end
  end
  round.taxes = taxes
  if model == nil then
    for name, sum in pairs(taxes) do to_pool(name, sum) end
    return finish("SETTLED")
  end
  round.model = model
  round.winner = round.proposals[model].owner
  finish("DELIVER")
end

local function end_delivery()
  if round.delivered then return finish("TRAIN") end
  local stations = each("station")
  for i, part in ipairs(equal_parts(debit(round.winner, round.bond), #stations)) do credit(stations[i], part) end
  finish("FAILED_DELIVERY")
end

local function end_training()
  local done, missing = 0, {}
  for _, name in ipairs(each("station")) do
    if round.participants[name].updated then done = done + 1 else missing[#missing + 1] = name end
  end
  if done >= round.min_stations then return finish("ASSESS") end
  for _, name in ipairs(missing) do to_pool(name, round.bond) end
  finish("FAILED_TRAINING")
end

-- The penalty: min(bond, ceil(bond * slope * shortfall / promise)), where vote and evidence agree (3.7).
local function penalty()
  local yes, cast, eligible = 0, 0, #each("owner") - 1
  for _, name in ipairs(each("owner")) do
    local vote = round.participants[name].vote
    if vote ~= nil then cast = cast + 1 end
    if vote then yes = yes + 1 end
  end
  local promise, measured = round.proposals[round.model].accuracy, round.measured or 0
  if 2 * yes <= cast or 2 * cast < eligible or measured >= promise then return ZERO end
  return math.min(round.bond, amount.portion(round.bond * round.slope, promise - measured, promise, "up"))
end

local function settle()
  local parts = shares(round.model)
  local owners, returned = each("owner"), ZERO
  -- First all that goes in, then all that goes out.
  for _, name in ipairs(owners) do
    local paid = debit(name, parts[name])
    refuse(paid == parts[name], "NotConserved")
    to_pool(name, round.taxes[name])
  end
  for _, name in ipairs(each("station")) do
    if round.participants[name].updated then
      credit(name, parts[name])
      to_pool(name, round.taxes[name])
    else
      -- It has trained nothing: no bond, no reward, and the tax out of what is left.
      to_pool(name, round.bond)
      to_pool(name, round.taxes[name])
      returned = returned + parts[name]
    end
  end
  for i, part in ipairs(equal_parts(returned, #owners)) do credit(owners[i], part) end
  to_pool(round.winner, penalty())
  finish("SETTLED")
end

local steps = {
  { "OPEN", "propose", open_to_commit },
  { "COMMIT", "commit", function() finish("REVEAL") end },
  { "REVEAL", "reveal", choose },
  { "DELIVER", "deliver", end_delivery },
  { "TRAIN", "train", end_training },
  { "ASSESS", "assess", settle },
}

-- Reads the round and applies every deadline that has passed.
local function begin(state)
  round = storage.round
  for _, step in ipairs(steps) do
    if round.state == step[1] and now >= round.deadlines[step[2]] then step[3]() end
  end
  if state then refuse(round.state == state, "WrongState") end
end

local function save() storage.round = round end

local function participant(group)
  local who = round.participants[sender]
  refuse(who and not who.left and (group == nil or who.group == group), "NotAuthorized")
  return who
end

-- ---- Operations ----------------------------------------------------------------------------------------------------

-- options: bond, noreveal_fee (amounts), slope, min_owners, min_stations, and deadlines { propose, commit, reveal, deliver,
-- train, assess } in seconds from now, growing.
function init(options)
  local deadlines, last = {}, 0
  for _, step in ipairs(steps) do
    local seconds = options.deadlines[step[2]]
    assert(math.type(seconds) == "integer" and seconds > last, "deadlines grow from propose to assess")
    deadlines[step[2]], last = now + seconds, seconds
  end
  assert(options.min_owners >= 1 and options.min_stations >= 1, "a round has an owner and a station at least")
  round = {
    state = "OPEN", pool = value, participants = {}, proposals = {}, deadlines = deadlines, salts = "",
    bond = amount(options.bond), noreveal_fee = amount(options.noreveal_fee), slope = options.slope,
    min_owners = options.min_owners, min_stations = options.min_stations,
  }
  save()
end

function register(group)
  begin("OPEN")
  refuse(group == "owner" or group == "station", "NotAuthorized")
  refuse(round.participants[sender] == nil, "AlreadyRegistered")
  refuse(value >= round.bond, "InsufficientDeposit")
  round.participants[sender] = { group = group, deposit = value }
  save()
end

function propose(accuracy, low, high)
  begin("OPEN")
  local who = participant("owner")
  refuse(not who.proposed, "DuplicateProposal")
  refuse(math.type(accuracy) == "integer" and accuracy > 0 and accuracy <= PPM, "InvalidAccuracy")
  refuse(amount(low) <= amount(high), "EmptyInterval")
  who.proposed = true
  round.proposals[#round.proposals + 1] = { owner = sender, accuracy = accuracy, low = amount(low), high = amount(high) }
  save()
end

-- sha256("HCFL-CLAIM|" .. contract .. "|" .. sender .. "|" .. salt .. "|" .. claims, comma between them, in tokens).
function commit(hash)
  begin("COMMIT")
  local who = participant()
  refuse(who.hash == nil, "DuplicateCommit")
  refuse(type(hash) == "string" and #hash == 64, "BadReveal")
  who.hash = hash
  save()
end

-- The largest sum that this participant may owe (3.5).
local function needed(who, claims)
  local most, risk = ZERO, ZERO
  for model, proposal in ipairs(round.proposals) do
    local claim = claims[model]
    if who.group == "owner" then
      local share = amount.portion(proposal.high, 1, round.min_owners, "up")
      most = math.max(most, claim)
      if share > claim then risk = math.max(risk, share - claim) end
    else
      local share = proposal.low // #each("station")
      if claim > share then risk = math.max(risk, claim - share) end
    end
  end
  return most + risk + round.bond
end

-- The claims as texts: what each model is worth to an owner, or costs a station.
function reveal(salt, texts)
  begin("REVEAL")
  local who = participant()
  refuse(who.claims == nil, "DuplicateReveal")
  refuse(who.hash, "BadReveal")
  refuse(#texts == #round.proposals, "DimensionMismatch")
  local text = "HCFL-CLAIM|" .. self .. "|" .. sender .. "|" .. salt .. "|" .. table.concat(texts, ",")
  refuse(sha256(text) == who.hash, "BadReveal")
  local claims = {}
  for i, claim in ipairs(texts) do claims[i] = amount(claim) end
  refuse(who.deposit >= needed(who, claims), "InsufficientDeposit")
  who.claims = claims
  round.salts = sha256(round.salts .. salt)
  save()
end

function deliver(digest)
  begin("DELIVER")
  refuse(sender == round.winner, "NotAuthorized")
  round.delivered = digest
  save()
end

function update(digest)
  begin("TRAIN")
  local who = participant("station")
  refuse(not who.updated, "DuplicateUpdate")
  who.updated = digest
  local all = true
  for _, name in ipairs(each("station")) do all = all and round.participants[name].updated ~= nil end
  if all then finish("ASSESS") end
  save()
end

function report(accuracy)
  begin("ASSESS")
  refuse(sender == round.winner, "NotAuthorized")
  refuse(round.measured == nil, "DuplicateReport")
  refuse(math.type(accuracy) == "integer" and accuracy >= 0 and accuracy <= PPM, "InvalidAccuracy")
  round.measured = accuracy
  save()
end

function vote(punish)
  begin("ASSESS")
  local who = participant("owner")
  refuse(sender ~= round.winner, "NotAuthorized")
  refuse(who.vote == nil, "DuplicateVote")
  who.vote = punish and true or false
  save()
end

function withdraw()
  begin()
  refuse(round.state == "SETTLED" or round.state == "ABORTED" or round.state:find("^FAILED"), "WrongState")
  local who = round.participants[sender]
  refuse(who, "NotAuthorized")
  refuse(who.deposit > ZERO, "NothingToWithdraw")
  local due = who.deposit
  who.deposit = ZERO
  save()
  transfer(sender, due)
  return due
end

-- What stands: the state as of now, and every deposit. Deposits and pool are all the money that the contract holds.
function status()
  begin()
  local deposits, total = {}, round.pool
  for name, who in pairs(round.participants) do
    deposits[name], total = who.deposit, total + who.deposit
  end
  assert(total == balance(), "NotConserved")
  return { state = round.state, pool = round.pool, deposits = deposits, winner = round.winner, taxes = round.taxes }
end

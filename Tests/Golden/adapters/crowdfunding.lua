-- HCFL's round of crowdfunding. Amounts are texts of digits in the cases, whole numbers or texts here; a station is a
-- "bs" there.
local translation = require("adapters.translation")

local function texts(amounts)
  local list = {}
  for i, amount in ipairs(amounts) do list[i] = tostring(amount) end
  return list
end

local function texts_by_name(amounts)
  local named = {}
  for name, amount in pairs(amounts) do named[name] = tostring(amount) end
  return named
end

local sides = { owner = "owner", bs = "station" }

local function from_zero(index) return index and index - 1 end

--- What our round calls an event's operation, and its options.
local operations = {
  register = function(event) return { who = event.who, side = sides[event.side], deposit = event.deposit } end,
  propose = function(event)
    return { who = event.who, accuracy_ppm = event.acc_ppm, low = event.low, high = event.high }
  end,
  commit = function(event) return { who = event.who, digest = event.hash } end,
  reveal = function(event) return { who = event.who, salt = event.salt, claims = event.claims } end,
  deliver = function(event) return { who = event.who } end,
  update = function(event) return { who = event.who } end,
  report = function(event) return { who = event.who, accuracy_ppm = event.actual_ppm } end,
  vote = function(event) return { who = event.who, punish = event.punish } end,
  withdraw = function(event) return { who = event.who } end,
  poke = function() return {} end,
}

local names = { poke = "advance" }

return {
  hcfl_fsm = function(x)
    local config, deadlines = x.config, x.config.deadlines
    local round = ledger.crowdfunding{
      name = config.round_id, propose = deadlines.propose, commit = deadlines.commit, reveal = deadlines.reveal,
      deliver = deadlines.deliver, train = deadlines.train, assess = deadlines.assess, owner_bond = config.bond_owner,
      station_bond = config.bond_bs, min_owners = config.min_owners, min_stations = config.min_bs,
      beacon_numerator = config.u_num, beacon_denominator = config.u_den, silence_fee = config.noreveal_fee,
      slope_numerator = config.slope_num, slope_denominator = config.slope_den, gate = config.gate,
      pool = config.pool_in,
    }
    local errors = {}
    for index, event in ipairs(x.events) do
      local options = operations[event.op]
      local ok, problem
      if options then
        ok, problem = pcall(round[names[event.op] or event.op], round,
          translation.with(options(event), { time = event.t }))
      else
        ok, problem = false, { kind = "UnknownEvent" }
      end
      if not ok then errors[#errors + 1] = { index - 1, problem.kind } end
    end
    return {
      state = round.stage, selected = from_zero(round.selected), winner = round.winner,
      balances = texts_by_name(round.balances), withdrawn = texts_by_name(round.withdrawn),
      pool = tostring(round.pool), errors = errors,
    }
  end,
  hcfl_commit_hash = function(x)
    return { hash = ledger.claim_digest{ round = x.round_id, who = x.who, salt = x.salt, claims = x.claims } }
  end,
  hcfl_deposit_required = function(x)
    return {
      required = tostring(ledger.deposit_required{
        side = sides[x.side], claims = x.claims, transfers = x.transfers, bond = x.bond,
      }),
    }
  end,
  hcfl_settlement = translation.named(function(x)
    local settled = ledger.settle_project{
      owner_deposits = x.owner_deposits, station_deposits = x.bs_deposits, owner_bids = x.owner_bids,
      station_claims = x.bs_claims, owner_shares = x.owner_shares, station_shares = x.bs_shares,
      winner = x.winner and x.winner + 1, penalty = x.penalty, pool = x.pool_in,
    }
    return {
      selected = from_zero(settled.selected), owner_balances = texts(settled.owner_balances),
      bs_balances = texts(settled.station_balances), pool_out = tostring(settled.pool),
    }
  end),
}

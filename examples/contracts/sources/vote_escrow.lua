-- Vote escrow (veN3): staked tokens, locked for 7 to 365 days for a vote and a higher share of the weekly rewards.
--
-- Specification of Network3, 2.3, with its corrections: a lock of d days weighs (1460 + 3 d) / 1460 (mode linear0), votes
-- floor(amount * d / 365) until it ends, and what it earns beyond an unlocked position waits in escrow. Who leaves after
-- e of d days keeps floor(escrow * (e / d)^2); the rest goes back to the stakers. Days are whole days since deployment.

local WEEK <const> = 7
local PLAIN <const> = 1460

local function today() return (now - storage.start) // 86400 end

local function load(id)
  local position = storage["position:" .. id]
  assert(position, "there is no position " .. id)
  assert(position.owner == sender, "only its owner may do this")
  return position
end

-- A lock that has ended is no lock: the escrow is the owner's.
local function expire(position)
  if position.lock_days > 0 and today() >= position.lock_start + position.lock_days then
    position.free = position.free + position.escrow
    position.escrow, position.lock_days = amount(0), 0
  end
  return position
end

function init()
  storage.start = now
  storage.pool = amount(0)
  storage.week = 0
  storage.positions = 0
end

-- Stakes the money sent; returns the position's number.
function stake()
  assert(value > amount(0), "stake more than nothing")
  local id = storage.positions + 1
  storage.positions = id
  storage["position:" .. id] = {
    owner = sender, amount = value, stake_day = today(), lock_start = 0, lock_days = 0,
    escrow = amount(0), free = amount(0),
  }
  emit("staked", { id = id, owner = sender, amount = value })
  return id
end

function lock(id, days)
  local position = expire(load(id))
  assert(position.lock_days == 0, "the position is locked")
  assert(math.type(days) == "integer" and days >= 7 and days <= 365, "InvalidLockPeriod: 7 to 365 days")
  position.lock_start, position.lock_days = today(), days
  storage["position:" .. id] = position
  emit("locked", { id = id, days = days })
end

-- The vote of a position: in units of the token.
function vote(id)
  local position = storage["position:" .. id]
  if position == nil then return amount(0) end
  return amount.portion(position.amount, expire(position).lock_days, 365)
end

-- Rewards for the stakers of the weeks to come.
function fund()
  storage.pool = storage.pool + value
end

-- The weight of a position in the week from day `first` on, and its part without the boost. The weights are amounts, so
-- that they hold amount * days * boost without loss.
local function weights(position, first)
  local plain, boosted = 0, 0
  for day = first, first + WEEK - 1 do
    if day >= position.stake_day then
      plain = plain + PLAIN
      local locked = position.lock_days > 0 and day >= position.lock_start
        and day < position.lock_start + position.lock_days
      boosted = boosted + (locked and PLAIN + 3 * position.lock_days or PLAIN)
    end
  end
  return position.amount * boosted, position.amount * plain
end

-- Pays the pool out for the week that has ended: floor(P w / W) each, the dust is carried. Anybody may call it.
function settle_week()
  local first = storage.week * WEEK
  assert(today() >= first + WEEK, "the week has not ended")
  storage.week = storage.week + 1
  local pool, total, shares = storage.pool, amount(0), {}
  for id = 1, storage.positions do
    local position = storage["position:" .. id]
    if position then
      local weight, plain = weights(position, first)
      shares[#shares + 1] = { id = id, position = position, weight = weight, plain = plain }
      total = total + weight
    end
  end
  local left = pool
  for _, share in ipairs(shares) do
    if share.weight > amount(0) then
      local payout = amount.portion(pool, share.weight, total)
      local base = amount.portion(payout, share.plain, share.weight)
      local position = share.position
      position.free = position.free + base
      position.escrow = position.escrow + (payout - base)
      storage["position:" .. share.id] = expire(position)
      left = left - payout
    end
  end
  storage.pool = left
  emit("week", { number = storage.week, paid = pool - left, carried = left })
  return pool - left
end

function claim(id)
  local position = expire(load(id))
  local due = position.free
  assert(due > amount(0), "there is nothing to claim")
  position.free = amount(0)
  storage["position:" .. id] = position
  transfer(sender, due)
  return due
end

-- Takes out all of a position, its rewards with it. Before its lock has ended this costs the unserved part of the escrow.
function unstake(id)
  local position = expire(load(id))
  local kept, forfeited = amount(0), amount(0)
  if position.lock_days > 0 then
    local served, days = today() - position.lock_start, position.lock_days
    kept = amount.portion(position.escrow, served * served, days * days)
    forfeited = position.escrow - kept
  end
  storage.pool = storage.pool + forfeited
  storage["position:" .. id] = nil
  local paid = position.amount + position.free + kept
  transfer(sender, paid)
  emit("unstaked", { id = id, paid = paid, forfeited = forfeited })
  return paid
end

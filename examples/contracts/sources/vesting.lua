-- Vesting: money that becomes the beneficiary's bit by bit.
--
-- Nothing until the cliff, then floor(total * min(t, duration) / duration), counted from deployment
-- (specification of Network3, 2.1). The money comes with the deployment; what is vested can be drawn at any time.

function init(beneficiary, cliff_days, duration_days)
  assert(value > amount(0), "vesting needs money: send it with the deployment")
  assert(duration_days > 0 and cliff_days >= 0 and cliff_days <= duration_days, "0 <= cliff <= duration, duration > 0")
  storage.beneficiary = beneficiary
  storage.total = value
  storage.start = now
  storage.cliff = cliff_days * 86400
  storage.duration = duration_days * 86400
  storage.drawn = amount(0)
end

function vested()
  local elapsed = now - storage.start
  if elapsed < storage.cliff then return amount(0) end
  return amount.portion(storage.total, math.min(elapsed, storage.duration), storage.duration)
end

-- Pays what has vested since the last time; returns it.
function draw()
  local due = vested() - storage.drawn
  assert(due > amount(0), "nothing has vested since the last time")
  storage.drawn = storage.drawn + due
  transfer(storage.beneficiary, due)
  emit("drawn", { amount = due, left = storage.total - storage.drawn })
  return due
end

-- A subscription to a model's interface: money in advance, days of access for it, and the rest back at any time.

function init(price_per_day)
  storage.provider = sender
  storage.price = amount(price_per_day)
  assert(storage.price > amount(0), "a day has a price")
end

local function load(who)
  return storage["subscriber:" .. who] or { paid = amount(0), from = now, price = storage.price }
end

-- Days that have begun since the last payment to the provider, but no more than were paid for.
local function used(subscriber)
  local days = (now - subscriber.from + 86399) // 86400
  return math.min(days, subscriber.paid // subscriber.price)
end

-- Moves what has been used to the provider's account.
local function advance(subscriber)
  local days = used(subscriber)
  local due = subscriber.price * days
  subscriber.paid = subscriber.paid - due
  subscriber.from = subscriber.from + days * 86400
  if subscriber.from < now then subscriber.from = now end
  storage.earned = (storage.earned or amount(0)) + due
  return subscriber
end

function subscribe()
  local subscriber = advance(load(sender))
  subscriber.paid = subscriber.paid + value
  -- A new price holds from the next payment on.
  if subscriber.paid == value then subscriber.price = storage.price end
  assert(subscriber.paid >= subscriber.price, "this buys less than a day")
  storage["subscriber:" .. sender] = subscriber
  emit("subscribed", { who = sender, days = subscriber.paid // subscriber.price })
end

-- Whether an address has access now: the provider's server asks this.
function has_access(who)
  local subscriber = storage["subscriber:" .. who]
  if subscriber == nil then return false end
  local paid_days = subscriber.paid // subscriber.price
  return now < subscriber.from + paid_days * 86400
end

function cancel()
  local subscriber = storage["subscriber:" .. sender]
  assert(subscriber, "there is no subscription")
  advance(subscriber)
  storage["subscriber:" .. sender] = nil
  if subscriber.paid > amount(0) then transfer(sender, subscriber.paid) end
  return subscriber.paid
end

function set_price(price_per_day)
  assert(sender == storage.provider, "only the provider sets the price")
  storage.price = amount(price_per_day)
  assert(storage.price > amount(0), "a day has a price")
end

function collect()
  assert(sender == storage.provider, "only the provider collects")
  for _, key in ipairs(keys("subscriber:")) do storage[key] = advance(storage[key]) end
  local earned = storage.earned or amount(0)
  storage.earned = amount(0)
  if earned > amount(0) then transfer(sender, earned) end
  return earned
end

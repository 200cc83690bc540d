-- Sealed bids, cleared by one of the ledger's own auctions.
--
-- `kind` is "sealed" (buyers bid for equal units), "purchase" (the owner buys, sellers ask) or "double" (both sides);
-- `options` are that auction's: { price = "second", units = 2, reserve = "10" }, { rule = "mcafee" }.
--
-- Before the deadline each takes part with a commitment, sha256(side .. "|" .. who .. "|" .. price .. "|" .. nonce), and a
-- deposit: buyers' covers their bid, sellers' is a bond. After it they open. Who does not open forfeits the deposit to the
-- owner. Settling only writes down what is due to whom; each takes its own with `withdraw`, so that nobody who cannot be
-- paid stands in the others' way. What the money of buyers and the owner's fund do not cover is no trade at all.

local MOST = 100

function init(kind, options, bidding_seconds, opening_seconds)
  assert(kind == "sealed" or kind == "purchase" or kind == "double", "an auction is sealed, purchase or double")
  assert(bidding_seconds > 0 and opening_seconds > 0, "both periods are longer than nothing")
  options = options or {}
  if options.reserve then options.reserve = amount(options.reserve) end
  storage.kind, storage.options = kind, options
  _clear({}, {})  -- Wrong options are refused here, not when there is money in the house.
  storage.owner = sender
  storage.fund = value
  storage.deadline = now + bidding_seconds
  storage.opening_ends = now + bidding_seconds + opening_seconds
  storage.count = 0
  storage.settled = false
end

-- What each ask receives, what each bid pays, what is left over for the owner and what the owner has to add.
function _clear(asks, bids)
  local options, none = storage.options, amount(0)
  if storage.kind == "sealed" then
    local outcome = auction.sealed(bids, options)
    return { payments = outcome.payments, receipts = {}, surplus = outcome.revenue, deficit = none }
  elseif storage.kind == "purchase" then
    local outcome = auction.purchase(asks, options)
    return { payments = {}, receipts = outcome.receipts, surplus = none, deficit = outcome.cost }
  end
  return auction.double(asks, bids, options)
end

local function key(place) return string.format("offer:%03d", place) end

local function owe(who, money)
  if money > amount(0) then storage["due:" .. who] = (storage["due:" .. who] or amount(0)) + money end
end

function commit(side, hash)
  assert(now < storage.deadline, "bidding is over")
  assert(side == "bid" or side == "ask", "a side is bid or ask")
  assert(storage.kind == "double" or side == (storage.kind == "sealed" and "bid" or "ask"), "this house does not take that side")
  assert(type(hash) == "string" and #hash == 64, "a commitment is a SHA-256 digest in hexadecimal digits")
  assert(storage["place:" .. sender] == nil, "one offer each")
  assert(storage["hash:" .. hash] == nil, "this commitment has been made already")
  assert(value > amount(0), "an offer needs a deposit")
  assert(storage.count < MOST, "the house is full")
  storage.count = storage.count + 1
  storage["place:" .. sender] = storage.count
  storage["hash:" .. hash] = sender
  storage[key(storage.count)] = { who = sender, side = side, hash = hash, deposit = value }
  emit("committed", { who = sender, side = side, deposit = value })
end

-- The price is given as text, exactly as it was hashed.
function open(price, nonce)
  assert(now >= storage.deadline, "offers are opened after the deadline")
  assert(now < storage.opening_ends, "the opening is over")
  local place = storage["place:" .. sender]
  assert(place, "there is no offer of this sender")
  local offer = storage[key(place)]
  assert(offer.price == nil, "the offer is open already")
  assert(sha256(offer.side .. "|" .. sender .. "|" .. price .. "|" .. nonce) == offer.hash, "this is not what was committed to")
  offer.price = amount(price)
  assert(offer.side == "ask" or offer.price <= offer.deposit, "the bid exceeds its deposit")
  storage[key(place)] = offer
  emit("opened", { who = sender, side = offer.side, price = offer.price })
end

-- Anybody may settle, once.
function settle()
  assert(now >= storage.opening_ends, "the opening is not over")
  assert(not storage.settled, "the auction is settled")
  storage.settled = true
  local offers, prices, owners = {}, { ask = {}, bid = {} }, { ask = {}, bid = {} }
  local forfeited = amount(0)
  for place = 1, storage.count do
    local offer = storage[key(place)]
    if offer.price == nil then
      forfeited = forfeited + offer.deposit
      emit("forfeited", { who = offer.who, amount = offer.deposit })
    else
      table.insert(prices[offer.side], offer.price)
      table.insert(owners[offer.side], offer)
    end
  end
  local outcome = _clear(prices.ask, prices.bid)
  local fund = storage.fund
  local covered = outcome.deficit <= fund
  for i, offer in ipairs(owners.bid) do covered = covered and outcome.payments[i] <= offer.deposit end
  for i, offer in ipairs(owners.bid) do
    local paid = covered and outcome.payments[i] or amount(0)
    owe(offer.who, offer.deposit - paid)
    if paid > amount(0) then emit("pays", { who = offer.who, amount = paid }) end
  end
  for i, offer in ipairs(owners.ask) do
    local received = covered and outcome.receipts[i] or amount(0)
    owe(offer.who, offer.deposit + received)
    if received > amount(0) then emit("receives", { who = offer.who, amount = received }) end
  end
  if covered then fund = fund + outcome.surplus - outcome.deficit end
  owe(storage.owner, fund + forfeited)
  return { trades = covered, surplus = outcome.surplus, deficit = outcome.deficit, forfeited = forfeited }
end

function withdraw()
  local due = storage["due:" .. sender]
  assert(due, "nothing is due to this sender")
  storage["due:" .. sender] = nil
  transfer(sender, due)
  return due
end

-- A sealed second-price auction whose bids are backed by deposits.
--
-- Before the deadline a bidder sends a commitment, sha256("bid|" .. bidder .. "|" .. price .. "|" .. nonce), and a deposit
-- that may be more than the bid, so that it tells nothing. After it, the bidders open. The highest opened bid wins and
-- pays the second highest, or the reserve. Who does not open forfeits the deposit to the seller: otherwise it would pay
-- to wait and see the others' bids.

function init(reserve, bidding_seconds, opening_seconds)
  assert(bidding_seconds > 0 and opening_seconds > 0, "both periods are longer than nothing")
  storage.seller = sender
  storage.reserve = amount(reserve)
  storage.deadline = now + bidding_seconds
  storage.opening_ends = now + bidding_seconds + opening_seconds
  storage.settled = false
end

function commit(hash)
  assert(now < storage.deadline, "bidding is over")
  assert(type(hash) == "string" and #hash == 64, "a commitment is a SHA-256 digest in hexadecimal digits")
  assert(storage["bid:" .. sender] == nil, "one bid each")
  assert(storage["hash:" .. hash] == nil, "this commitment has been made already")
  assert(value > amount(0), "a bid needs a deposit")
  storage["hash:" .. hash] = sender
  storage["bid:" .. sender] = { hash = hash, deposit = value }
  emit("committed", { bidder = sender, hash = hash, deposit = value })
end

-- The price is given as text, exactly as it was hashed.
function open(price, nonce)
  assert(now >= storage.deadline, "bids are opened after the deadline")
  assert(now < storage.opening_ends, "the opening is over")
  local bid = storage["bid:" .. sender]
  assert(bid, "there is no bid of this sender")
  assert(bid.price == nil, "the bid is open already")
  assert(sha256("bid|" .. sender .. "|" .. price .. "|" .. nonce) == bid.hash, "this is not what was committed to")
  bid.price = amount(price)
  assert(bid.price <= bid.deposit, "the bid exceeds its deposit")
  storage["bid:" .. sender] = bid
  emit("opened", { bidder = sender, price = bid.price })
end

-- Anybody may settle, once. Ties go to the bidder whose address comes first.
function settle()
  assert(now >= storage.opening_ends, "the opening is not over")
  assert(not storage.settled, "the auction is settled")
  storage.settled = true
  local winner, highest, second = nil, nil, storage.reserve
  for _, key in ipairs(keys("bid:")) do
    local price = storage[key].price
    if price and price >= storage.reserve then
      if highest == nil or price > highest then
        if highest then second = highest end
        winner, highest = key:sub(5), price
      elseif price > second then
        second = price
      end
    end
  end
  local proceeds = amount(0)
  for _, key in ipairs(keys("bid:")) do
    local bidder, bid = key:sub(5), storage[key]
    local keeps = amount(0)
    if bid.price == nil then
      keeps = bid.deposit
      emit("forfeited", { bidder = bidder, amount = keeps })
    elseif bidder == winner then
      keeps = second
    end
    proceeds = proceeds + keeps
    if bid.deposit > keeps then transfer(bidder, bid.deposit - keeps) end
  end
  if proceeds > amount(0) then transfer(storage.seller, proceeds) end
  assert(balance() == amount(0), "money would be left behind")
  emit("settled", { winner = winner, price = winner and second })
  return { winner = winner, price = winner and second }
end

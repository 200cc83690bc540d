-- A raffle that nobody can steer: every player commits to a secret with the ticket, and opens it later; the draw is the
-- hash of all secrets together. Who does not open loses the ticket's money to the prize and cannot win.

function init(ticket, selling_seconds, opening_seconds)
  storage.ticket = amount(ticket)
  storage.sale_ends = now + selling_seconds
  storage.opening_ends = now + selling_seconds + opening_seconds
  storage.players = {}
  storage.opened = {}
end

-- `hash` is sha256(sender .. "|" .. secret).
function buy(hash)
  assert(now < storage.sale_ends, "the sale is over")
  assert(value == storage.ticket, "a ticket costs " .. storage.ticket)
  assert(storage["hash:" .. sender] == nil, "one ticket each")
  local players = storage.players
  assert(#players < 100, "all tickets are sold")
  players[#players + 1] = sender
  storage.players = players
  storage["hash:" .. sender] = hash
end

function open(secret)
  assert(now >= storage.sale_ends and now < storage.opening_ends, "secrets are opened between sale and draw")
  assert(sha256(sender .. "|" .. secret) == storage["hash:" .. sender], "this is not the secret that was committed to")
  storage["hash:" .. sender] = "open"
  local opened = storage.opened
  opened[#opened + 1] = { player = sender, secret = sha256(secret) }
  storage.opened = opened
end

function draw()
  assert(now >= storage.opening_ends, "the draw is not yet")
  assert(balance() > amount(0), "there is no prize")
  local opened = storage.opened
  if #opened == 0 then
    -- Nobody may win: everybody has the money back.
    for _, player in ipairs(storage.players) do transfer(player, storage.ticket) end
    return nil
  end
  -- The order of opening must not matter, or the last one could choose it.
  table.sort(opened, function(a, b) return a.player < b.player end)
  local secrets = {}
  for i, each in ipairs(opened) do secrets[i] = each.secret end
  local seed = tonumber("0x" .. sha256(table.concat(secrets)):sub(1, 12))
  local winner = opened[seed % #opened + 1].player
  emit("drawn", { winner = winner, prize = balance(), among = #opened })
  transfer(winner, balance())
  return winner
end

-- What a participant does on its own machine before it sends anything: its address, and the digests of its secrets.
--
-- Both come from a contract on a ledger of one's own. The same run seed gives an account the same address on every ledger.
local private = ledger.create{}
private:open_account{ name = "notary" }
local notary = private:deploy{
  by = "notary", name = "notary notes", source = [[
    function who() return sender end
    function digest(text) return sha256(text) end
  ]],
}

local offline, known = {}, {}

function offline.address(account)
  if known[account] == nil then
    if account ~= "notary" then private:open_account{ name = account } end
    known[account] = notary:call{ name = "who", by = account }.value
  end
  return known[account]
end

function offline.digest(text)
  return notary:call{ name = "digest", by = "notary", arguments = { text } }.value
end

-- The source of a contract beside these scripts.
function offline.source(here, name)
  local file = assert(io.open(here .. "/sources/" .. name .. ".lua"))
  local text = file:read("a")
  file:close()
  return text
end

-- The kind and message of the refusal that a call must meet.
function offline.refusal(contract, call)
  local done, problem = pcall(contract.call, contract, call)
  assert(not done, "this call should have been refused")
  return problem.kind .. ": " .. problem.message
end

return offline

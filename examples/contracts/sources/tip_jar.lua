-- A tip jar that the members of a federation share by weights, such as their contribution ratios.

function init(members)
  local count = 0
  for who, weight in pairs(members) do
    assert(#who == 64, "members are addresses")
    assert(math.type(weight) == "integer" and weight > 0, "weights are whole numbers above zero")
    count = count + 1
  end
  assert(count > 0 and count <= 50, "1 to 50 members")
  storage.members = members
end

function tip(note)
  assert(value > amount(0), "a tip is more than nothing")
  emit("tip", { from = sender, amount = value, note = note })
end

-- Splits what is in the jar to the last unit; any member may call it.
function share()
  local members = storage.members
  assert(members[sender], "only members share the jar")
  local names, weights = {}, {}
  for who, weight in pairs(members) do
    names[#names + 1], weights[#weights + 1] = who, weight
  end
  local parts = amount.split(balance(), weights)
  for i, who in ipairs(names) do
    if parts[i] > amount(0) then transfer(who, parts[i]) end
  end
  assert(balance() == amount(0), "something would be left in the jar")
  return parts
end

-- Money: the cases count units of 10^-18 token in texts of digits, we write tokens as exact decimal texts.
local money = {}

--- A text of units as a text of tokens; other values as they are.
function money.tokens(units)
  if type(units) ~= "string" then return units end
  local sign, digits = units:match("^(-?)(%d+)$")
  if not digits then return units end
  digits = ("0"):rep(19 - #digits) .. digits
  return sign .. digits:sub(1, -19) .. "." .. digits:sub(-18)
end

--- A text of tokens as a text of units.
function money.units(tokens)
  local whole, fraction = tokens:match("^(%d+)%.?(%d*)$")
  local digits = (whole .. fraction .. ("0"):rep(18 - #fraction)):gsub("^0+", "")
  return digits == "" and "0" or digits
end

local function each(convert)
  return function(values)
    if values == nil then return nil end
    local list = {}
    for key, value in pairs(values) do list[key] = convert(value) end
    return list
  end
end

--- The same for lists, and for tables by name.
money.token_list = each(money.tokens)
money.unit_list = each(money.units)

--- The same for some fields of a record.
function money.fields(record, names)
  local copy = {}
  for name, value in pairs(record) do copy[name] = value end
  for _, name in ipairs(names) do
    if copy[name] ~= nil then copy[name] = money.tokens(copy[name]) end
  end
  return copy
end

--- Records, each with its fields renamed and its money converted.
function money.records(records, names, renamed)
  local list = {}
  for i, record in ipairs(records) do
    local copy = money.fields(record, names)
    for old, new in pairs(renamed or {}) do copy[new], copy[old] = copy[old], nil end
    list[i] = copy
  end
  return list
end

return money

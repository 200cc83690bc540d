-- What adapters share: places counted from 0 or 1, records put together, and errors that bear other names in a
-- specification than here.
local translation = {}

local function moved(indices, step)
  local list = {}
  for i, index in ipairs(indices) do list[i] = index + step end
  return list
end

--- Our places, counted from 1, as a specification counts them.
function translation.from_zero(indices) return moved(indices, -1) end

--- A specification's places, counted from 0, as we count them.
function translation.from_one(indices) return moved(indices, 1) end

function translation.with(options, more)
  for name, value in pairs(more) do options[name] = value end
  return options
end

local function new_kind(kinds, problem)
  if type(kinds) == "function" then return kinds(problem) end
  return kinds[problem.kind]
end

--- The same function, with kinds of error renamed.
---
--- @param kinds new names by old ones, or a function from an error to its new name, nil for none
function translation.renaming(kinds, call)
  return function(x)
    local ok, result = pcall(call, x)
    if ok then return result end
    local kind = type(result) == "table" and new_kind(kinds, result)
    error(kind and { kind = kind, message = result.message } or result, 0)
  end
end

--- As Network3 and HCFL name them.
function translation.named(call) return translation.renaming({ ShapeMismatch = "DimensionMismatch" }, call) end

--- As Network3's economy names them: words that our options refuse are unknown modes there.
function translation.modes(call)
  return translation.renaming(function(problem)
    if problem.kind == "InvalidParameter" and problem.message:find("must be one of", 1, true) then return "UnknownMode" end
  end, call)
end

local two_level = { NotFinite = "NonFinite", ShapeMismatch = "LengthMismatch" }

--- As the two-level market names them; our options refuse unknown words and missing values as one kind.
function translation.two_level(call)
  return translation.renaming(function(problem)
    if problem.kind ~= "InvalidParameter" then return two_level[problem.kind] end
    if problem.message:find("is missing", 1, true) then return "MissingParameter" end
    if problem.message:find("must be one of", 1, true) then return "UnknownVariant" end
  end, call)
end

-- The two-level market's constants of data quality, and its words for the exponent's two readings.
translation.quality_constants = {
  a1 = "data_gap", a2 = "data_rate", a3 = "emd_offset", a4 = "emd_scale", a5 = "quality_value",
}
translation.quality_exponents = { a2 = "corrected", a3 = "paper" }

return translation

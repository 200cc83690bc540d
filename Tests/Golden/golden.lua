-- Runs golden cases through the public Lua API: golden.lua [--only NAME,...] [--except ID,...] [--covered] FILE...
-- With --covered, cases of functions that have no adapter yet are left out instead of counting as failed.
-- An adapter (adapters/*.lua) translates one function's inputs and results; it computes nothing.

local adapters = {}
local subjects = {
  "learning", "incentive", "auction", "record", "prediction", "distribution", "edge", "project", "procurement", "sellers",
  "token", "governance", "rewards",
  "crowdfunding", "coding", "consensus",
}
for _, name in ipairs(subjects) do
  for func, adapter in pairs(require("adapters." .. name)) do adapters[func] = adapter end
end

local special = { nan = 0 / 0, inf = math.huge, ["-inf"] = -math.huge }

local null = {}

-- Strings that stand for numbers become numbers; null becomes "absent" in a list, which keeps its length, and nil elsewhere.
local function numbers(value)
  if value == null then return nil end
  if type(value) == "string" then return special[value] or value end
  if type(value) ~= "table" then return value end
  local copy = {}
  for key, element in pairs(value) do
    copy[key] = numbers(element)
    if element == null and math.type(key) == "integer" then copy[key] = "absent" end
  end
  return copy
end

-- Where `got` differs from `wanted`, or nil.
local function difference(got, wanted, tolerance, place)
  if type(wanted) == "number" then
    if type(got) ~= "number" then return place .. " is " .. inspect(got) .. ", not a number" end
    if wanted ~= wanted then return got == got and place .. " is " .. got .. ", not nan" or nil end
    if got == wanted then return nil end
    if not (math.abs(got - wanted) <= tolerance * math.max(1, math.abs(wanted))) then
      return ("%s is %.17g, not %.17g"):format(place, got, wanted)
    end
  elseif type(wanted) == "table" then
    if type(got) ~= "table" then return place .. " is " .. inspect(got) .. ", not a table" end
    if #got ~= #wanted then return ("%s has %d entries, not %d"):format(place, #got, #wanted) end
    for key, element in pairs(wanted) do
      local found = difference(got[key], element, tolerance, place .. "." .. key)
      if found then return found end
    end
    for key in pairs(got) do
      if wanted[key] == nil then return place .. " has a field '" .. key .. "' that is not expected" end
    end
  elseif got ~= wanted then
    return place .. " is " .. inspect(got) .. ", not " .. inspect(wanted)
  end
end

local function run(case)
  local adapter = adapters[case["function"]]
  if not adapter then return "there is no adapter for " .. case["function"] end
  local ok, result = pcall(adapter, numbers(case.input))
  local wanted = case.expected
  if type(wanted) == "table" and wanted.error then
    if ok then return "gave " .. inspect(result) .. ", not the error " .. wanted.error end
    local kind = type(result) == "table" and result.kind or tostring(result)
    if kind ~= wanted.error then return "raised " .. kind .. ", not " .. wanted.error .. ": " .. tostring(result) end
    return nil
  end
  if not ok then return "raised " .. tostring(result) end
  return difference(result, numbers(wanted), case.tol, "the result")
end

local only, except, covered, files = nil, {}, false, {}
local index = 1
while index <= #arg do
  if arg[index] == "--only" then
    index = index + 1
    only = {}
    for name in (arg[index] or ""):gmatch("[^,%s]+") do only[name] = true end
  elseif arg[index] == "--except" then
    index = index + 1
    for id in (arg[index] or ""):gmatch("[^,%s]+") do except[id] = true end
  elseif arg[index] == "--covered" then
    covered = true
  else
    files[#files + 1] = arg[index]
  end
  index = index + 1
end
if #files == 0 then
  io.stderr:write("golden: no files; usage: scripts/golden [--only NAME,...] FILE...\n")
  os.exit(64)
end

local passed, failed = 0, 0
for _, file in ipairs(files) do
  for _, case in ipairs(json.load{ path = file, null = null }.cases) do
    local name = case["function"]
    if (not only or only[name]) and not except[case.id] and (not covered or adapters[name]) then
      local problem = run(case)
      if problem then
        failed = failed + 1
        print("FAILED " .. case.id .. ": " .. problem)
      else
        passed = passed + 1
      end
    end
  end
end
print(("%d passed, %d failed"):format(passed, failed))
os.exit(failed == 0)

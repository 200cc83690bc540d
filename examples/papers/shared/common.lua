-- What the reproductions share: their arguments, their checks, their files.
--
--   scripts/run examples/papers/NAME.lua [quick|full] [FOLDER]
--
-- `quick` is small enough for every test run, `full` is the paper's size. Tables and drawings go to FOLDER, if one is
-- named. Equal seeds print equal lines.
local common = { size = arg[1] or "quick", folder = arg[2] }
assert(common.size == "quick" or common.size == "full", "the size is 'quick' or 'full', not '" .. common.size .. "'")
common.full = common.size == "full"

--- One of two values, by size.
function common.sized(quick, full)
  if common.full then return full end
  return quick
end

--- MNIST, or drawn digits where it is not on this machine.
function common.digits(train, test)
  local found, set = pcall(data.mnist, { train = train, test = test })
  if found then return set end
  print("MNIST is not on this machine; digits are drawn from strokes instead.")
  return data.digits{ train = train, test = test }
end

--- Prints a claim and whether it holds. Small sizes end where one does not; full ones take hours, and go on.
function common.check(claim, holds)
  scenario.check(claim, holds)
  if not holds and not common.full then error("a check failed: " .. claim, 0) end
end

--- Prints what a paper claims and whether it holds here; the script goes on either way, and its header says why not.
function common.claim(claim, holds)
  scenario.check{ claim = claim, holds = holds, published = true }
end

--- How the figure came out, and why, for `flnft reproduce`.
function common.verdict(word, reason) scenario.verdict{ verdict = word, reason = reason } end

--- Texts as fields of a CSV file, in quotes where they must be.
local function fields(texts)
  local quoted = {}
  for i, text in ipairs(texts) do
    text = tostring(text)
    quoted[i] = text:find('[,"\n]') and '"' .. text:gsub('"', '""') .. '"' or text
  end
  return table.concat(quoted, ",")
end

--- Keeps rows as CSV, and a drawing.
function common.keep_rows(name, header, rows, drawing)
  if not common.folder then return end
  local file = assert(io.open(common.folder .. "/" .. name .. ".csv", "w"))
  file:write(fields(header), "\n")
  for _, row in ipairs(rows) do
    local cells = {}
    for i, cell in ipairs(row) do cells[i] = type(cell) == "number" and ("%.6g"):format(cell) or cell end
    file:write(fields(cells), "\n")
  end
  file:close()
  drawing:save(common.folder .. "/" .. name .. ".svg")
end

--- Keeps columns, by name, as CSV, and a drawing of some of them over rounds.
function common.keep(name, columns, drawing)
  if not common.folder then return end
  local names = {}
  for column in pairs(columns) do names[#names + 1] = column end
  table.sort(names)
  local file = assert(io.open(common.folder .. "/" .. name .. ".csv", "w"))
  file:write("round,", fields(names), "\n")
  for round = 1, #columns[names[1]] do
    local row = { round }
    for _, column in ipairs(names) do row[#row + 1] = ("%.6g"):format(columns[column][round]) end
    file:write(table.concat(row, ","), "\n")
  end
  file:close()
  drawing:save(common.folder .. "/" .. name .. ".svg")
end

--- Lists by name, of equal length, from the folder if they were kept there before, or computed and kept.
function common.recalled(name, columns, compute)
  if not common.folder then return compute() end
  local path = ("%s/%s-%s.csv"):format(common.folder, name:gsub("[ ,]+", "-"), common.size)
  local found = io.open(path)
  if not found then
    local lists = compute()
    local lines = { table.concat(columns, ",") }
    for i = 1, #lists[columns[1]] do
      local row = {}
      for place, column in ipairs(columns) do row[place] = ("%.17g"):format(lists[column][i]) end
      lines[i + 1] = table.concat(row, ",")
    end
    local file = assert(io.open(path, "w"))
    file:write(table.concat(lines, "\n"), "\n")
    file:close()
    return lists
  end
  print(("%s: taken from %s"):format(name, path))
  local lists = {}
  for _, column in ipairs(columns) do lists[column] = {} end
  found:read("l")
  for line in found:lines() do
    local place = 0
    for number in line:gmatch("[^,]+") do
      place = place + 1
      local list = lists[columns[place]]
      list[#list + 1] = tonumber(number)
    end
  end
  found:close()
  return lists
end

--- The mean of the last `count` numbers of a list.
function common.last(list, count)
  local sum = 0
  for i = #list - count + 1, #list do sum = sum + list[i] end
  return sum / count
end

return common

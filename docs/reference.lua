-- Writes docs/reference.md to standard output: the help texts, which are made from the declarations in the code.
--
--   flnft run docs/reference.lua FLNFT
--
-- FLNFT is the program to ask; scripts/reference calls this as it should be called.
local flnft = arg[1] or error("usage: flnft run docs/reference.lua FLNFT")

-- What objects offer. Three bear the name of a module, so that help needs an object to ask about.
local types = {
  { "dataset", '"dataset"' }, { "network", '"network"' }, { "layer", '"layer"' },
  { "federation", '"federation"' }, { "aggregator", '"aggregator"' }, { "result", '"result"' }, { "frame", '"frame"' },
  { "ledger", "ledger.create{}" }, { "dao", '"dao"' }, { "sale", '"sale"' }, { "contract", '"contract"' },
  { "crowdfunding", '"crowdfunding"' }, { "consensus_report", '"consensus_report"' }, { "plot", "plot.line{ y = { 1 } }" },
  { "tensor", "tensor.zeros{ 1 }" }, { "normalform", '"normalform"' },
  { "strategic_game", '"strategic_game"' }, { "utility", '"utility"' }, { "strategies", '"strategies"' },
  { "symbol", '"symbol"' }, { "hmm", '"hmm"' },
  { "mechanism", '"mechanism"' }, { "audit_report", '"audit_report"' }, { "counterexample", '"counterexample"' },
  { "reverse_auction", '"reverse_auction"' }, { "item_auction", '"item_auction"' },
  { "economy", '"economy"' },
}

-- The help on each topic, a topic being a Lua expression; the texts come from one run of the program.
local function help_on(topics)
  local mark = "---- next ----"
  local code = {}
  for i, topic in ipairs(topics) do code[i] = ('help(%s) print("%s")'):format(topic, mark) end
  local pipe = assert(io.popen(("'%s' eval '%s'"):format(flnft, table.concat(code, " "))))
  local texts, lines = {}, {}
  for line in pipe:lines() do
    if line == mark then
      texts[#texts + 1] = table.concat(lines, "\n")
      lines = {}
    else
      lines[#lines + 1] = line
    end
  end
  assert(pipe:close(), "flnft did not explain everything")
  return texts
end

-- The names at the start of the indented lines of a text that match a pattern, in order.
local function names(text, pattern)
  local found = {}
  for name in ("\n" .. text):gmatch("\n  (" .. pattern .. ")  ") do found[#found + 1] = name end
  return found
end

local function quoted(list)
  local result = {}
  for i, name in ipairs(list) do result[i] = '"' .. name .. '"' end
  return result
end

local function section(level, title, text)
  print(("\n%s %s\n\n```text\n%s\n```"):format(("#"):rep(level), title, text))
end

local function functions(level, list)
  for i, text in ipairs(help_on(quoted(list))) do section(level, list[i], text) end
end

print [[
# Reference

Made by `scripts/reference` from the declarations in the code: this is what `help(...)` says at the prompt. A function
takes one table of named options, `fl.clip{ vector = { 3, -4 }, bound = 1 }`, or its options in the order in which they
stand here, `fl.clip({ 3, -4 }, 1)`. An option with a default may be left out. [The guide](guide.md) shows how things
go together.]]

local index = help_on{ "" }[1]
local modules, words = index:match("\nModules\n(.-)\n\nWords\n(.-)\n\n")
modules, words = names(modules, "%w+"), names(words, "[%w_.]+")

local links = {}
for i, name in ipairs(modules) do links[i] = ("[%s](#%s)"):format(name, name) end
print("\nModules: " .. table.concat(links, ", ") .. ". After them come [the words](#words), which are global functions, and")
print("[the objects](#objects).")

for i, text in ipairs(help_on(quoted(modules))) do
  section(2, modules[i], text)
  functions(3, names(text, modules[i] .. "%.[%w_]+"))
end

print("\n## Words")
functions(3, words)

print("\n## Objects")
local topics = {}
for i, entry in ipairs(types) do topics[i] = entry[2] end
for i, text in ipairs(help_on(topics)) do
  section(3, "A " .. types[i][1], text)
  functions(4, names(text, types[i][1] .. ":[%w_]+"))
end

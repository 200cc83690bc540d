-- A public project by Vickrey, Clarke and Groves, with a bug to find.
--
-- Three members report what each of two projects is worth to them. The project with the largest total is chosen, and
-- everybody pays what its being there costs the others. Read the first version: where is the mistake?

local function total(reports, project, without)
  local sum = 0
  for i, report in ipairs(reports) do if i ~= without then sum = sum + report[project] end end
  return sum
end

local function best(reports, without)
  return total(reports, 1, without) >= total(reports, 2, without) and 1 or 2
end

local function project(name, rule)
  return auction.mechanism{ name = name, members = 3, projects = 2, value = { 0, 1 }, rule = rule }
end

local first = project("the first version", function(reports)
  local chosen, payments = best(reports), {}
  for i = 1, #reports do
    payments[i] = total(reports, best(reports, i)) - total(reports, chosen, i)
  end
  return { choice = chosen, payments = payments }
end)

local report = first:audit()
print(report)
assert(report.ic == "violated")
print(report:counterexample("ic"))
assert(report:counterexample("ic"):replay() > 0)

-- Only the liar's own report differs, and the project need not even change: the payment follows the own report. In the
-- first total the member itself was not left out.
local second = project("the second version", function(reports)
  local chosen, payments = best(reports), {}
  for i = 1, #reports do
    payments[i] = total(reports, best(reports, i), i) - total(reports, chosen, i)
  end
  return { choice = chosen, payments = payments }
end)

local compared = audit.compare{ first, second }
print(compared)
assert(compared.ic[2] == "not violated" and compared.efficiency[2] == "not violated")
assert(compared.weak_bb[2] == "not violated" and compared.strong_bb[2] == "violated")

-- With few types there is a proof instead of a search.
local finite = auction.mechanism{
  name = "the second version, five types", members = 3, projects = 2,
  types = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 }, { 3, 1 } },
  rule = function(reports)
    local chosen, payments = best(reports), {}
    for i = 1, #reports do payments[i] = total(reports, best(reports, i), i) - total(reports, chosen, i) end
    return { choice = chosen, payments = payments }
  end,
}
local proof = finite:audit()
print(proof)
assert(proof.ic == "proved" and proof.efficiency == "proved" and proof.weak_bb == "proved")

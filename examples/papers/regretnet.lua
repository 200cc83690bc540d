-- RegretNet (Dütting, Feng, Narasimhan, Parkes and Ravindranath 2019): auctions of several items that are learned for
-- revenue, for additive values uniform from 0 to 1, held against what is exact and what is published. Revenue is printed
-- beside the regret that bought it, and adjusted for it: (sqrt(revenue) - sqrt(all bidders' regret))^2, which a truthful
-- auction made of the learned one earns (Rahme, Jelassi and Weinberg 2021). What is checked: nobody pays more than its
-- report says that it gets is worth, the adjusted revenue of one bidder is no more than the exact optimum, and revenue
-- and regret are within the bounds of their size. That learned auctions earn more than each item sold by itself holds
-- for two items; for ten it does not after a quarter of the authors' iterations: the multipliers press regret below what is
-- published, and revenue with it.
--
--   scripts/run examples/papers/regretnet.lua [quick|full] [FOLDER] [3x10]
--
-- Networks and their histories are kept in FOLDER, and taken from there by the next run; a last word picks one setting.
local here = arg[0]:match("^(.*)/") or "."
local common = dofile(here .. "/shared/common.lua")

-- `exact` is the best revenue, where it is known (Manelli and Vincent 2006); `bundle` sells all items as one, at the best
-- price or by Myerson's auction; `published` is RegretNet's own, after 400,000 iterations of the same batch, with the
-- regret of a bidder that it states as a bound.
local settings = {
  { bidders = 1, items = 2, exact = 0.5492, bundle = 0.5443, published = 0.554, bound = 0.001,
    iterations = { 400, 20000 }, revenue = { 0.45, 0.53 }, regret = { 0.05, 0.002 } },
  { bidders = 2, items = 2, bundle = 0.8392, published = 0.878, bound = 0.001,
    iterations = { 200, 20000 }, revenue = { 0.6, 0.83 }, regret = { 0.1, 0.002 } },
  { bidders = 3, items = 10, published = 5.541, bound = 0.002, misreport_steps = 10,
    iterations = { 150, 100000 }, revenue = { 2, 4.9 }, regret = { 1, 0.005 } },
  { bidders = 5, items = 10, published = 6.778, bound = 0.005, misreport_steps = 10,
    iterations = { 100, 60000 }, revenue = { 2, 4.3 }, regret = { 1, 0.005 } },
}

local function trained(setting, name)
  local path = common.folder and ("%s/regretnet-%s-%s.json"):format(common.folder, name, common.size)
  local kept = path and io.open(path)
  if kept then
    kept:close()
    print(("%s: taken from %s"):format(name, path))
    return auction.load_learned(path)
  end
  local before = os.clock()
  local learned = auction.learn{
    bidders = setting.bidders, items = setting.items, misreport_steps = setting.misreport_steps or 25,
    hidden = common.sized({ 32, 32 }, { 100, 100 }), pool = common.sized(4096, 32768),
    iterations = common.sized(setting.iterations[1], setting.iterations[2]), report_period = 100, seed = 1 }
  print(("%s: %d iterations in %.0f processor seconds"):format(
    name, common.sized(setting.iterations[1], setting.iterations[2]), os.clock() - before))
  if path then
    learned:save(path)
    learned.history:save((path:gsub("json$", "csv")))
  end
  return learned
end

local measure = { profiles = common.sized(100, 2000), starts = common.sized(2, 10), steps = common.sized(20, 200), seed = 7 }
local rows = {}
for _, setting in ipairs(settings) do
  local name = ("%dx%d"):format(setting.bidders, setting.items)
  if not arg[3] or arg[3] == name then
    local learned = trained(setting, name)
    local found = learned:evaluate(measure)
    print(("%s: revenue %.4f, mean regret %.5f (largest %.4f), adjusted %.4f; item by item %.4f, second prices %.4f%s%s; RegretNet %.3f, regret < %.3f")
      :format(name, found.revenue, found.mean_regret, found.largest_regret, found.adjusted_revenue, found.item_wise_myerson,
        found.vcg, setting.bundle and (", bundle %.4f"):format(setting.bundle) or "",
        setting.exact and (", exact %.4f"):format(setting.exact) or "", setting.published, setting.bound))
    rows[#rows + 1] = {
      name, found.revenue, found.mean_regret, found.largest_regret, found.adjusted_revenue, found.item_wise_myerson,
      found.vcg, setting.published }
    if setting.exact then
      -- Drawn profiles leave a standard error of 0.3 / sqrt(profiles).
      common.check("the adjusted revenue is no more than the best that there is",
        found.adjusted_revenue <= setting.exact + 3 * 0.3 / math.sqrt(measure.profiles))
    end
    common.check("revenue is within its bounds", found.revenue >= common.sized(setting.revenue[1], setting.revenue[2]))
    if common.full then
      common.claim("it earns more than each item sold by itself", found.revenue > found.item_wise_myerson)
    end
    common.check("mean regret is within its bounds", found.mean_regret <= common.sized(setting.regret[1], setting.regret[2]))
    local report = learned:mechanism():audit{
      properties = { "ir", "weak_bb", "feasibility" }, trials = common.sized(20, 500), seed = 7 }
    common.check("the auditor finds nobody who loses, no deficit and no item given out twice", #report.violated == 0)
  end
end
local names, revenues = {}, {}
for i, row in ipairs(rows) do names[i], revenues[i] = row[1], row[2] end
local picture = plot.bar{ y = revenues, categories = names, title = "revenue", y_label = "money" }
print(picture)
common.keep_rows("regretnet",
  { "setting", "revenue", "mean_regret", "largest_regret", "adjusted", "item_wise_myerson", "vcg", "published" }, rows, picture)
common.verdict("reproduced in shape",
  "revenue comes near the published figures, with regret beside it")

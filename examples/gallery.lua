-- One plot of each kind, and the pictures that results draw of themselves.
--
--   flnft run examples/gallery.lua [svg|png|json]
--
-- Prints all of them; with an ending, also writes each into a file of the present folder, gallery-NAME.ENDING.
local ending = ({ svg = "svg", png = "png", json = "json" })[arg[1]]

local function show(name, drawing)
  print(drawing)
  if ending then drawing:save("gallery-" .. name .. "." .. ending) end
  return drawing
end

-- Numbers that look like those of markets, from the run's seed.
local function sample(count, draw)
  local values = {}
  for i = 1, count do values[i] = draw(i) end
  return values
end
local function normal() return math.sqrt(-2 * math.log(1 - math.random())) * math.cos(2 * math.pi * math.random()) end

-- Lines, with the marks of a threshold and of an event.
show("line", plot.line{
  y = {
    ["FedAvg"] = sample(30, function(i) return 1 - 0.9 * math.exp(-i / 6) end),
    ["FedProx"] = sample(30, function(i) return 1 - 0.9 * math.exp(-i / 9) end),
  },
  title = "Accuracy by round", x_label = "round", y_label = "accuracy",
  y_lines = { ["target"] = 0.9 }, x_lines = { ["members leave"] = 20 },
})

-- Points with bars of error, on logarithmic axes.
local cost = sample(8, function(i) return 3 * 2 ^ i end)
show("scatter", plot.scatter{
  x = sample(8, function(i) return 10 * 4 ^ i end), y = cost,
  error = sample(8, function(i) return 0.3 * cost[i] end),
  title = "Cost of a proof", x_label = "clauses", y_label = "time", y_unit = "ms", x_log = true, y_log = true,
})

show("bar", plot.bar{
  y = { honest = { 4.1, 3.2, 5.0 }, shaded = { 3.6, 2.9, 4.1 } }, error = { honest = { 0.3, 0.4, 0.2 } },
  categories = { "first price", "second price", "all-pay" }, y_label = "bid", y_unit = "tokens", title = "Bids",
})

show("stack", plot.stack{
  y = { staking = { 30, 35, 38, 44 }, treasury = { 20, 18, 17, 12 }, circulating = { 50, 47, 45, 44 } },
  title = "Where the tokens are", x_label = "quarter", y_label = "share", y_unit = "%",
})

-- A mean, and the interval that most runs keep to.
local mean = sample(40, function(i) return 10 + 4 * math.sin(i / 6) + i / 8 end)
show("band", plot.band{
  y = mean,
  lower = sample(40, function(i) return mean[i] - 0.4 * math.sqrt(i) end),
  upper = sample(40, function(i) return mean[i] + 0.6 * math.sqrt(i) end),
  title = "Price over 100 runs", x_label = "week", y_label = "price", y_unit = "tokens",
})

show("histogram", plot.histogram{
  values = { honest = sample(600, function() return 10 + 2 * normal() end),
    shaded = sample(600, function() return 7 + 1.5 * normal() end) },
  title = "Bids", x_label = "bid", x_unit = "tokens",
})

show("boxplot", plot.boxplot{
  values = {
    ["first price"] = sample(80, function() return 7 + 1.5 * normal() end),
    ["second price"] = sample(80, function() return 10 + 2 * normal() end),
    ["all-pay"] = sample(80, function() return 4 * math.exp(0.6 * normal()) end),
  },
  order = { "first price", "second price", "all-pay" }, title = "Bids by rule", y_label = "bid", y_unit = "tokens",
})

show("heatmap", plot.heatmap{
  values = sample(12, function(row) return sample(24, function(hour)
    return math.exp(-((hour - 8 - row / 2) / 5) ^ 2) + 0.6 * math.exp(-((hour - 20) / 3) ^ 2)
  end) end),
  title = "Load of the members", x_label = "hour", y_label = "member", value_label = "load",
})

show("network", plot.network{
  edges = {
    { "hub", "Ann", 5 }, { "hub", "Bob", 3 }, { "hub", "Eve", 1 }, { "Ann", "data 1", 2 }, { "Ann", "data 2", 2 },
    { "Bob", "data 3", 3 }, { "Eve", "data 4", 1 }, { "data 4", "hub", 1 },
  },
  nodes = { "hub", "Ann", "Bob", "Eve", "data 1", "data 2", "data 3", "data 4" },
  groups = { "market", "member", "member", "member", "source", "source", "source", "source" },
  directed = true, title = "Who pays whom",
})

-- What results draw of themselves.
local trade = auction.double{
  asks = { 4, 6, 7, 9, 12, 15 }, bids = { 16, 13, 11, 8, 6, 3 },
}
show("auction", trade:plot())

local prisoners = game.normal_form{ row = { { 3, 0 }, { 5, 1 } }, column = { { 3, 5 }, { 0, 1 } } }
show("game", prisoners:plot())

local duopoly = game.game{
  players = { "left", "right" }, strategy = { 0, 10 },
  utility = function(x, p, i) return x[i] * (10 - x.left - x.right) - x[i] end,
}
show("utilities", duopoly:solve():plot())

local digits = data.digits{ train = 400, test = 100 }
local fed = fl.federation{ data = digits, clients = 4, partition = "dirichlet", model = fl.mlp{ 784, 16, 10 } }
fed:train{ rounds = 4, iterations = 3 }
show("federation", fed:plot())
show("partition", fl.partition{ data = digits, clients = 6, partition = "dirichlet", concentration = 0.3 }:plot())

show("economy", token.simulate{ weeks = 26, runs = 12 }:plot{ "price" })
show("hmm", predict.hmm{ states = 3, symbols = 5, seed = 4 }:plot())

-- Several side by side.
show("facets", plot.facets{
  plot.line{ y = { 1, 2, 4, 8, 16 }, title = "linear" },
  plot.line{ y = { 1, 2, 4, 8, 16 }, y_log = true, title = "logarithmic" },
  plot.bar{ y = { 3, 1, 2 }, title = "bars" },
  plot.heatmap{ values = { { 1, 2 }, { 3, 4 } }, title = "heatmap" },
  columns = 2, title = "Four at once",
})

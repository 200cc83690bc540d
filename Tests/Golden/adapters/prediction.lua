-- Prediction of bids.
return {
  discretize_bids = function(x)
    local symbols = {}
    for i, symbol in ipairs(predict.bid_levels{ bids = x.bids, edges = x.edges }) do symbols[i] = symbol - 1 end
    return symbols
  end,
}

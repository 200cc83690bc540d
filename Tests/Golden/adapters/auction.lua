-- Votes, double auctions, shares, commitments.
local translation = require("adapters.translation")
local fromZero = translation.from_zero

local function double(x, rule)
  local outcome = auction.double{
    asks = x.asks, bids = x.bids, rule = rule, buyer_price = x.buyer_price, reserve = x.reserve,
  }
  return {
    k = outcome.trades, winning_buyers = fromZero(outcome.winning_buyers),
    winning_sellers = fromZero(outcome.winning_sellers), buyer_payments = outcome.buyer_payments,
    seller_receipts = outcome.seller_receipts, auctioneer = outcome.auctioneer,
  }
end

return {
  dao_vote = function(x)
    local vote = auction.vote{ benefit = x.delta, votes = x.votes }
    local approved = {}
    for i, yes in ipairs(vote.approved) do approved[i] = yes and 1 or 0 end
    return { approved = approved, asks = vote.asks, ask_total = vote.ask_total }
  end,
  double_auction_paper = function(x) return double(x, "paper") end,
  double_auction_mcafee = function(x) return double(x, "mcafee") end,
  double_auction_shared_cost = function(x) return double(x, "shared_cost") end,
  revenue_shares = function(x) return auction.revenue_shares{ receipt = x.receipt, asks = x.asks } end,
  match_groups = function(x)
    local groups = {}
    for i, group in ipairs(auction.match{ sellers = x.seller_keys, buyers = x.buyer_keys }) do
      groups[i] = { key = group.key, sellers = fromZero(group.sellers), buyers = fromZero(group.buyers) }
    end
    return groups
  end,
  bid_commitment = function(x)
    return auction.commitment{
      auction = x.auction_id, bidder = x.bidder, quality_micro = x.q_micro, freshness_micro = x.f_micro,
      nonce = x.nonce_hex,
    }
  end,
}

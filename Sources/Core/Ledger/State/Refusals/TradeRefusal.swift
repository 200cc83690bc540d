import Tensor

/// Why an offer, a purchase or an open bid is refused.
public enum TradeRefusal: Diagnosable, Equatable {
  case unknownListing(Digest)
  case listingClosed(Digest)
  case listingExpired(expiry: Timestamp, now: Timestamp)
  case notSeller(account: Label)
  case priceAboveLimit(price: Amount, limit: Amount)
  case invalidBundle(String)
  case expired(deadline: Timestamp, now: Timestamp)
  case unknownSale(Digest)
  case saleClosed(Digest)
  case saleOver(deadline: Timestamp, now: Timestamp)
  case saleOpen(deadline: Timestamp, now: Timestamp)
  case bidTooLow(bid: Amount, needed: Amount)
  case ownOffer(Label)

  public var kind: String {
    switch self {
    case .unknownListing: "UnknownListing"
    case .listingClosed: "ListingClosed"
    case .listingExpired: "ListingExpired"
    case .notSeller: "NotSeller"
    case .priceAboveLimit: "PriceAboveLimit"
    case .invalidBundle, .expired, .ownOffer: "InvalidParameter"
    case .unknownSale: "UnknownSale"
    case .saleClosed, .saleOver: "SaleClosed"
    case .saleOpen: "SaleOpen"
    case .bidTooLow: "BidTooLow"
    }
  }

  public var message: String {
    switch self {
    case .unknownListing(let listing): "there is no listing \(listing)"
    case .listingClosed(let listing): "the listing \(listing) has been bought or taken back"
    case .listingExpired(let expiry, let now): "the listing stood until \(expiry), and it is \(now)"
    case .notSeller(let account): "\(account) did not make this offer"
    case .priceAboveLimit(let price, let limit): "the price is \(price) tokens, above the limit of \(limit)"
    case .invalidBundle(let what): what
    case .expired(let deadline, let now): "the offer must last beyond \(now), and would end at \(deadline)"
    case .unknownSale(let sale): "there is no open sale \(sale)"
    case .saleClosed(let sale): "the sale \(sale) is closed"
    case .saleOver(let deadline, let now): "the sale took bids before \(deadline), and it is \(now)"
    case .saleOpen(let deadline, let now): "the sale takes bids until \(deadline), and it is \(now)"
    case .bidTooLow(let bid, let needed): "the bid of \(bid) tokens is too low; \(needed) at least are needed"
    case .ownOffer(let account): "\(account) offers this itself"
    }
  }

  public var hint: String? {
    switch self {
    case .saleOver: "ledger:close_sale gives the models to the highest bidder"
    default: nil
    }
  }
}

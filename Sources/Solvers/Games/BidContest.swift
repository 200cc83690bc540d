/// The providers' contest for one member's quality or freshness: whoever bids more is more likely to win, and every bid
/// is paid.
///
/// With the competitors' total D, a bid q wins with probability w = q / (q + D) and is worth
/// u = (v - q) w - A q = (v + D) w - (1 + A) q: a Tullock contest with prize v + D and unit cost 1 + A, strictly
/// concave in q. The load A is what a unit of bid owes the member by the benefit formula.
///
/// Sources: FL-NFT (13)-(14), (20)-(26); PMS-AM (16)-(17), (24)-(30).
public enum BidContest {}

-- What is minted.
return {
  mint_record_digest = function(x) return ledger.record_digest{ record = x.record } end,
}

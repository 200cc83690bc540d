-- Secrets and data in shares, ratings that stay private, signcryption. Shares of data are counted from 0 in the cases.
local translation = require("adapters.translation")

local tampering = { U = "mask", v = "proof" }

local function moved(shares)
  local list = {}
  for i, share in ipairs(shares) do list[i] = { share[1] + 1, share[2] } end
  return list
end

return {
  shamir_split = function(x)
    return ledger.split_secret{ secret = x.secret, coefficients = x.coeffs, shares = x.n, modulus = x.q }
  end,
  shamir_recover = function(x)
    return ledger.recover_secret{ shares = x.shares, threshold = x.threshold, modulus = x.q }
  end,
  rating_average = function(x)
    local found = ledger.private_average{
      prime = x.p, generator = x.g, secret = x.secret, coefficients = x.coeffs, key_holders = x.n_keyholders,
      ratings = x.ratings, randomness = x.randomness, maximum = x.max_score, decryptors = x.decryptors,
      min_raters = x.min_raters,
    }
    return {
      public_key = found.public_key, c1 = found.mask, c2 = found.body, sum = found.sum, count = found.count,
      average = found.average,
    }
  end,
  rs_encode = function(x)
    local coded = ledger.encode_data{ data = x.data_hex, needed = x.k, total = x.n }
    return { length = coded.length, shares = coded.shares }
  end,
  rs_recover = function(x)
    local found = ledger.recover_data{ shares = moved(x.shares), needed = x.k, total = x.n, length = x.length }
    return { data_hex = found.data, error_detected = found.error_detected }
  end,
  rs_correct = function(x)
    local found = ledger.correct_data{ shares = moved(x.shares), needed = x.k, total = x.n, length = x.length }
    return { data_hex = found.data, bad_shares = translation.from_zero(found.wrong) }
  end,
  clsc_roundtrip = function(x)
    local sent = ledger.signcrypt{
      prime = x.p, generator = x.g, master = x.master, sender = x.sender, receiver = x.receiver, nonce = x.nonce,
      message = x.message, tamper = x.tamper and (tampering[x.tamper] or x.tamper),
    }
    return {
      sender_pk = sent.sender_key, receiver_pk = sent.receiver_key, U = sent.mask, cipher_hex = sent.cipher,
      v = sent.proof, message = sent.message, sender_id = sent.sender,
    }
  end,
}

/// What a participant commits to before it shows its claims.
///
/// Source: specification 3.8.
public enum SealedClaim {
  /// SHA-256 of `HCFL-CLAIM|round|who|salt|c0,c1,...`, the claims in units.
  ///
  /// The salt hides claims that could be guessed; round and name keep others from committing to a copy.
  public static func digest(round: String, of who: String, salt: String, claims: [Amount]) -> Digest {
    let amounts = claims.map { String($0.units) }.joined(separator: ",")
    return SHA256.hash("HCFL-CLAIM|\(round)|\(who)|\(salt)|\(amounts)")
  }
}

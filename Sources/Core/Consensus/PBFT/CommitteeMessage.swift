/// A block as a committee speaks of it.
struct CommitteeBlock: Hashable, Sendable {
  let height: Int
  let proposer: Int
  /// Which of several that an equivocating member made.
  let version: Int
  let created: Double
}

/// That a quorum prepared a block in a view.
struct PreparedCertificate: Hashable, Sendable {
  let view: Int
  let block: CommitteeBlock
  let signers: Set<Int>
}

/// What members of a committee tell each other about one height. Signatures are taken for granted: nobody can speak in
/// another's name, or show a certificate that no quorum signed.
enum CommitteeMessage: Hashable, Sendable {
  /// The primary's proposal; in later views with the reports that it rests on.
  case proposal(view: Int, CommitteeBlock, reports: [Int: PreparedCertificate?])
  case prepare(view: Int, CommitteeBlock)
  case commit(view: Int, CommitteeBlock)
  /// The wish for a view, with the last block that the sender saw prepared.
  case viewChange(view: Int, PreparedCertificate?)
  /// What has been decided from a height on, for somebody who is behind.
  case decided([DecidedBlock])
  /// What somebody asks who was away: how the height that it is at stands.
  case question
}

struct DecidedBlock: Hashable, Sendable {
  let block: CommitteeBlock
  let signers: Set<Int>
}

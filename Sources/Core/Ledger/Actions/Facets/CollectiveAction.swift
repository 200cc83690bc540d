/// How an organisation without a key decides: its members propose what it shall do, vote, wait, and carry it out.
public enum CollectiveAction: Hashable, Sendable {
  /// Founds an organisation with an account of its own under `name`.
  case found(name: Label, members: [Collective.Member], rule: Collective.Rule)
  /// A member proposes what the organisation shall do, all of it or nothing.
  case propose(by: Address, [Action])
  case vote(proposal: Digest, Ballot)
  /// Carries out a proposal that has passed, once its timelock is over; any member may.
  case execute(proposal: Digest)
  /// The organisation itself, by a proposal, takes other members or weights.
  case setMembers([Collective.Member])
  /// The organisation itself, by a proposal, takes from a bond in escrow, of which it is the arbiter, what a broken promise
  /// costs, and gives the rest back.
  case punish(BrokenPromise)

  public enum Ballot: UInt8, Hashable, Sendable {
    case against = 0, inFavour, abstain
  }

  private enum Code: UInt8 {
    case found = 0, propose, vote, execute, setMembers, punish
  }
  static let proposalCode = Code.propose.rawValue

  func encode(into writer: inout ByteWriter) {
    switch self {
    case .found(let name, let members, let rule):
      writer.write(Code.found.rawValue)
      writer.write(name)
      writer.write(list: members) { $1.encode(into: &$0) }
      rule.encode(into: &writer)
    case .propose(let collective, let actions):
      writer.write(Code.propose.rawValue)
      writer.write(collective.bytes)
      writer.write(list: actions) { $1.encode(into: &$0) }
    case .vote(let proposal, let ballot):
      writer.write(Code.vote.rawValue)
      writer.write(proposal.bytes)
      writer.write(ballot.rawValue)
    case .execute(let proposal):
      writer.write(Code.execute.rawValue)
      writer.write(proposal.bytes)
    case .setMembers(let members):
      writer.write(Code.setMembers.rawValue)
      writer.write(list: members) { $1.encode(into: &$0) }
    case .punish(let promise):
      writer.write(Code.punish.rawValue)
      promise.encode(into: &writer)
    }
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    self =
      switch try reader.readCode(Code.self) {
      case .found:
        .found(
          name: try reader.readLabel(), members: try reader.readList(Collective.Member.init(from:)),
          rule: try Collective.Rule(from: &reader))
      case .propose:
        .propose(by: try reader.readAddress(), try reader.readList(Action.init(proposalFrom:)))
      case .vote:
        .vote(proposal: try reader.readDigest(), try reader.readCode(Ballot.self))
      case .execute: .execute(proposal: try reader.readDigest())
      case .setMembers: .setMembers(try reader.readList(Collective.Member.init(from:)))
      case .punish: .punish(try BrokenPromise(from: &reader))
      }
  }
}

extension Action {
  /// Whether an organisation may carry it out; who decides about deciding would never come to an end.
  var isForCollectives: Bool {
    switch self {
    case .found, .openAccount: false
    case .collective(.setMembers), .collective(.punish): true
    case .collective: false
    default: true
    }
  }

  /// An action within a proposal: a proposal within it is refused before it is read, so that nothing nests.
  init(proposalFrom reader: inout ByteReader) throws(DecodingFailure) {
    if reader.isNext([Self.collectiveCode, CollectiveAction.proposalCode]) {
      throw DecodingFailure(position: 0, expected: "an action that is no proposal")
    }
    try self.init(from: &reader)
  }
}

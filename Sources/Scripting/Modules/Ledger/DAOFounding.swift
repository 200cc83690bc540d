import Core
import Tensor

/// Who may be a DAO: members who are told apart, under a name that is nobody else's.
///
/// A DAO is an account like any other, whose key its name gives; who its members are stands in the records that it
/// mints. Beside those the ledger object remembers what was founded and opened through it.
extension LedgerObject {
  /// - Throws: `InvalidParameter` for no members, one named twice, or others than the DAO's own; `NameTaken` for the name
  ///   of a person.
  func checkFounding(of name: String, by members: [String]) throws {
    guard !members.isEmpty else {
      throw ScriptError.invalidParameter("a DAO needs at least one member: without, nobody could pass its models on")
    }
    if let twice = members.firstRepeated {
      throw ScriptError.invalidParameter("'\(twice)' is named twice among the members")
    }
    if let known = try knownMembers(of: name) {
      guard known == members else {
        throw ScriptError.invalidParameter(
          "there is a DAO '\(name)' already, and its members are " + known.joined(separator: ", "),
          hint: "name the same members in the same order, or take another name")
      }
    } else if members.contains(name) {
      throw ScriptError.invalidParameter("'\(name)' cannot be a member of the DAO '\(name)'")
    } else if try isPerson(name) {
      throw ScriptError.nameTaken(
        "'\(name)' is a person's account, which a DAO cannot have",
        hint: "take another name: ledger:dao opens the DAO's account itself, and ledger:transfer pays into it")
    }
  }

  /// Nil where neither this session nor a minted model tells.
  private func knownMembers(of name: String) throws -> [String]? {
    if let members = daoMembers[name] { return members }
    guard let address = ledger.state.address(named: try Label(checking: name)) else { return nil }
    return try ledger.state.tokens.first { $0.token.dao == address }?.token.decodedRecord().members
  }

  /// Whether an account is known to be somebody's: opened as such, the issuer's, or a member's.
  private func isPerson(_ name: String) throws -> Bool {
    if people.contains(name) || daoMembers.values.contains(where: { $0.contains(name) }) { return true }
    guard let address = ledger.state.address(named: try Label(checking: name)) else { return false }
    return ledger.state.chain?.issuer == address
      || ledger.state.tokens.contains { $0.token.members.contains(address) }
  }
}

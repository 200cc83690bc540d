import Tensor

extension FiniteGame {
  /// Reads a game from the bytes of a .nfg file, in either version.
  ///
  /// Numbers may be whole, decimal, in scientific notation or fractions (`1/3`). Strategies may be given by number or
  /// by name, with either version of payoffs. Empty names are replaced by numbers.
  ///
  /// - Throws: `GambitFormatError` with the line; `SolverError` where the game itself is refused.
  public init(gambit bytes: [UInt8]) throws {
    guard bytes.count <= GambitFormat.sizeLimit else {
      throw GambitFormatError(line: 1, reason: "the file is longer than \(GambitFormat.sizeLimit) bytes")
    }
    var reader = GambitReader(bytes)
    self = try reader.game()
  }
}

private struct GambitReader {
  private var tokens: GambitTokens

  init(_ bytes: [UInt8]) { tokens = GambitTokens(bytes) }

  mutating func game() throws -> FiniteGame {
    try tokens.expect(.word("NFG"), "a Gambit game in normal form begins so")
    try tokens.expect(.word("1"), "the version of the format")
    let precision = try tokens.next()
    guard precision == .word("R") || precision == .word("D") else {
      throw tokens.error("'R' or 'D' is due, for rational or decimal payoffs, but \(described(precision)) came")
    }
    let title = try text("the title")
    let players = try names("the players' names")
    let strategies = try strategies(players: players.count)
    if case .text = try tokens.peek() { _ = try tokens.next() }
    let counts = strategies.map(\.count)
    let profiles: Int
    do { profiles = try FiniteGame.profileCount(of: counts) } catch let refusal as SolverError {
      throw tokens.error(refusal.message)
    }
    let utilities =
      try tokens.peek() == .open
      ? try outcomeVersion(players: players.count, profiles: profiles)
      : try payoffVersion(players: players.count, profiles: profiles)
    if let more = try tokens.next() { throw tokens.error("the file should end here, but \(more.described) came") }
    return try FiniteGame(
      strategyCounts: counts, utilities: utilities, title: title, playerNames: Self.numberingEmpty(players),
      strategyNames: strategies.map(Self.numberingEmpty))
  }

  // MARK: The head

  private mutating func text(_ meaning: String) throws -> String {
    guard case .text(let text) = try tokens.next() else {
      throw tokens.error("\(meaning) is due, in double quotes")
    }
    return text
  }

  private mutating func names(_ meaning: String) throws -> [String] {
    try tokens.expect(.open, meaning)
    var names: [String] = []
    while try tokens.peek() != .close { names.append(try text(meaning)) }
    _ = try tokens.next()
    guard !names.isEmpty else { throw tokens.error("\(meaning) are missing: there must be at least one") }
    return names
  }

  /// Either how many each player has, or a list of names for each.
  private mutating func strategies(players: Int) throws -> [[String]] {
    let meaning = "the players' strategies"
    try tokens.expect(.open, meaning)
    var strategies: [[String]] = []
    var total = 0
    while let token = try tokens.peek(), token != .close {
      if token == .open {
        strategies.append(try names("the names of player \(strategies.count + 1)'s strategies"))
        continue
      }
      _ = try tokens.next()
      guard case .word(let word) = token, let count = Int(word), count >= 1 else {
        throw tokens.error("a player's number of strategies is due, at least 1, but \(token.described) came")
      }
      total += min(count, FiniteGame.payoffLimit + 1)
      guard total <= FiniteGame.payoffLimit else {
        throw tokens.error("the game has too many strategies: more than \(FiniteGame.payoffLimit)")
      }
      strategies.append((1...count).map(String.init))
    }
    try tokens.expect(.close, "after " + meaning)
    guard strategies.count == players else {
      throw tokens.error("there are \(players) players, but strategies of \(strategies.count)")
    }
    return strategies
  }

  // MARK: The payoffs

  private mutating func payoffVersion(players: Int, profiles: Int) throws -> [[Double]] {
    var utilities = [[Double]](repeating: [], count: players)
    for player in utilities.indices { utilities[player].reserveCapacity(profiles) }
    for profile in 0..<profiles {
      for player in 0..<players {
        guard case .word(let word) = try tokens.peek() else {
          let found = described(try tokens.next())
          throw tokens.error(
            "\(players * profiles) payoffs are due, but after \(profile * players + player) of them \(found) came")
        }
        _ = try tokens.next()
        utilities[player].append(try number(word))
      }
    }
    return utilities
  }

  private mutating func outcomeVersion(players: Int, profiles: Int) throws -> [[Double]] {
    let outcomes = try outcomes(players: players)
    var utilities = [[Double]](repeating: [], count: players)
    for profile in 0..<profiles {
      let token = try tokens.next()
      guard case .word(let word) = token, let index = Int(word) else {
        throw tokens.error(
          "\(profiles) numbers of outcomes are due, but after \(profile) of them \(described(token)) came")
      }
      guard index >= 0, index <= outcomes.count else {
        throw tokens.error("there are \(outcomes.count) outcomes, but number \(index) is asked for")
      }
      // Number 0 is the outcome that pays nothing.
      for player in 0..<players { utilities[player].append(index == 0 ? 0 : outcomes[index - 1][player]) }
    }
    return utilities
  }

  private mutating func outcomes(players: Int) throws -> [[Double]] {
    try tokens.expect(.open, "the outcomes")
    var outcomes: [[Double]] = []
    while try tokens.peek() == .open {
      _ = try tokens.next()
      _ = try text("the name of outcome \(outcomes.count + 1)")
      var payoffs: [Double] = []
      while case .word(let word) = try tokens.peek() {
        _ = try tokens.next()
        payoffs.append(try number(word))
      }
      try tokens.expect(.close, "after the payoffs of outcome \(outcomes.count + 1)")
      guard payoffs.count == players else {
        throw tokens.error(
          "outcome \(outcomes.count + 1) must pay each of \(players) players, but has \(payoffs.count) payoffs")
      }
      outcomes.append(payoffs)
    }
    try tokens.expect(.close, "after the outcomes")
    return outcomes
  }

  private func number(_ word: String) throws -> Double {
    let parts = word.split(separator: "/", omittingEmptySubsequences: false)
    let values = parts.compactMap(Self.decimal)
    guard values.count == parts.count, parts.count <= 2 else { throw tokens.error("'\(word.prefix(40))' is no number") }
    if values.count == 1 { return values[0] }
    guard values[1] != 0 else { throw tokens.error("'\(word.prefix(40))' divides by 0") }
    return values[0] / values[1]
  }

  /// Digits only: Swift would also take "nan", "inf" and hexadecimals.
  private static func decimal(_ text: Substring) -> Double? {
    guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }), let value = Double(text), value.isFinite
    else { return nil }
    return value
  }

  private func described(_ token: GambitTokens.Token?) -> String { token?.described ?? "the end of the file" }

  /// Names of one list must differ: those that are empty or come again get their number.
  private static func numberingEmpty(_ names: [String]) -> [String] {
    Set(names).count == names.count && !names.contains("")
      ? names
      : names.enumerated().map { index, name in
        name.isEmpty ? "\(index + 1)" : "\(index + 1) \(name)"
      }
  }
}

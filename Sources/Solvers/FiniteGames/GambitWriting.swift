extension FiniteGame {
  /// The game as the text of a .nfg file. Payoffs are written with all their digits, so that reading gives the same
  /// game.
  public func gambitText(_ version: GambitFormat.Version = .payoff) -> String {
    var text = "NFG 1 R \(Self.quoted(title)) { \(playerNames.map(Self.quoted).joined(separator: " ")) }\n\n"
    text +=
      "{ " + strategyNames.map { "{ " + $0.map(Self.quoted).joined(separator: " ") + " }" }.joined(separator: "\n  ")
    text += " }\n\"\"\n\n"
    switch version {
    case .payoff:
      for profile in 0..<profileCount { text += payoffs(at: profile, separator: " ") + "\n" }
    case .outcome:
      var numbers: [[Double]: Int] = [:]
      var outcomes: [String] = []
      var indices: [String] = []
      for profile in 0..<profileCount {
        let payoffs = utilities.map { $0[profile] }
        if numbers[payoffs] == nil {
          outcomes.append("{ \"\" \(self.payoffs(at: profile, separator: ", ")) }")
          numbers[payoffs] = outcomes.count
        }
        indices.append("\(numbers[payoffs] ?? 0)")
      }
      text += "{\n" + outcomes.joined(separator: "\n") + "\n}\n" + indices.joined(separator: " ") + "\n"
    }
    return text
  }

  private func payoffs(at profile: Int, separator: String) -> String {
    utilities.map { values in
      let value = values[profile]
      return Int(exactly: value).map(String.init) ?? "\(value)"
    }.joined(separator: separator)
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for character in text {
      if character == "\"" || character == "\\" { quoted.append("\\") }
      quoted.append(character)
    }
    return quoted + "\""
  }
}

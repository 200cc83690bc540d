import Foundation
import Tensor

/// One `--set NAME=VALUES`: a parameter and the values that it takes.
struct Setting: Equatable {
  let name: String
  let values: [String]

  /// More than this is a slip of the keyboard.
  static let mostValues = 1_000_000

  /// `clients=50`, `rate=0.1,0.2`, `seed=1..20`, `rate=0..1..0.25`. Commas in braces or double quotes part nothing.
  /// - Throws: `CommandProblem` in words for the command line.
  init(_ text: String) throws(CommandProblem) {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
      throw CommandProblem(
        "--set \(text): write NAME=VALUE, as in --set clients=50 or --set seed=1..20", status: .usage)
    }
    let name = String(text[..<equals])
    guard name.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil else {
      throw CommandProblem("--set \(text): '\(name)' is no name of a parameter", status: .usage)
    }
    var values: [String] = []
    for part in try Self.parts(String(text[text.index(after: equals)...]), in: text) {
      values += try Self.range(part, in: text) ?? [part]
    }
    if let twice = values.firstRepeated {
      throw CommandProblem("--set \(text): the value \(twice) is there twice", status: .usage)
    }
    self.name = name
    self.values = values
  }

  private static func parts(_ text: String, in setting: String) throws(CommandProblem) -> [String] {
    var parts = [""]
    var depth = 0
    var isQuoted = false
    for character in text {
      switch character {
      case "\"":
        isQuoted.toggle()
        continue
      case "{" where !isQuoted: depth += 1
      case "}" where !isQuoted: depth -= 1
      case "," where !isQuoted && depth == 0:
        parts.append("")
        continue
      default: break
      }
      parts[parts.count - 1].append(character)
    }
    guard depth == 0, !isQuoted else {
      throw CommandProblem("--set \(setting): a brace or a quote is not closed", status: .usage)
    }
    return parts
  }

  /// The numbers of `FIRST..LAST` or `FIRST..LAST..STEP`, computed in decimals so that 0.1 stays 0.1; nil for what is no
  /// range of numbers.
  private static func range(_ text: String, in setting: String) throws(CommandProblem) -> [String]? {
    let words = text.components(separatedBy: "..")
    guard (2...3).contains(words.count) else { return nil }
    let numbers = words.compactMap { word in
      word.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?/) == nil ? nil : Decimal(string: word)
    }
    guard numbers.count == words.count else { return nil }
    let step = numbers.count == 3 ? numbers[2] : 1
    guard step > 0, numbers[1] >= numbers[0] else {
      throw CommandProblem("--set \(setting): a range goes up, FIRST..LAST or FIRST..LAST..STEP", status: .usage)
    }
    guard (numbers[1] - numbers[0]) / step < Decimal(mostValues) else {
      throw CommandProblem("--set \(setting): these are more than \(mostValues) values", status: .usage)
    }
    var values: [String] = []
    var value = numbers[0]
    while value <= numbers[1] {
      values.append("\(value)")
      value += step
    }
    return values
  }
}

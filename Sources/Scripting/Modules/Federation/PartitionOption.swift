import Core
import Tensor

/// The options of every function that spreads data over members: which partition, and its parameters.
///
/// A signature lists `PartitionOption.parameters` among its own; its body calls `partition(_:)` and `featureNoise(_:)`.
enum PartitionOption {
  static var parameters: [any AnyParameter] {
    [choice, concentration, mainShare, shards, exponent, indices, featureNoise]
  }

  /// The words of `partition`.
  enum Choice: String, CaseIterable { case iid, dirichlet, mixture, shards, quantity, explicit }

  private static let choice = Parameter<Choice>.choice("partition", "how the data is spread", default: .iid)
  private static let usualConcentration = 0.5
  private static let concentration = Parameter<Double>.number(
    "concentration",
    "of the Dirichlet distribution, in \"dirichlet\" (the smaller, the fewer classes a member sees) and \"quantity\"",
    domain: .positive
  ).optional("0.5")
  private static let mainShare = Parameter<Double>.number(
    "main_share", "mu, in \"mixture\": how much of a member's data is of its main class beyond the uniform rest",
    domain: .between(0, 1)
  ).optional("0.8")
  private static let shards = Parameter<Int>.integer(
    "shards", "in \"shards\": how many each member gets, each of one class as a rule", domain: .atLeast(1)
  ).optional("2")
  private static let exponent = Parameter<Double>.number(
    "exponent", "in \"quantity\": member i, from 1, gets data in proportion to i^-exponent", domain: .nonNegative
  ).optional("sizes from the Dirichlet distribution")
  private static let indices = Parameter<[[Int32]]>(
    name: "indices", summary: "in \"explicit\": the training examples of each member, from 1",
    typeName: "a list of lists of whole numbers", unit: nil, domain: nil, fallback: nil, fallbackText: nil, choices: [],
    read: { try Self.lists($0, $1) }
  ).optional()
  private static let featureNoise = Parameter<FeatureNoise>(
    name: "feature_noise",
    summary: "standard deviation of Gaussian noise on what the members measure: of each, or of the last of N members, "
      + "where the i-th has i/N of it",
    typeName: "a number or a list of numbers", unit: nil, domain: nil, fallback: FeatureNoise.none,
    fallbackText: "none", choices: []
  ) { stack, index in
    if stack.kind(at: index) == .number { return .growing(to: stack.number(at: index)) }
    return .levels(try ListReader.numbers(stack, index, expected: "a number or a list of numbers"))
  }

  /// The partition that the arguments ask for.
  /// - Throws: `InvalidParameter` when an option was given that belongs to another partition, or one is missing.
  static func partition(_ arguments: Arguments) throws -> Partition {
    let choice = arguments[choice]
    func refuse(_ isGiven: Bool, _ option: String, unless owners: Choice...) throws {
      if isGiven, !owners.contains(choice) {
        let words = owners.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
        throw ScriptError.invalidParameter(
          "option '\(option)' belongs to partition = \(words), but partition is \"\(choice.rawValue)\"")
      }
    }
    try refuse(arguments[concentration] != nil, "concentration", unless: .dirichlet, .quantity)
    try refuse(arguments[mainShare] != nil, "main_share", unless: .mixture)
    try refuse(arguments[shards] != nil, "shards", unless: .shards)
    try refuse(arguments[exponent] != nil, "exponent", unless: .quantity)
    try refuse(arguments[indices] != nil, "indices", unless: .explicit)
    switch choice {
    case .iid: return .identical
    case .dirichlet: return .dirichlet(concentration: arguments[concentration] ?? usualConcentration)
    case .mixture: return .mixture(mainShare: arguments[mainShare] ?? 0.8)
    case .shards: return .shards(perMember: arguments[shards] ?? 2)
    case .quantity:
      return .quantity(
        arguments[exponent].map { .powerLaw(exponent: $0) }
          ?? .dirichlet(concentration: arguments[concentration] ?? usualConcentration))
    case .explicit:
      guard let indices = arguments[indices] else {
        throw ScriptError.invalidParameter("partition = \"explicit\" needs option 'indices'")
      }
      return .explicit(indices)
    }
  }

  /// How noisy each member's features are.
  static func featureNoise(_ arguments: Arguments) -> FeatureNoise { arguments[featureNoise] }

  private static func lists(_ stack: LuaStack, _ index: Int32) throws -> [[Int32]] {
    try ListReader.elements(stack, index, expected: "a list of lists of whole numbers") { list in
      try ListReader.elements(stack, list, expected: "a list of whole numbers") { element in
        guard let place = stack.wholeNumber(at: element), (1...Int(Int32.max)).contains(place) else {
          throw Mismatch("a whole number from 1 on", stack, element)
        }
        return Int32(place - 1)
      }
    }
  }
}

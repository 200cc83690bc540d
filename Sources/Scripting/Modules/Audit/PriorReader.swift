import CLuaShim
import Solvers
import Tensor

/// Priors as scripts give them.
enum PriorReader {
  static let words = """
    "uniform", "exponential", "normal", "beta", a table such as { "exponential", mean = 0.3 }, \
    { probabilities = one for each type, or lists of them by role or participant }, a list of \
    { values = ..., probability = ... }, or a function that returns everybody's types
    """

  static func prior(_ value: LuaValue, _ participants: [Participant]) throws -> TypePrior {
    switch value {
    case .none: return .independent(.uniform)
    case .string(let name): return try distributions(name, [:], participants)
    case .reference(let reference):
      reference.push()
      let stack = reference.stack
      defer { stack.pop() }
      let index = stack.count
      switch stack.kind(at: index) {
      case .function: return .drawn(WrittenPrior(reference, participants, stack.machine))
      case .table:
        let first = LuaKind(lua_rawgeti(stack.state, index, 1))
        stack.pop()
        if first == .string { return try named(stack, index, participants) }
        do {
          if stack.pushField("probabilities", at: index) {
            defer { stack.pop() }
            return .independentByType(try probabilities(stack, stack.count, participants))
          }
          return .table(try table(stack, index, participants))
        } catch let mismatch as Mismatch {
          throw ScriptError.invalidParameter(
            "option 'prior'\(mismatch.place) must be \(mismatch.expected), but is \(mismatch.given)")
        }
      default: break
      }
    default: break
    }
    throw ScriptError.invalidParameter("option 'prior' must be \(words)")
  }

  // MARK: Distributions

  private static let parameterNames = ["mean", "deviation", "alpha", "beta"]

  private static func named(_ stack: LuaStack, _ index: Int32, _ participants: [Participant]) throws -> TypePrior {
    var name = ""
    var numbers: [String: Double] = [:]
    try stack.forEach(at: index) {
      if stack.kind(at: -2) == .number {
        name = stack.displayText(at: -1)
        return
      }
      let key = stack.displayText(at: -2)
      guard parameterNames.contains(key), stack.kind(at: -1) == .number else {
        let near = Suggestion.clause(for: key, among: parameterNames)
        throw ScriptError.invalidParameter(
          "a distribution has no number '\(key)'\(near)", hint: parameterNames.joined(separator: ", "))
      }
      numbers[key] = stack.number(at: -1)
    }
    return try distributions(name, numbers, participants)
  }

  /// One distribution for every number; where its parameters are not given they follow from the number's bounds.
  private static func distributions(
    _ name: String, _ numbers: [String: Double], _ participants: [Participant]
  ) throws -> TypePrior {
    let needed: [String: [String]] = [
      "uniform": [], "exponential": ["mean"], "normal": ["mean", "deviation"], "beta": ["alpha", "beta"],
    ]
    guard let takes = needed[name] else {
      let near = Suggestion.clause(for: name, among: needed.keys.sorted())
      throw ScriptError.invalidParameter(
        "there is no distribution '\(name.prefix(40))'\(near)", hint: needed.keys.sorted().joined(separator: ", "))
    }
    if let unused = numbers.keys.sorted().first(where: { !takes.contains($0) }) {
      throw ScriptError.invalidParameter("the \(name) distribution has no '\(unused)'")
    }
    if name == "uniform" { return .independent(.uniform) }
    return .independentByField(
      try participants.map { participant in
        try participant.space.fields.map { field in
          let width = field.bounds.upperBound - field.bounds.lowerBound
          let distribution: ValueDistribution =
            switch name {
            case "exponential": .exponential(mean: numbers["mean"] ?? max(width / 3, .leastNonzeroMagnitude))
            case "normal":
              .normal(
                mean: numbers["mean"] ?? field.bounds.lowerBound + width / 2,
                deviation: numbers["deviation"] ?? max(width / 5, .leastNonzeroMagnitude))
            default: .beta(alpha: numbers["alpha"] ?? 2, beta: numbers["beta"] ?? 2)
            }
          return try distribution.validated()
        }
      })
  }

  // MARK: Few types

  /// One list for everybody, a list for each participant, or one for each role.
  private static func probabilities(
    _ stack: LuaStack, _ index: Int32, _ participants: [Participant]
  ) throws -> [TypeProbabilities] {
    let words = "a list of numbers, one for each type, or lists of them by role or participant"
    guard stack.kind(at: index) == .table else { throw Mismatch(words, stack, index, place: ".probabilities") }
    let rows: [[Double]]
    let first = LuaKind(lua_rawgeti(stack.state, index, 1))
    stack.pop()
    switch first {
    case .number:
      let row = try ListReader.numbers(stack, index, expected: words)
      rows = participants.map { _ in row }
    case .table:
      rows = try ListReader.elements(stack, index, expected: words) {
        stack.kind(at: $0) == .table ? try ListReader.numbers(stack, $0, expected: words) : nil
      }
    default: rows = try byRole(stack, index, participants, words)
    }
    guard rows.count == participants.count else {
      throw ScriptError.shapeMismatch(
        "there are \(rows.count) lists of probabilities for \(participants.count) participants")
    }
    return try zip(rows, participants).map { try TypeProbabilities($0, of: $1) }
  }

  private static func byRole(
    _ stack: LuaStack, _ index: Int32, _ participants: [Participant], _ words: String
  ) throws -> [[Double]] {
    var found: [String: [Double]] = [:]
    try stack.forEach(at: index) {
      found[GroupOption.singular(stack.displayText(at: -2))] = try ListReader.numbers(
        stack, stack.count, expected: words)
    }
    let roles = Set(participants.map(\.role))
    if let stranger = found.keys.sorted().first(where: { !roles.contains($0) }) {
      throw ScriptError.invalidParameter(
        "there is nobody called '\(stranger)s' in this mechanism",
        hint: roles.map { $0 + "s" }.sorted().joined(separator: ", "))
    }
    return try participants.map { participant in
      if let row = found[participant.role] { return row }
      // Those whose type is the only one need none.
      guard let types = participant.space.types, types.count == 1 else {
        throw ScriptError.shapeMismatch("there are no probabilities for the \(participant.role)s")
      }
      return [1]
    }
  }

  // MARK: Tables

  private static func table(_ stack: LuaStack, _ index: Int32, _ participants: [Participant]) throws -> PriorTable {
    let words = "a list of { values = ..., probability = ... }"
    let rows = try ListReader.elements(stack, index, expected: words) { element in
      guard stack.kind(at: element) == .table else { return nil as (types: [[Double]], probability: Double)? }
      let row = stack.absolute(element)
      guard stack.pushField("probability", at: row) else { return nil }
      guard stack.kind(at: -1) == .number else {
        stack.pop()
        return nil
      }
      let probability = stack.number(at: -1)
      stack.pop()
      guard stack.pushField("values", at: row) else { return nil }
      defer { stack.pop() }
      return (types: try ReportReader.rows(stack, stack.count, participants), probability: probability)
    }
    return try PriorTable(rows, participants)
  }
}

/// A prior that a Lua function draws; `math.random` in it follows the audit's seed.
final class WrittenPrior: ReplicableSampler {
  private let function: LuaReference
  private let participants: [Participant]
  private let machine: LuaMachine

  init(_ function: LuaReference, _ participants: [Participant], _ machine: LuaMachine) {
    self.function = function
    self.participants = participants
    self.machine = machine
  }

  func replica() throws(ReplicaObstacle) -> Replica<any ProfileSampler> {
    let copies = try FunctionCopies(of: machine)
    return copies.replica(WrittenPrior(try copies.copy(function, draws: true), participants, copies.machine))
  }

  func draw(into types: inout Profile, _ random: inout RandomStream) throws {
    let outer = machine.random
    machine.random = random
    defer {
      random = machine.random
      machine.random = outer
    }
    do {
      try machine.callLeavingResults(function, results: 1)
    } catch let failure as LuaFailure {
      throw failure.isInterrupt ? Cancelled() : failure
    }
    let stack = machine.stack
    defer { stack.pop() }
    do {
      types = try Profile(try ReportReader.rows(stack, stack.count, participants), within: participants)
    } catch let mismatch as Mismatch {
      throw ScriptError.invalidParameter("the prior must return \(mismatch.expected), but gives \(mismatch.given)")
    }
  }
}

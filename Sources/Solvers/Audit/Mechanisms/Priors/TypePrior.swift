import Tensor

/// How true types are distributed.
public enum TypePrior {
  /// Every number by itself; by participant and field, or one for all. Finite spaces: every type is as likely as any
  /// other.
  case independent(ValueDistribution)
  case independentByField([[ValueDistribution]])
  /// Every participant's type by itself, from a finite space, with probabilities of its own.
  case independentByType([TypeProbabilities])
  /// Whole profiles with their probabilities.
  case table(PriorTable)
  /// Drawn by somebody else, such as a function of a script.
  case drawn(any ProfileSampler)

  /// Whether types say nothing about each other.
  var isIndependent: Bool {
    switch self {
    case .independent, .independentByField, .independentByType: true
    case .table, .drawn: false
    }
  }

  func distribution(of participant: Int, field: Int) -> ValueDistribution {
    switch self {
    case .independent(let distribution): distribution
    case .independentByField(let rows): rows[participant][field]
    case .independentByType, .table, .drawn: .uniform
    }
  }

  /// Draws a profile of true types.
  func draw(into types: inout Profile, _ participants: [Participant], _ random: inout RandomStream) throws {
    switch self {
    case .table(let table): types = table.draw(&random)
    case .drawn(let sampler): try sampler.draw(into: &types, &random)
    case .independent, .independentByField, .independentByType:
      for index in participants.indices { drawType(of: index, into: &types, participants[index].space, &random) }
    }
  }

  /// Draws one participant's type, independently of all others.
  func drawType(of participant: Int, into types: inout Profile, _ space: ReportSpace, _ random: inout RandomStream) {
    if let choices = space.types {
      let type =
        if case .independentByType(let laws) = self { choices[laws[participant].draw(&random)] } else {
          choices[random.integer(below: choices.count)]
        }
      for field in type.indices { types[participant, field] = type[field] }
    } else {
      for field in space.fields.indices {
        types[participant, field] = distribution(of: participant, field: field)
          .draw(space.fields[field].bounds, &random)
      }
    }
  }
}

/// How likely each type of a finite space is.
public struct TypeProbabilities: Equatable, Sendable {
  public let probabilities: [Double]
  private let cumulative: [Double]

  /// - Throws: `ShapeMismatch` unless there is one for each type; `NotFinite`; `NotStochastic` unless they are at least 0
  ///   and add to 1.
  public init(_ probabilities: [Double], of participant: Participant) throws {
    guard let types = participant.space.types else {
      throw SolverError(
        .invalidParameter, "\(participant.name) may report any number of its bounds: probabilities are for few types",
        hint: "declare types, or give a distribution such as \"beta\"")
    }
    guard types.count == probabilities.count else {
      throw SolverError(
        .shapeMismatch, "\(participant.name) has \(types.count) types, but \(probabilities.count) probabilities")
    }
    try Self.check(probabilities, of: participant.name)
    self.probabilities = probabilities
    var sum = 0.0
    cumulative = probabilities.map {
      sum += $0
      return sum
    }
  }

  private static func check(_ probabilities: [Double], of name: String) throws {
    guard probabilities.allSatisfy(\.isFinite) else {
      throw SolverError(.notFinite, "the probabilities of \(name) must be finite numbers")
    }
    let total = probabilities.reduce(0, +)
    guard probabilities.allSatisfy({ $0 >= 0 }), abs(total - 1) <= 1e-6 else {
      throw SolverError(
        .notStochastic, "the probabilities of \(name) must be at least 0 and add to 1, but add to \(total)")
    }
  }

  /// The place of a type.
  func draw(_ random: inout RandomStream) -> Int {
    let mark = random.uniform() * (cumulative.last ?? 1)
    return cumulative.firstIndex { mark < $0 } ?? cumulative.count - 1
  }
}

/// Draws profiles of true types.
public protocol ProfileSampler {
  /// - Parameter types: of the mechanism's shape; all of it is to be written.
  func draw(into types: inout Profile, _ random: inout RandomStream) throws
}

/// A sampler that one thread at a time may use, but that can be copied for others.
public protocol ReplicableSampler: ProfileSampler {
  /// - Throws: `ReplicaObstacle`.
  func replica() throws(ReplicaObstacle) -> Replica<any ProfileSampler>
}

/// A distribution over finitely many profiles, in which types may depend on each other.
public struct PriorTable: Equatable, Sendable {
  public let profiles: [Profile]
  public let probabilities: [Double]
  private let cumulative: [Double]

  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`; `NotStochastic` unless the probabilities are at least 0 and
  ///   add to 1; `InvalidParameter` for types outside their space.
  public init(_ rows: [(types: [[Double]], probability: Double)], _ participants: [Participant]) throws {
    guard !rows.isEmpty else { throw SolverError(.emptyInput, "a prior must have at least one profile") }
    profiles = try rows.map { try Profile($0.types, within: participants) }
    probabilities = rows.map(\.probability)
    guard probabilities.allSatisfy(\.isFinite) else {
      throw SolverError(.notFinite, "the probabilities of a prior must be finite numbers")
    }
    let total = probabilities.reduce(0, +)
    guard probabilities.allSatisfy({ $0 >= 0 }), abs(total - 1) <= 1e-6 else {
      throw SolverError(
        .notStochastic, "the probabilities of a prior must be at least 0 and add to 1, but add to \(total)")
    }
    var sum = 0.0
    cumulative = probabilities.map {
      sum += $0
      return sum
    }
  }

  func draw(_ random: inout RandomStream) -> Profile {
    let mark = random.uniform() * (cumulative.last ?? 1)
    return profiles[cumulative.firstIndex { mark < $0 } ?? profiles.count - 1]
  }

  /// The probability of each profile, where one may stand in several rows.
  var weights: [[Double]: Double] {
    zip(profiles, probabilities).reduce(into: [:]) { $0[$1.0.values, default: 0] += $1.1 }
  }
}

import Core
import Solvers
import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A federation that scripts hold, with the rounds it has been through.
final class FederationObject: ScriptObject {
  static let typeName = "federation"
  private(set) var federation: Federation
  private(set) var rounds: [RoundReport] = []

  /// - Parameter ruleMemory: what a checkpoint kept of a Lua rule's state.
  init(_ federation: Federation, rounds: [RoundReport] = [], ruleMemory: RuleMemory? = nil) {
    self.federation = federation
    self.rounds = rounds
    keptMemory = ruleMemory
  }

  func replaceModel(_ model: Network) throws {
    try federation.replaceModel(model)
    measured = nil
  }

  private var state: LuaReference?
  /// The state before the first round after a checkpoint was read.
  private let keptMemory: RuleMemory?

  /// The memory of rules written in Lua: one table for all rounds.
  ///
  /// - Throws: `ShapeMismatch` for a checkpoint's tensor that is none.
  func aggregationState(_ machine: LuaMachine) throws -> LuaReference {
    let state = try state ?? LuaAggregation.newState(machine, keptMemory)
    self.state = state
    return state
  }

  /// The memory of rules written in Lua, for a checkpoint.
  ///
  /// - Throws: `InvalidParameter` when it holds what no file can.
  func ruleMemory() throws -> RuleMemory? {
    guard let state else { return keptMemory }
    return try LuaAggregation.memory(of: state)
  }

  /// Goes on by one round; on any error the federation is as it was.
  func train(
    plans: [MemberPlan], directions: RoundDirections, progress: @escaping @Sendable (RoundProgress) -> Void,
    cancellation: Cancellation
  ) throws -> RoundReport {
    let report = try federation.train(
      plans: plans, directions: directions, progress: progress, cancellation: cancellation)
    measured = nil
    rounds.append(report)
    return report
  }

  /// Measured once for each model: a game that is solved again between two rounds asks the same.
  private var measured: [MemberMeasurement]?

  private func measurements(cancellation: Cancellation) throws -> [MemberMeasurement] {
    let measurements = try measured ?? federation.measure(cancellation: cancellation)
    measured = measurements
    return measurements
  }

  /// What the members would report to the game now: losses and gradient norms of the present model on their own data,
  /// and the ages of their last updates, or, before the first, of an update of the papers' five iterations.
  func reports(cancellation: Cancellation) throws -> MemberReports {
    let measured = try measurements(cancellation: cancellation)
    let members = federation.members
    var ages = members.map { plannedAge(of: $0) }
    for report in rounds.flatMap(\.members) { ages[report.member] = report.ageSeconds }
    return MemberReports(
      dataSizes: measured.map { Double($0.dataSize) }, losses: measured.map(\.crossEntropy), ages: ages,
      gradientNorms: zip(measured, members).map { measured, member in
        // An attitude a multiplies the unit cost of privacy, beta ln(1 + |g|): the norm that reports it is
        // (1 + |g|)^a - 1.
        expm1(member.privacyAttitude * log1p(measured.gradientNorm))
      },
      frequencies: members.map(\.device.frequency))
  }

  /// The papers' starting number of iterations, k^0.
  private static let startingIterations = 5

  private func plannedAge(of member: Member) -> Double {
    let perIteration = federation.options.unit == .epoch ? member.samples.count : federation.options.batchSize
    return VirtualClock.trainingSeconds(samples: Self.startingIterations * perIteration, on: member.device)
      + VirtualClock.uploadSeconds(bits: updateBits, from: member.device) + federation.clock.consensusDelay
  }

  /// The devices as the game's constants; members differ in frequency, which they report, and in nothing else that
  /// `fl.federation` can set. An iteration that is an epoch counts as the mean of the members' data.
  var gameDevice: IncentiveOptions.Federated {
    let device = federation.members[0].device
    let samples = federation.members.reduce(0) { $0 + $1.samples.count }
    let mean = Double(max(1, samples / federation.members.count))
    return IncentiveOptions.Federated(
      cyclesPerSample: device.cyclesPerSample,
      iterationSamples: federation.options.unit == .epoch ? mean : Double(federation.options.batchSize),
      messageBits: updateBits, bandwidth: device.bandwidth, signalToNoise: device.signalToNoise)
  }

  private var updateBits: Double { 32 * Double(federation.model.parameters.count) }
}

import Synchronization
import Tensor

extension Federation {
  /// The local training of all who take part, in parallel; outcomes in the members' order.
  func trainMembers(
    _ plans: [MemberPlan], progress: @escaping @Sendable (RoundProgress) -> Void, cancellation: Cancellation
  ) throws -> [LocalTraining.Outcome] {
    try ArgumentCheck("federation").shape(
      plans.count == members.count, expected: "a plan for each of \(members.count) members", given: "\(plans.count)")
    var work = [Int](repeating: 0, count: members.count)
    for (member, plan) in zip(members, plans) {
      try plan.check(member: member, options: options)
      work[member.index] =
        try plan.work(size: member.samples.count, batchSize: options.batchSize, unit: options.unit).steps
    }
    let takingPart = members.indices.filter { plans[$0].takesPart }
    guard !takingPart.isEmpty else { return [] }
    let training = LocalTraining(data: data, options: options, round: round + 1, start: model)
    let meter = ProgressMeter(
      round: round + 1, steps: takingPart.reduce(0) { $0 + work[$1] }, members: takingPart.count, report: progress)
    let (members, clock, options) = (members, clock, options)
    let architecture = model.architecture
    return try ParallelMembers.map(
      order: takingPart.sorted { (work[$1], $0) < (work[$0], $1) }, threads: options.threads,
      makeTools: { NetworkTrainer(architecture: architecture, batchSize: options.batchSize) },
      work: { position, trainer in
        let outcome = try training.run(
          members[position], plan: plans[position], clock: clock, trainer: trainer, cancellation: cancellation,
          onStep: { meter.advance(steps: $0) })
        meter.finishMember()
        return outcome
      })
  }
}

/// Counts the steps of all threads and tells how far the round is.
private final class ProgressMeter: Sendable {
  private let round: Int
  private let steps: Int
  private let members: Int
  private let report: @Sendable (RoundProgress) -> Void
  private let done = Mutex((steps: 0, members: 0))

  init(round: Int, steps: Int, members: Int, report: @escaping @Sendable (RoundProgress) -> Void) {
    self.round = round
    self.steps = steps
    self.members = members
    self.report = report
  }

  func advance(steps count: Int) {
    tell { $0.steps += count }
  }

  func finishMember() {
    tell { $0.members += 1 }
  }

  private func tell(_ change: (inout (steps: Int, members: Int)) -> Void) {
    // Told under the lock, so that what is told never goes backward.
    done.withLock { done in
      change(&done)
      report(
        RoundProgress(
          round: round, fraction: Double(done.steps) / Double(max(steps, 1)), membersFinished: done.members,
          membersInAll: members))
    }
  }
}

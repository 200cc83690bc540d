/// A training task's way through the network.
///
///     PUBLISHED -> SCHEDULED -> TRAINING -> LOCAL_VALIDATION -> AGGREGATED -> CONSENSUS -> REWARDED
///     no trainer in time -> REFUNDED;  no votes -> validation once more with others, then REFUNDED
///     no quorum in two views -> REJECTED: trainers and validators are paid, the aggregator is not
///
/// Source: specification 2.6.
public struct LearningIteration: Sendable, Equatable {
  public enum State: String, CaseIterable, Sendable {
    case published = "PUBLISHED"
    case scheduled = "SCHEDULED"
    case training = "TRAINING"
    case localValidation = "LOCAL_VALIDATION"
    case aggregated = "AGGREGATED"
    case consensus = "CONSENSUS"
    case rewarded = "REWARDED"
    case refunded = "REFUNDED"
    case rejected = "REJECTED"
  }

  public enum Event: String, CaseIterable, Sendable {
    case schedule
    /// At least one trainer has begun.
    case train
    case submit
    /// Votes are in and the models are put together.
    case aggregate
    case propose
    /// The committee's quorum agrees.
    case agree
    /// A deadline passes, or a view ends without a quorum.
    case timeout
  }

  public private(set) var state = State.published
  public private(set) var validationAttempts = 0
  public private(set) var views = 0

  public init() {}

  public var isOver: Bool { [.rewarded, .refunded, .rejected].contains(state) }
  /// Whether trainers and local validators are paid.
  public var paysWorkers: Bool { state == .rewarded || state == .rejected }
  public var paysAggregator: Bool { state == .rewarded }

  /// - Throws: `EconomyError.wrongState`; the iteration is as before.
  public mutating func apply(_ event: Event) throws(EconomyError) {
    switch (state, event) {
    case (.published, .schedule): state = .scheduled
    case (.scheduled, .train): state = .training
    case (.training, .submit): (state, validationAttempts) = (.localValidation, 1)
    case (.localValidation, .aggregate): state = .aggregated
    case (.aggregated, .propose): (state, views) = (.consensus, 1)
    case (.consensus, .agree): state = .rewarded
    case (.published, .timeout), (.scheduled, .timeout), (.training, .timeout): state = .refunded
    case (.localValidation, .timeout):
      if validationAttempts < 2 { validationAttempts += 1 } else { state = .refunded }
    case (.consensus, .timeout):
      if views < 2 { views += 1 } else { state = .rejected }
    default: throw .wrongState(event: event.rawValue, state: state.rawValue)
    }
  }
}

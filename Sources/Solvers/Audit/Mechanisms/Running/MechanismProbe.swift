import Tensor

/// One thread's way to ask a mechanism: it refuses outcomes that are no numbers, and tells at which reports.
final class MechanismProbe {
  let mechanism: any Mechanism
  let participants: [Participant]
  let widths: [Int]
  /// What is forgiven, relative to the numbers compared.
  let tolerance: Double
  /// How often the mechanism was asked.
  private(set) var evaluations = 0
  /// Which numbers of a profile are private; only those count for its scale.
  private let privatePlaces: [Int]
  private let differentiable: (any DifferentiableMechanism)?
  /// Participants with the same number have the same role and the same space.
  let twinClass: [Int]

  init(_ mechanism: any Mechanism, tolerance: Double) {
    self.mechanism = mechanism
    self.tolerance = tolerance
    participants = mechanism.participants
    differentiable = mechanism as? any DifferentiableMechanism
    widths = participants.map(\.space.fields.count)
    privatePlaces = participants.flatMap(\.space.fields).enumerated().filter(\.element.isPrivate).map(\.offset)
    let participants = participants
    twinClass = participants.map { participant in
      participants.firstIndex { $0.role == participant.role && $0.space == participant.space } ?? 0
    }
  }

  var hasTwins: Bool { Set(twinClass).count < participants.count }

  /// Whether utilities are the product of type and coefficients less the payment, as is the rule.
  var hasLinearUtilities: Bool {
    var types = Profile(participants.map { $0.space.types?.last ?? $0.space.fields.map(\.bounds.upperBound) })
    for index in types.values.indices { types.values[index] *= 0.75 }
    var outcome = emptyOutcome()
    for index in outcome.coefficients.values.indices { outcome.coefficients.values[index] = 0.5 }
    for index in outcome.payments.indices { outcome.payments[index] = 0.25 * (types.values.first ?? 1) }
    return participants.indices.allSatisfy { participant in
      let expected = types.product(with: outcome.coefficients, of: participant) - outcome.payments[participant]
      guard let found = try? mechanism.utility(of: participant, true: types, outcome: outcome) else { return false }
      return abs(found - expected) <= 1e-9 * max(scale(types, outcome), abs(expected))
    }
  }

  func emptyOutcome() -> MechanismOutcome { MechanismOutcome(widths: widths) }

  /// - Throws: `MechanismFailure` with the reports; `Cancelled`.
  func settle(_ reports: Profile, into outcome: inout MechanismOutcome) throws {
    evaluations += 1
    outcome.clear()
    do {
      try mechanism.settle(reports, into: &outcome)
    } catch let cancelled as Cancelled {
      throw cancelled
    } catch {
      throw MechanismFailure(reports: reports, error)
    }
    guard outcome.isFinite else {
      throw MechanismFailure(reports: reports, reason: notANumber(outcome))
    }
  }

  func outcome(of reports: Profile) throws -> MechanismOutcome {
    var outcome = emptyOutcome()
    try settle(reports, into: &outcome)
    return outcome
  }

  @inline(__always)
  func utility(of participant: Int, true types: Profile, _ outcome: MechanismOutcome) throws -> Double {
    let utility: Double
    do {
      utility = try mechanism.utility(of: participant, true: types, outcome: outcome)
    } catch let cancelled as Cancelled {
      throw cancelled
    } catch {
      throw MechanismFailure(reports: types, error)
    }
    guard utility.isFinite else {
      throw MechanismFailure(
        reports: types, reason: "the utility of \(participants[participant].name) is \(Self.word(for: utility))")
    }
    return utility
  }

  var hasSlopes: Bool { differentiable != nil }

  /// The derivatives of a participant's utility by its report; nil where they are not known, or are no numbers.
  func slopes(of participant: Int, true types: Profile, reports: Profile) throws -> [Double]? {
    do {
      let slopes = try differentiable?.utilitySlopes(of: participant, true: types, reports: reports)
      return slopes?.allSatisfy(\.isFinite) == true ? slopes : nil
    } catch let cancelled as Cancelled {
      throw cancelled
    } catch {
      // Derivatives only say where to ask; whether a mechanism answers there is found out by asking.
      return nil
    }
  }

  /// The largest of the private numbers and the payments.
  func scale(_ types: Profile, _ outcome: MechanismOutcome) -> Double {
    var scale = 0.0
    for place in privatePlaces {
      let value = types.values[place]
      scale = max(scale, abs(value), abs(value * outcome.coefficients.values[place]))
    }
    for payment in outcome.payments { scale = max(scale, abs(payment)) }
    return scale
  }

  private func notANumber(_ outcome: MechanismOutcome) -> String {
    for (participant, payment) in zip(participants, outcome.payments) where !payment.isFinite {
      return "the payment of \(participant.name) is \(Self.word(for: payment))"
    }
    for (index, participant) in participants.enumerated() {
      if let amount = outcome.coefficients[index].first(where: { !$0.isFinite }) {
        return "what \(participant.name) gets is \(Self.word(for: amount))"
      }
    }
    return "the outcome is no number"
  }

  private static func word(for value: Double) -> String { value.isNaN ? "not a number" : "infinite" }
}

extension MechanismOutcome {
  /// Whether all of it is finite numbers.
  var isFinite: Bool {
    // A sum of products with zero is zero unless one of them is infinite or no number.
    var sum = 0.0
    for value in coefficients.values { sum += value * 0 }
    for value in payments { sum += value * 0 }
    return sum == 0
  }
}

/// A mechanism that gave no outcome, and at which reports.
public struct MechanismFailure: Error, Equatable, Sendable {
  public var reports: Profile
  /// One sentence.
  public let reason: String

  init(reports: Profile, reason: String) {
    self.reports = reports
    self.reason = reason
  }

  init(reports: Profile, _ error: any Error) {
    self.init(reports: reports, reason: (error as? any Diagnosable)?.message ?? String(describing: error))
  }
}

import Tensor

/// Makes a counterexample simple without losing it, as property-based testing does: numbers go to 0, to bounds and to few
/// digits, one after the other, as long as at least half of the breach is left.
struct Shrinking {
  let check: any PropertyCheck
  let probe: MechanismProbe
  let cancellation: Cancellation

  /// Rounds through all numbers, at most: each makes what follows it simpler.
  private static let rounds = 6

  func shrunk(_ worst: PropertyTally.Worst) throws -> (found: AuditCase, breach: Breach) {
    var best = (found: worst.found, breach: worst.breach)
    let enough = worst.breach.excess / 2
    for _ in 0..<Self.rounds {
      var changed = false
      for place in places(best.found) {
        for simpler in candidates(best.found, place) {
          try cancellation.check()
          let candidate = check.completed(simpler, probe)
          guard candidate != best.found, isReportable(candidate) else { continue }
          guard let breach = try measured(candidate), breach.isViolation(probe.tolerance), breach.excess >= enough
          else {
            continue
          }
          best = (candidate, breach)
          changed = true
          break
        }
      }
      if !changed { break }
    }
    return best
  }

  /// A case at which the mechanism fails is no simpler case of this.
  private func measured(_ candidate: AuditCase) throws -> Breach? {
    do { return try check.breach(in: candidate, probe) } catch is MechanismFailure { return nil }
  }

  /// Whether everything that is true or reported may be reported.
  private func isReportable(_ candidate: AuditCase) -> Bool {
    let profiles =
      [candidate.types] + (candidate.reports?.offsets == candidate.types.offsets ? [candidate.reports] : [])
    return profiles.compactMap { $0 }.allSatisfy { profile in
      probe.participants.indices.allSatisfy { probe.participants[$0].space.contains(profile[$0]) }
    }
  }

  // MARK: Numbers

  private struct Place {
    let participant: Int
    let field: Int
    let isLie: Bool
  }

  /// The numbers that may change: lies last, so that they are simplified against a simple truth; others' numbers first.
  private func places(_ found: AuditCase) -> [Place] {
    func all(_ participants: [Int], isLie: Bool) -> [Place] {
      participants.flatMap { participant in
        probe.participants[participant].space.fields.indices.map {
          Place(participant: participant, field: $0, isLie: isLie)
        }
      }
    }
    let bystanders = probe.participants.indices.filter { !found.participants.contains($0) }
    let concerned = found.participants.filter { $0 < probe.participants.count }
    // A second run of another shape is made from lies that only its own check can take apart.
    let hasLies = found.reports.map { $0.offsets == found.types.offsets } ?? false
    return all(bystanders, isLie: false) + all(concerned, isLie: false) + (hasLies ? all(concerned, isLie: true) : [])
  }

  /// The same case with a simpler number in one place, the simplest first.
  private func candidates(_ found: AuditCase, _ place: Place) -> [AuditCase] {
    let profile = place.isLie ? found.reports ?? found.types : found.types
    let space = probe.participants[place.participant].space
    let report = profile[place.participant]
    let simpler: [[Double]]
    if let types = space.types {
      // A type as a whole; those that are listed first count as simpler.
      simpler = place.field == 0 ? Array(types.prefix { $0 != report }) : []
    } else {
      simpler = Self.simplerNumbers(report[place.field], space.fields[place.field].bounds).map { number in
        var changed = report
        changed[place.field] = number
        return changed
      }
    }
    return simpler.map { report in
      var candidate = found
      if place.isLie {
        candidate.reports?[place.participant] = report
      } else {
        candidate.types[place.participant] = report
        // Who lies goes on lying in the same words; a check that wants it otherwise says so.
      }
      return candidate
    }
  }

  /// Numbers within the bounds that take fewer words to say than `value`, the simplest first.
  static func simplerNumbers(_ value: Double, _ bounds: ClosedRange<Double>) -> [Double] {
    var candidates: [Double] = [0, bounds.lowerBound, bounds.upperBound]
    for digits in 1...4 {
      let unit = decimalUnit(below: max(abs(value), abs(bounds.upperBound - bounds.lowerBound)), digits: digits)
      let multiples = value / unit
      for multiple in [multiples.rounded(), multiples.rounded(.down), multiples.rounded(.up)] {
        // Dividing by a whole number gives the double that its decimal text reads back as.
        candidates.append(unit < 1 ? multiple / (1 / unit).rounded() : multiple * unit)
      }
    }
    var seen: [Double] = []
    for candidate in candidates {
      if candidate == value { break }
      if bounds.contains(candidate), !seen.contains(candidate) { seen.append(candidate) }
    }
    return seen
  }
}

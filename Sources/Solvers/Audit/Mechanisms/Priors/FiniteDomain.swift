/// All profiles of finite report spaces, counted.
struct FiniteDomain: Sendable {
  private let types: [[[Double]]]
  let count: Int

  /// Nil unless every space is finite and the profiles can be counted.
  init?(_ participants: [Participant]) {
    var types: [[[Double]]] = []
    var count = 1
    for participant in participants {
      guard let choices = participant.space.types else { return nil }
      let (product, overflow) = count.multipliedReportingOverflow(by: choices.count)
      guard !overflow else { return nil }
      count = product
      types.append(choices)
    }
    self.types = types
    self.count = count
  }

  /// How many lies there are in all profiles together.
  var deviationCount: Int {
    let perProfile = types.reduce(1) { $0 + $1.count + 1 }
    let (product, overflow) = count.multipliedReportingOverflow(by: perProfile)
    return overflow ? .max : product
  }

  func write(_ index: Int, into profile: inout Profile) {
    var rest = index
    for (participant, choices) in types.enumerated() {
      let type = choices[rest % choices.count]
      rest /= choices.count
      for field in type.indices { profile[participant, field] = type[field] }
    }
  }

  /// How likely a profile is when types are independent.
  func probability(_ index: Int, _ laws: [TypeProbabilities]) -> Double {
    var (rest, probability) = (index, 1.0)
    for (choices, law) in zip(types, laws) {
      probability *= law.probabilities[rest % choices.count]
      rest /= choices.count
    }
    return probability
  }
}

/// A number as sentences show it: six significant digits at most.
func shown(_ value: Double) -> String {
  guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
  let unit = decimalUnit(below: abs(value), digits: 6)
  // Dividing by a whole number gives the double that its decimal text reads back as.
  let inverse = (1 / unit).rounded()
  let rounded = unit >= 1 ? (value / unit).rounded() * unit : (value * inverse).rounded() / inverse
  if let whole = Int(exactly: rounded), whole.magnitude < 1 << 53 { return String(whole) }
  return "\(rounded)"
}

/// A report: a number, or several in braces as Lua writes them.
func shown(_ values: [Double]) -> String {
  values.count == 1 ? shown(values[0]) : "{ " + values.map { shown($0) }.joined(separator: ", ") + " }"
}

/// The power of ten whose multiples have so many digits at a number of this size.
func decimalUnit(below size: Double, digits: Int) -> Double {
  var power = 1.0
  while power <= size / 10, power < 1e300 { power *= 10 }
  while power > size, power > 1e-300 { power /= 10 }
  for _ in 1..<max(1, digits) { power /= 10 }
  return power
}

extension MechanismProbe {
  /// The first of those whom a case is about.
  func who(_ found: AuditCase) -> String {
    found.participants.first.map { participants[$0].name } ?? "the mechanism"
  }

  /// What an outcome is worth to all together, payments left out.
  func welfare(_ types: Profile, _ outcome: MechanismOutcome) throws -> Double {
    var sum = 0.0
    for participant in participants.indices {
      sum += try utility(of: participant, true: types, outcome) + outcome.payments[participant]
    }
    return sum
  }

  /// Whether two are different participants of one role, who could change places.
  func areTwins(_ first: Int, _ second: Int) -> Bool {
    first != second && twinClass[first] == twinClass[second]
  }
}

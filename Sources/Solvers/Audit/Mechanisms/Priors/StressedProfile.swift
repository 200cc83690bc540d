import Tensor

/// Pushes a drawn profile to where mechanisms break and no smooth prior ever draws: ties between participants, bounds.
enum StressedProfile {
  static func apply(to types: inout Profile, _ participants: [Participant], _ random: inout RandomStream) {
    for index in participants.indices where random.integer(below: 2) == 0 {
      let space = participants[index].space
      guard space.types == nil else { continue }
      let kind = random.integer(below: 4)
      for field in space.fields.indices {
        let bounds = space.fields[field].bounds
        switch kind {
        case 0: types[index, field] = bounds.lowerBound
        case 1: types[index, field] = bounds.upperBound
        default:
          let other = types.range(of: random.integer(below: participants.count))
          guard field < other.count else { continue }
          types[index, field] = min(max(types.values[other.lowerBound + field], bounds.lowerBound), bounds.upperBound)
        }
      }
    }
  }
}

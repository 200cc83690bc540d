/// ln(1 + x) of every number, eight at a time, within two units of the last place; NaN below -1.
public func logOnePlus(_ values: [Double]) -> [Double] {
  let width = DoubleLanes.count
  return [Double](unsafeUninitializedCapacity: values.count) { results, count in
    values.withUnsafeBufferPointer { values in
      guard let from = values.baseAddress, let to = results.baseAddress else { return }
      let whole = values.count / width * width
      for place in stride(from: 0, to: whole, by: width) {
        DoubleLanes.logOnePlus(DoubleLanes(at: from + place)).store(at: to + place)
      }
      for place in whole..<values.count { to[place] = DoubleLanes.logOnePlus(DoubleLanes(repeating: from[place]))[0] }
    }
    count = values.count
  }
}

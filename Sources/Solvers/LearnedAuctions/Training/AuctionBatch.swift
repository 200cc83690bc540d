/// A batch of bid profiles and all that a training step computes on it; nothing is allocated after the beginning.
///
/// Every tile has one region for the true profiles and one for each bidder, in which that bidder alone misreports. A
/// region keeps what was reported, what the networks see of it, the rule's outcome, and both networks' values and
/// deltas. Regions are worked on by several threads; sums over them are always taken in the same order, so that nothing
/// depends on how many there are.
final class AuctionBatch<Rule: AuctionRule> {
  typealias Lanes = Rule.Lanes
  typealias Number = Lanes.Number

  let rule: Rule
  let profiles: Int
  let tiles: Int
  /// Both networks' numbers, the allocation network's first.
  let parameters: ProfileBuffer<Number>
  let gradient: ProfileBuffer<Number>
  let allocation: PerceptronPass<Lanes>
  let payment: PerceptronPass<Lanes>
  private let inputs: Int
  private let regionCount: Int
  private let regions: ProfileBuffer<Lanes>
  /// The first layers' sums at the true profiles, from which misreports differ in a few inputs only.
  private let firstSums: ProfileBuffer<Lanes>
  private let firstSumCount: Int
  private let gains: ProfileBuffer<Lanes>
  /// 1/profiles in the lanes that hold a profile, 0 in the others.
  private let weights: ProfileBuffer<Lanes>
  /// One for each thread.
  private let desks: [AuctionDesk<Rule>]
  private let allocationGradient: GradientPlan<Lanes>
  private let paymentGradient: GradientPlan<Lanes>

  /// - Parameters:
  ///   - profiles: how many, at least 1.
  ///   - allocationWidths, paymentWidths: how many numbers stand before, between and after each network's layers.
  ///   - threads: at most so many, at least 1.
  init(rule: Rule, profiles: Int, allocationWidths: [Int], paymentWidths: [Int], threads: Int = 1) {
    self.rule = rule
    self.profiles = profiles
    tiles = (profiles + Lanes.count - 1) / Lanes.count
    inputs = rule.bidders * rule.reportWidth
    let first = PackedLayer.chain(widths: allocationWidths, start: 0)
    let second = PackedLayer.chain(widths: paymentWidths, start: first.last?.end ?? 0)
    let count = second.last?.end ?? 0
    parameters = ProfileBuffer(count: count, zero: 0)
    gradient = ProfileBuffer(count: count, zero: 0)
    allocation = PerceptronPass(layers: first, parameters: parameters.base)
    payment = PerceptronPass(layers: second, parameters: parameters.base)
    regionCount = 2 * inputs + rule.regionCount + allocation.regionCount + payment.regionCount
    regions = ProfileBuffer(count: tiles * (1 + rule.bidders) * regionCount, zero: .zero)
    firstSumCount = first[0].paddedOutputs + second[0].paddedOutputs
    firstSums = ProfileBuffer(count: tiles * firstSumCount, zero: .zero)
    gains = ProfileBuffer(count: tiles * rule.bidders, zero: .zero)
    weights = ProfileBuffer(count: tiles, zero: .zero)
    desks = (0..<max(1, min(threads, tiles * (1 + rule.bidders)))).map { place in
      AuctionDesk(rule: place == 0 ? rule : rule.detached())
    }
    for profile in 0..<profiles { weights.base[profile / Lanes.count][profile % Lanes.count] = 1 / Number(profiles) }
    let (base, stride) = (regions.base, regionCount)
    let starts = (0..<(tiles * (1 + rule.bidders))).map { base + $0 * stride }
    let networks = 2 * inputs + rule.regionCount
    let seen = starts.map { [inputs] in $0 + inputs }
    allocationGradient = allocation.plan(regions: starts.map { $0 + networks }, inputs: seen)
    let paymentStart = networks + allocation.regionCount
    paymentGradient = payment.plan(regions: starts.map { $0 + paymentStart }, inputs: seen)
  }

  // MARK: Places

  /// The true profiles of a tile for nil, else those in which a bidder misreports.
  @inline(__always)
  private func region(_ tile: Int, _ bidder: Int?) -> UnsafeMutablePointer<Lanes> {
    regions.base + (tile * (1 + rule.bidders) + (bidder.map { $0 + 1 } ?? 0)) * regionCount
  }
  @inline(__always)
  private func seen(_ region: UnsafeMutablePointer<Lanes>) -> UnsafeMutablePointer<Lanes> { region + inputs }
  @inline(__always)
  private func allocationRegion(_ region: UnsafeMutablePointer<Lanes>) -> UnsafeMutablePointer<Lanes> {
    region + (2 * inputs + rule.regionCount)
  }
  @inline(__always)
  private func paymentRegion(_ region: UnsafeMutablePointer<Lanes>) -> UnsafeMutablePointer<Lanes> {
    allocationRegion(region) + allocation.regionCount
  }
  @inline(__always)
  func view(_ tile: Int, _ bidder: Int?) -> TileView<Lanes> {
    let region = region(tile, bidder)
    return TileView(
      reports: region, allocation: allocation.outputs(allocationRegion(region)),
      allocationDeltas: allocation.outputDeltas(allocationRegion(region)),
      payment: payment.outputs(paymentRegion(region)), paymentDeltas: payment.outputDeltas(paymentRegion(region)),
      own: region + 2 * inputs)
  }

  /// One number of a profile: the true report for nil, else what a bidder misreports.
  @inline(__always)
  private func place(_ profile: Int, _ bidder: Int?, _ input: Int) -> UnsafeMutablePointer<Number> {
    UnsafeMutableRawPointer(region(profile / Lanes.count, bidder) + input)
      .assumingMemoryBound(to: Number.self) + profile % Lanes.count
  }

  // MARK: Reports in and out

  /// Puts a profile of true reports in its place; the last one fills the lanes that are left over.
  func setTruth(_ profile: Int, _ reports: UnsafePointer<Number>) {
    let end = profile == profiles - 1 ? tiles * Lanes.count : profile + 1
    for lane in profile..<end {
      for input in 0..<inputs { place(lane, nil, input).pointee = reports[input] }
    }
  }

  /// Puts what each bidder would say instead in its place; the same for the lanes that are left over.
  func setMisreports(_ profile: Int, _ reports: UnsafePointer<Number>) {
    let end = profile == profiles - 1 ? tiles * Lanes.count : profile + 1
    for lane in profile..<end {
      for input in 0..<inputs { place(lane, input / rule.reportWidth, input).pointee = reports[input] }
    }
  }

  func readMisreports(_ profile: Int, _ reports: UnsafeMutablePointer<Number>) {
    for input in 0..<inputs { reports[input] = place(profile, input / rule.reportWidth, input).pointee }
  }

  // MARK: Forward

  /// Works on every unit once, on as many threads as are worth it. Units must not write in one place.
  ///
  /// - Parameter passes: how often a unit goes through the networks.
  private func each(_ units: Int, passes: Int, _ work: (Int, AuctionDesk<Rule>) -> Void) {
    let products = Double(units) * Double(passes) * Double(parameters.count) * Double(Lanes.count)
    let threads = min(desks.count, units, Int(min(products / Self.productsPerThread, 1e6)))
    guard threads > 1 else {
      for unit in 0..<units { work(unit, desks[0]) }
      return
    }
    WorkSharing.share(units, among: threads) { unit, thread in work(unit, desks[thread]) }
  }

  /// Below so many, some ten microseconds' worth, waking a thread takes longer than its work.
  private static var productsPerThread: Double { 500_000 }

  /// The outcome of every true profile.
  func settleTruth() {
    each(tiles, passes: 1) { tile, desk in
      let rule = desk.rule
      let region = region(tile, nil)
      let seen = seen(region)
      for input in 0..<inputs {
        seen[input] =
          (region[input] - Lanes(repeating: rule.shifts[input])) * Lanes(repeating: rule.inverseScales[input])
      }
      let sums = firstSums.base + tile * firstSumCount
      let paymentSums = sums + allocation.layers[0].paddedOutputs
      allocation.firstSums(seen, to: sums)
      payment.firstSums(seen, to: paymentSums)
      allocation.forward(
        allocationRegion(region), firstSums: sums, changes: seen, changed: 0..<0,
        outputRows: 0..<rule.allocationOutputs)
      payment.forward(
        paymentRegion(region), firstSums: paymentSums, changes: seen, changed: 0..<0, outputRows: 0..<rule.bidders)
      rule.settle(view(tile, nil))
    }
  }

  /// Copies what the others report beside a bidder's misreport.
  private func copyOthers(_ tile: Int, _ bidder: Int) {
    let (from, to) = (region(tile, nil), region(tile, bidder))
    let own = (bidder * rule.reportWidth)..<((bidder + 1) * rule.reportWidth)
    for input in 0..<inputs where !own.contains(input) {
      to[input] = from[input]
      to[inputs + input] = from[inputs + input]
    }
  }

  /// The outcome for a bidder who misreports.
  @inline(__always)
  private func settleMisreport(_ tile: Int, _ bidder: Int, _ desk: AuctionDesk<Rule>) {
    let rule = desk.rule
    let region = region(tile, bidder)
    let truth = self.region(tile, nil)
    let first = bidder * rule.reportWidth
    let changes = desk.changes
    for field in 0..<rule.reportWidth {
      let input = first + field
      let scale = Lanes(repeating: rule.inverseScales[input])
      changes[field] = (region[input] - truth[input]) * scale
      region[inputs + input] = truth[inputs + input] + changes[field]
    }
    let sums = firstSums.base + tile * firstSumCount
    let changed = first..<(first + rule.reportWidth)
    allocation.forward(
      allocationRegion(region), firstSums: sums, changes: changes, changed: changed,
      outputRows: rule.allocationRows(of: bidder))
    payment.forward(
      paymentRegion(region), firstSums: sums + allocation.layers[0].paddedOutputs, changes: changes, changed: changed,
      outputRows: rule.paymentRows(of: bidder))
    rule.settleOwn(bidder, view(tile, bidder))
  }

  /// What a bidder gains by its misreport, in each profile of a tile.
  @inline(__always)
  private func gain(_ tile: Int, _ bidder: Int, _ desk: AuctionDesk<Rule>) -> Lanes {
    let rule = desk.rule
    let truth = region(tile, nil) + bidder * rule.reportWidth
    return rule.utility(of: bidder, truth: truth, view(tile, bidder))
      - rule.utility(of: bidder, truth: truth, view(tile, nil))
  }

  /// The gains of all bidders' misreports; the truth must have been settled.
  func settleMisreports() {
    each(tiles * rule.bidders, passes: 1) { unit, desk in
      let (tile, bidder) = unit.quotientAndRemainder(dividingBy: rule.bidders)
      copyOthers(tile, bidder)
      settleMisreport(tile, bidder, desk)
      gains.base[unit] = gain(tile, bidder, desk)
    }
  }

  /// The largest gain of each bidder on a grid of single reports, or 0; the truth must have been settled.
  func searchGrid(low: Double, high: Double, points: Int) {
    each(tiles * rule.bidders, passes: points) { unit, desk in
      let (tile, bidder) = unit.quotientAndRemainder(dividingBy: rule.bidders)
      copyOthers(tile, bidder)
      var best = Lanes.zero
      for point in 0..<points {
        let value = low + (high - low) * Double(point) / Double(points - 1)
        region(tile, bidder)[bidder] = Lanes(repeating: Number(value))
        settleMisreport(tile, bidder, desk)
        best = Lanes.larger(best, gain(tile, bidder, desk))
      }
      gains.base[unit] = best
    }
  }

  /// Lets every bidder climb its gain from its misreport, within the bounds; then settles the misreports.
  ///
  /// - Parameter rate: gamma, what the derivative is multiplied by in each step.
  func climb(steps: Int, rate: Number) {
    let factor = Lanes(repeating: rate)
    each(tiles * rule.bidders, passes: 2 * steps + 1) { unit, desk in
      let (tile, bidder) = unit.quotientAndRemainder(dividingBy: rule.bidders)
      copyOthers(tile, bidder)
      let region = region(tile, bidder)
      for _ in 0..<steps {
        let slopes = settledSlopes(tile, bidder, desk)
        for field in 0..<rule.reportWidth {
          let input = bidder * rule.reportWidth + field
          region[input] = Lanes.smaller(
            Lanes.larger(region[input] + factor * slopes[field], Lanes(repeating: desk.rule.lows[input])),
            Lanes(repeating: desk.rule.highs[input]))
        }
      }
      settleMisreport(tile, bidder, desk)
      gains.base[unit] = gain(tile, bidder, desk)
    }
  }

  /// Settles a bidder's misreport, and differentiates its utility by each number of it.
  ///
  /// - Returns: a place that the next call overwrites.
  @inline(__always)
  private func settledSlopes(_ tile: Int, _ bidder: Int, _ desk: AuctionDesk<Rule>) -> UnsafePointer<Lanes> {
    let (rule, slopes) = (desk.rule, desk.slopes)
    let region = region(tile, bidder)
    let first = bidder * rule.reportWidth
    let allocationRows = rule.allocationRows(of: bidder)
    let paymentRows = rule.paymentRows(of: bidder)
    settleMisreport(tile, bidder, desk)
    rule.pullUtility(of: bidder, truth: self.region(tile, nil) + first, view(tile, bidder), direct: slopes)
    allocation.backward(allocationRegion(region), outputRows: allocationRows)
    payment.backward(paymentRegion(region), outputRows: paymentRows)
    for field in 0..<rule.reportWidth {
      let through =
        allocation.inputDerivative(allocationRegion(region), input: first + field, outputRows: allocationRows)
        + payment.inputDerivative(paymentRegion(region), input: first + field, outputRows: paymentRows)
      slopes[field] += through * Lanes(repeating: rule.inverseScales[first + field])
    }
    return UnsafePointer(slopes)
  }

  /// The derivatives of a bidder's utility by its misreport in the first profile; the truth must have been settled.
  func slopes(of bidder: Int) -> [Double] {
    copyOthers(0, bidder)
    let slopes = settledSlopes(0, bidder, desks[0])
    return (0..<rule.reportWidth).map { Double(slopes[$0][0]) }
  }

  /// The mean gain of each bidder, of what is positive only if `clamp`ed.
  func regret(clamp: Bool, into regret: inout [Double]) {
    for bidder in 0..<rule.bidders {
      var sum = Lanes.zero
      for tile in 0..<tiles {
        let gain = gains.base[tile * rule.bidders + bidder]
        sum.add(weights.base[tile], times: clamp ? gain.positivePart : gain)
      }
      regret[bidder] = Double(sum.total)
    }
  }

  @inline(__always)
  func gain(profile: Int, bidder: Int) -> Number {
    gains.base[profile / Lanes.count * rule.bidders + bidder][profile % Lanes.count]
  }

  /// The mean of what the auctioneer wants small.
  func meanCost() -> Double {
    var sum = Lanes.zero
    for tile in 0..<tiles { sum.add(weights.base[tile], times: rule.cost(view(tile, nil))) }
    return Double(sum.total)
  }

  // MARK: Backward

  /// The gradient of (mean cost + the sum of coefficients times mean gains), misreports held fixed.
  func differentiate(coefficients: [Double], clamp: Bool) {
    func weight(_ tile: Int, _ bidder: Int) -> Lanes {
      let gain = gains.base[tile * rule.bidders + bidder]
      let counted = clamp ? weights.base[tile] * gain.whetherPositive : weights.base[tile]
      return counted * Lanes(repeating: Number(coefficients[bidder]))
    }
    each(tiles * (rule.bidders + 1), passes: 1) { unit, desk in
      let (tile, bidder) = unit.quotientAndRemainder(dividingBy: rule.bidders + 1)
      if bidder < rule.bidders {
        pullMisreport(tile, bidder, weight: weight(tile, bidder), desk)
      } else {
        for bidder in 0..<rule.bidders { desk.utilityWeights[bidder] = Lanes.zero - weight(tile, bidder) }
        let region = region(tile, nil)
        desk.rule.pullCost(view(tile, nil), weight: weights.base[tile], utilityWeights: desk.utilityWeights)
        allocation.backward(allocationRegion(region), outputRows: 0..<rule.allocationOutputs)
        payment.backward(paymentRegion(region), outputRows: 0..<rule.bidders)
      }
    }
    let rows = allocationGradient.blocks.count
    each(rows + paymentGradient.blocks.count, passes: 1 + rule.bidders) { unit, _ in
      if unit < rows {
        allocationGradient.compute(block: unit, to: gradient.base)
      } else {
        paymentGradient.compute(block: unit - rows, to: gradient.base)
      }
    }
  }

  private func pullMisreport(_ tile: Int, _ bidder: Int, weight: Lanes, _ desk: AuctionDesk<Rule>) {
    let rule = desk.rule
    let region = region(tile, bidder)
    let view = view(tile, bidder)
    rule.pullUtility(
      of: bidder, truth: self.region(tile, nil) + bidder * rule.reportWidth, view,
      direct: desk.slopes)
    let (allocationRows, paymentRows) = (rule.allocationRows(of: bidder), rule.paymentRows(of: bidder))
    for row in allocationRows { view.allocationDeltas[row] *= weight }
    for row in paymentRows { view.paymentDeltas[row] *= weight }
    allocation.backward(allocationRegion(region), outputRows: allocationRows)
    payment.backward(paymentRegion(region), outputRows: paymentRows)
  }

  /// To be told when the parameters have changed.
  func refresh() {
    allocation.refresh()
    payment.refresh()
  }

  func load(allocation first: Perceptron, payment second: Perceptron) {
    allocation.fill(parameters.base, from: first)
    payment.fill(parameters.base, from: second)
    refresh()
  }
}

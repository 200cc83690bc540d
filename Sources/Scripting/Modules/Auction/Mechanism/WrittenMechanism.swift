import CLuaShim
import Solvers
import Tensor

/// A mechanism whose rule is a Lua function: one table of reports per group in, one table with amounts and payments per
/// group out.
final class WrittenMechanism: ExtensibleMechanism, DifferentiableMechanism, ReplicableMechanism {
  /// What a script gave beside the rule.
  struct Text {
    let rule: LuaReference
    var feasible: LuaReference?
    var optimum: LuaReference?
    var utility: LuaReference?
  }

  let name: String
  let groups: [RuleGroup]
  let participants: [Participant]
  let goods: RuleGoods
  private let text: Text
  private let machine: LuaMachine
  private let layout: RuleLayout
  private var trace = Trace.untried

  /// The rule's derivatives, tried for when first asked for.
  private enum Trace {
    case untried
    case none
    case found(RuleTrace)
  }

  init(name: String, groups: [RuleGroup], goods: RuleGoods, text: Text, machine: LuaMachine) {
    self.name = name
    self.groups = groups
    self.goods = goods
    self.text = text
    self.machine = machine
    participants = groups.flatMap(\.participants)
    layout = RuleLayout(groups)
  }

  func settle(_ reports: Profile, into outcome: inout MechanismOutcome) throws {
    try settle(reports.values, &outcome.coefficients.values, &outcome.payments)
  }

  private func settle(_ reports: [Double], _ amounts: inout [Double], _ payments: inout [Double]) throws {
    let state = machine.state
    guard lua_checkstack(state, 8) != 0 else { throw ScriptError.outOfMemory }
    var call = flnft_rule_call()
    text.rule.push()
    let status = reports.withUnsafeBufferPointer { reports in
      amounts.withUnsafeMutableBufferPointer { amounts in
        payments.withUnsafeMutableBufferPointer { payments in
          call.groups = Int32(groups.count)
          call.group = UnsafePointer(layout.groups)
          call.reports = reports.baseAddress
          call.amounts = amounts.baseAddress
          call.payments = payments.baseAddress
          return flnft_call_rule(state, -1, &call)
        }
      }
    }
    guard status == LUA_OK else {
      let failure = LuaFailure(popping: machine.stack)
      machine.stack.pop()
      throw failure.isInterrupt ? Cancelled() : failure
    }
    machine.stack.pop()
    if call.problem != flnft_rule_fine { throw RuleProblem(call, groups: groups, place: place(of: text.rule)) }
    try checkNumbers(amounts, payments)
  }

  /// With the place of the rule, which whoever asks a mechanism does not know.
  private func checkNumbers(_ amounts: [Double], _ payments: [Double]) throws {
    guard !payments.allSatisfy(\.isFinite) || !amounts.allSatisfy(\.isFinite) else { return }
    func word(_ value: Double) -> String { value.isNaN ? "not a number" : "infinite" }
    let what: String
    if let participant = payments.firstIndex(where: { !$0.isFinite }) {
      what = "a payment of \(participants[participant].name) that is \(word(payments[participant]))"
    } else {
      let index = amounts.firstIndex { !$0.isFinite } ?? 0
      what = "an allocation of \(participants[layout.participant(at: index)].name) that is \(word(amounts[index]))"
    }
    throw ScriptError.invalidParameter("\(place(of: text.rule)): the rule returns \(what)")
  }

  /// Where a function was written.
  private func place(of function: LuaReference) -> String {
    function.push()
    flnft_push_function_place(machine.state, -1)
    defer { machine.stack.pop(2) }
    return machine.stack.displayText(at: -1)
  }

  // MARK: What the script says of outcomes

  func utility(of participant: Int, true types: Profile, outcome: MechanismOutcome) throws -> Double {
    guard let utility = text.utility else {
      return types.product(with: outcome.coefficients, of: participant) - outcome.payments[participant]
    }
    let value = try call(
      utility,
      [
        shown(types[participant]), shown(quantities(of: participant, outcome)), .number(outcome.payments[participant]),
        .integer(participant + 1),
      ])
    switch value {
    case .number(let value): return value
    case .integer(let value): return Double(value)
    default: throw ScriptError.invalidParameter("\(place(of: utility)): the utility must return a number")
    }
  }

  func infeasibility(of outcome: MechanismOutcome, reports: Profile) throws -> String? {
    guard let feasible = text.feasible else { return goods.infeasibility(of: outcome, groups) }
    let allocation = byGroup { shown(quantities(of: $0, outcome)) }
    let answers = try callAll(feasible, allocation)
    guard case .boolean(let isFeasible)? = answers.first else {
      throw ScriptError.invalidParameter("\(place(of: feasible)): feasible must return true or false, and why")
    }
    if isFeasible { return nil }
    if answers.count > 1, case .string(let reason) = answers[1] { return reason }
    return "the outcome is infeasible"
  }

  func optimalWelfare(_ types: Profile) throws -> Double? {
    guard let optimum = text.optimum else { return goods.optimalWelfare(types, groups) }
    switch try call(optimum, byGroup { shown(types[$0]) }) {
    case .number(let value): return value
    case .integer(let value): return Double(value)
    default: throw ScriptError.invalidParameter("\(place(of: optimum)): optimum must return a number")
    }
  }

  func withOneMore(of role: String) throws -> (any Mechanism)? {
    var larger = groups
    guard let place = larger.firstIndex(where: { $0.role == role }) else { return nil }
    larger[place].count += 1
    return WrittenMechanism(name: name, groups: larger, goods: goods, text: text, machine: machine)
  }

  // MARK: Derivatives

  /// Of a rule that leaves a trace when it is called with symbols, and has no utility of its own.
  func utilitySlopes(of participant: Int, true types: Profile, reports: Profile) throws -> [Double]? {
    if case .untried = trace { trace = try traced() }
    guard case .found(let trace) = trace else { return nil }
    return try trace.utilitySlopes(of: participant, type: types[participant], at: reports)
  }

  /// A rule that compares reports or draws chance leaves no trace, or a wrong one: it is held against what the rule
  /// answers at reports that do not depend on who asks first.
  private func traced() throws -> Trace {
    var reports = Profile(widths: widths)
    guard text.utility == nil, reports.values.count <= Self.largestTrace else { return .none }
    do {
      let trace = try RuleTrace(text.rule, groups: groups, machine: machine)
      var random = RandomStream(seed: 0, purpose: "trace of a rule")
      var answer = MechanismOutcome(widths: widths)
      for _ in 0..<3 {
        for (index, participant) in participants.enumerated() {
          reports[index] = participant.space.drawn(&random)
        }
        answer.clear()
        try settle(reports, into: &answer)
        guard try trace.agrees(with: answer, at: reports) else { return .none }
      }
      return .found(trace)
    } catch let failure as LuaFailure where failure.isInterrupt {
      throw Cancelled()
    } catch let cancelled as Cancelled {
      throw cancelled
    } catch {
      return .none
    }
  }

  /// Numbers reported; with more, formulas take longer than they help.
  private static let largestTrace = 200

  // MARK: Copies

  func prepare() {
    if case .untried = trace { trace = (try? traced()) ?? .none }
  }

  func replica() throws(ReplicaObstacle) -> Replica<any Mechanism> {
    let copies = try FunctionCopies(of: machine)
    let text = Text(
      rule: try copies.copy(text.rule), feasible: try copies.copyIfGiven(text.feasible),
      optimum: try copies.copyIfGiven(text.optimum), utility: try copies.copyIfGiven(text.utility))
    let replica = WrittenMechanism(name: name, groups: groups, goods: goods, text: text, machine: copies.machine)
    prepare()
    // Symbols live in the original's machine, and are not asked for again.
    if case .found(let trace) = trace { replica.trace = .found(trace.detached()) } else { replica.trace = .none }
    return copies.replica(replica)
  }

  // MARK: Calls

  private func quantities(of participant: Int, _ outcome: MechanismOutcome) -> [Double] {
    zip(outcome.coefficients[participant], layout.signs(of: participant)).map { $1 == 0 ? $0 : $0 * $1 }
  }

  private func shown(_ values: [Double]) -> LuaValue { values.count == 1 ? .number(values[0]) : .numbers(values) }

  /// One list per group.
  private func byGroup(_ value: (Int) -> LuaValue) -> [LuaValue] {
    var first = 0
    return groups.map { group in
      defer { first += group.count }
      return .list((first..<first + group.count).map(value))
    }
  }

  private func call(_ function: LuaReference, _ arguments: [LuaValue]) throws -> LuaValue {
    try callAll(function, arguments).first ?? .none
  }

  private func callAll(_ function: LuaReference, _ arguments: [LuaValue]) throws -> [LuaValue] {
    do { return try machine.call(function, arguments) } catch let failure as LuaFailure {
      throw failure.isInterrupt ? Cancelled() : failure
    }
  }
}

/// The groups as the shim reads them.
private final class RuleLayout {
  let groups: UnsafeMutablePointer<flnft_rule_group>
  private let groupCount: Int
  private let allSigns: UnsafeMutablePointer<Double>
  private let byParticipant: [[Double]]

  init(_ groups: [RuleGroup]) {
    groupCount = groups.count
    self.groups = .allocate(capacity: groups.count)
    let signs = groups.flatMap(\.signs)
    allSigns = .allocate(capacity: max(1, signs.count))
    allSigns.initialize(repeating: 0, count: max(1, signs.count))
    for (index, sign) in signs.enumerated() { allSigns[index] = sign }
    var first = 0
    for (index, group) in groups.enumerated() {
      (self.groups + index).initialize(
        to: flnft_rule_group(count: Int32(group.count), width: Int32(group.width), signs: allSigns + first))
      first += group.width
    }
    byParticipant = groups.flatMap { group in (0..<group.count).map { _ in group.signs } }
  }

  deinit {
    groups.deallocate()
    allSigns.deallocate()
  }

  func signs(of participant: Int) -> [Double] { byParticipant[participant] }

  /// Whose number stands at a place of all of them.
  func participant(at place: Int) -> Int {
    var end = 0
    return byParticipant.firstIndex { signs in
      end += signs.count
      return place < end
    } ?? 0
  }
}

extension ReportSpace {
  /// Any report.
  fileprivate func drawn(_ random: inout RandomStream) -> [Double] {
    if let types, !types.isEmpty { return types[random.integer(below: types.count)] }
    return fields.map { random.uniform($0.bounds.lowerBound, $0.bounds.upperBound) }
  }
}

extension LuaFailure: CustomStringConvertible {
  /// Where, and what.
  var description: String { message }
}

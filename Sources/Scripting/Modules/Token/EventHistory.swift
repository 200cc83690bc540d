import Core

/// A machine of states led through a list of events, as a table that says what each of them did.
struct EventHistory {
  private var events: [String] = []
  private var days: [Int] = []
  private var states: [String] = []
  private var remarks: [String] = []

  mutating func append(_ event: String, day: Int, state: String, remark: String = "") {
    events.append(event)
    days.append(day)
    states.append(state)
    remarks.append(remark)
  }

  /// - Parameter fields: those of the end, before `states`, which has the state after each event.
  func result(_ title: String, state: String, fields: Record, notes: [String] = []) -> LuaValue {
    var all = Record([(name: "state", value: .string(state))])
    for field in fields.fields { all[field.name] = field.value }
    all["states"] = .strings(states)
    var columns: [TextTable.Column] = [
      .init("day", .integers(days)), .init("event", .text(events)), .init("state", .text(states)),
    ]
    if remarks.contains(where: { !$0.isEmpty }) { columns.append(.init("", .text(remarks))) }
    return .object(
      ResultObject(
        "\(title): \(state)", fields: all, tables: events.isEmpty ? [] : [TextTable("", columns)], notes: notes))
  }
}

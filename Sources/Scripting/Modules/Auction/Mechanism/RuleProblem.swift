import CLuaShim
import Tensor

/// A rule that returned something that is no outcome.
struct RuleProblem: Diagnosable {
  let kind: String
  let message: String
  let hint: String?

  /// - Parameter place: where the rule was written.
  init(_ call: flnft_rule_call, groups: [RuleGroup], place: String) {
    let group = groups[Int(call.problem_group)]
    let whose = groups.count > 1 ? " of the \(group.role)s" : ""
    let list =
      switch Int(call.problem_place) {
      case flnft_rule_key_winners: "winners"
      case flnft_rule_key_allocation: "allocation"
      case flnft_rule_key_payments: "payments"
      case flnft_rule_key_receipts: "receipts"
      default: "list"
      }
    let text: String
    var kind = "InvalidParameter"
    var hint: String?
    switch call.problem {
    case flnft_rule_no_result:
      text = "returns no table\(whose.isEmpty ? "" : " for the results" + whose)"
      hint =
        groups.count == 1
        ? "return { winner = 1, payments = { ... } }"
        : "return one table per group: \(groups.map { "{ ... } for the \($0.role)s" }.joined(separator: ", "))"
    case flnft_rule_no_payments:
      text = "returns no payments\(whose)"
      hint = "return payments = { ... }, one number each, or price = what winners pay"
    case flnft_rule_wrong_count:
      kind = "ShapeMismatch"
      text =
        "returns \(list)\(whose) that are not \(group.count), one for each \(group.role)"
    case flnft_rule_no_list: text = "returns \(list)\(whose) that are no list"
    case flnft_rule_no_payment:
      text = "returns a payment of \(group.role) \(call.problem_place) that is no number"
    case flnft_rule_no_number:
      text =
        call.problem_place == 0
        ? "returns a price\(whose) that is no number"
        : "returns an allocation of \(group.role) \(call.problem_place) that is no number"
          + (group.width > 1 ? " and no list of \(group.width) numbers" : "")
    case flnft_rule_no_such_place:
      text = "returns a winner or choice\(whose) that there is not: \(call.problem_place)"
      hint = "places count from 1; nil or false is nobody"
    default:
      let key = withUnsafeBytes(of: call.key) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      let names = ["winner", "winners", "allocation", "choice", "payments", "receipts", "price"]
      let near = Suggestion.clause(for: key, among: names)
      text = "returns an unknown result '\(key)'\(near)"
      hint = names.joined(separator: ", ")
    }
    self.kind = kind
    self.hint = hint
    message = "\(place): the rule \(text)"
  }
}

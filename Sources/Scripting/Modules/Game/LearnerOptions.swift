import CLuaShim
import Solvers

/// Options and fields that everything with learners shares.
enum LearnerOption {
  static let seed = Parameter<Int>.integer("seed", "its own seed", domain: .nonNegative).optional("the run's")

  /// One rule for all, or a list.
  static func parameter(_ owner: String) -> Parameter<[LearningRule]> {
    let words = LearningRule.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    let expected = "one of \(words), or a list of them"
    return Parameter(
      name: "learners", summary: "how everybody learns, or a list with one for each \(owner)", typeName: expected,
      unit: nil, domain: nil, fallback: [.hedge], fallbackText: "\"hedge\"",
      choices: LearningRule.allCases.map(\.rawValue)
    ) { stack, index in
      func rule(_ index: Int32) throws -> LearningRule {
        guard let text = stack.text(at: index), let rule = LearningRule(rawValue: text) else {
          throw Mismatch("one of \(words)", stack, index)
        }
        return rule
      }
      if stack.kind(at: index) == .string { return [try rule(index)] }
      return try ListReader.elements(stack, index, expected: expected) { try rule($0) }
    }
  }

  static func fields(_ report: LearningReport) -> Record {
    [
      "played_utilities": .numbers(report.averageUtilities), "played_regrets": .numbers(report.playedRegrets),
      "coarse_gap": .number(report.coarseCorrelatedGap), "steps": .integers(report.checkpoints),
      "regret_curves": .list(report.regretCurves.map { .numbers($0) }),
      "bound_curves": .list(report.boundCurves.map { .numbers($0 ?? []) }),
      "learners": .strings(report.rules.map(\.rawValue)), "iterations": .integer(report.rounds),
      "converged": .boolean(keepsItsPromises(report)), "seed": .integer(Int(truncatingIfNeeded: report.seed)),
    ]
  }

  /// Whether every learner that promises anything has kept it; true for none.
  private static func keepsItsPromises(_ report: LearningReport) -> Bool {
    zip(report.regretCurves, report.boundCurves).allSatisfy { regrets, bounds in
      guard let regret = regrets.last, let bound = bounds?.last else { return true }
      return regret <= bound
    }
  }
}

/// What a plot of regrets needs.
struct LearningPayload {
  let report: LearningReport
  let names: [String]
}

/// `scenario`: a script's parameters from the command line, and what its run leaves behind.
enum ScenarioModule {
  static func module(_ context: RunContext) -> Module {
    Module(
      name: "scenario", summary: "a script's parameters, the results that its run keeps, what it claims",
      functions: [
        parameters(context), KeepFunction(context: context).function, check(context), verdict(context),
        folder(context),
      ])
  }

  private static func parameters(_ context: RunContext) -> Function {
    let defaults = Parameter<LuaValue>.any("defaults", "the parameters by name, each with what it is without --set")
    return .raw(
      Signature(
        "scenario.parameters", "Declares a script's parameters; --set NAME=VALUE of flnft run replaces a default.",
        [defaults], result: "a table of the values in this run", errors: ["InvalidParameter"],
        example: "scenario.parameters{ clients = 10, rate = 0.1, variant = \"corrected\" }.clients")
    ) { stack in
      let declaration = try ParameterDeclaration(stack)
      try declaration.check(context.record)
      let values = try declaration.values(context.record.settings)
      context.record.declaresParameters = true
      context.record.parameters.merge(values) { $1 }
      return [JSONText.value(.object(values))]
    }
  }

  private static func check(_ context: RunContext) -> Function {
    let claim = Parameter<String>.string("claim", "what should hold, in words")
    let holds = Parameter<Bool>.boolean("holds", "whether it does")
    let published = Parameter<Bool>.boolean(
      "published", "whether a publication claims it, and may be wrong without this run being so", default: false)
    return Function(
      Signature(
        "scenario.check", "Prints a claim and whether it holds, and keeps both with the run's results.",
        [claim, holds, published], result: "whether it holds",
        example: "scenario.check(\"prices are positive\", 3 > 0)")
    ) { arguments in
      let check = RunRecord.Check(
        claim: arguments[claim], holds: arguments[holds], isPublished: arguments[published])
      context.record.checks.append(check)
      let word = check.isPublished ? (check.holds ? "holds:  " : "FAILS:  ") : check.holds ? "ok:     " : "FAILED: "
      context.print(word + check.claim)
      return .boolean(check.holds)
    }
  }

  private static func verdict(_ context: RunContext) -> Function {
    let word = Parameter<RunRecord.Verdict.Word>.choice("verdict", "how the figure or table came out")
    let reason = Parameter<String>.string("reason", "why, in a sentence", default: "")
    return Function(
      Signature(
        "scenario.verdict", "Says how a published figure or table came out; flnft reproduce reports it.",
        [word, reason], result: "the verdict",
        example: "scenario.verdict{ verdict = \"reproduced in shape\", reason = \"the order holds, not the size\" }")
    ) { arguments in
      context.record.verdict = RunRecord.Verdict(word: arguments[word], reason: arguments[reason])
      return .string(arguments[word].rawValue)
    }
  }

  private static func folder(_ context: RunContext) -> Function {
    Function(
      Signature(
        "scenario.folder", "Where this run's results go: flnft run --results FOLDER names it.", [],
        result: "the path, or nil where nobody asked for files", example: "scenario.folder()")
    ) { _ in context.record.folder.map { .string($0) } ?? .none }
  }
}

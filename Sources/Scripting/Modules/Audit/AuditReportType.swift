import Solvers

/// What reports of audits, and their counterexamples, offer to scripts.
extension AuditReport {
  static var type: ObjectType {
    ObjectType(
      AuditReport.self, "what an audit found: a verdict per property, and counterexamples",
      methods: [summary, save, counterexample, plot],
      fields: [
        TypedField("mechanism", "what was audited") { .string($0.audit.mechanism) },
        TypedField("one_thread", "why one thread did it all, where more were asked for; nil otherwise") {
          $0.oneThread
        },
      ],
      dynamicFields: { $0.fields }, describe: { $0.sheet.text() })
  }

  private static var summary: Function {
    .method(
      Signature(
        "audit_report:summary", "The report as text.", result: "a string",
        example: "print(second:audit{ trials = 100 }:summary())")
    ) { (report: AuditReport, _) in .string(report.sheet.text()) }
  }

  private static var save: Function {
    let path = Parameter<String>.string("path", "the file to write, ending in .json")
    return .method(
      Signature(
        "audit_report:save", "Writes the verdicts and the counterexamples to a file.", [path], result: "the path",
        errors: ["FileError", "InvalidParameter"], example: "second:audit{ trials = 100 }:save(\"audit.json\")")
    ) { (report: AuditReport, arguments) in
      let path = arguments[path]
      guard path.hasSuffix(".json") else {
        throw ScriptError.invalidParameter("'\(path)' must end in .json, to say how to write it")
      }
      try TextFile.write(try JSONText.pretty(.record(report.saved)) + "\n", to: path)
      return .string(path)
    }
  }

  private static let property = Parameter<MechanismProperty>.choice(
    "property", "whose breach", default: .incentiveCompatibility)

  private static var counterexample: Function {
    .method(
      Signature(
        "audit_report:counterexample", "The worst case that was found for a property, made simple.", [property],
        result: "a counterexample, or nil where the property was not violated", errors: ["InvalidParameter"],
        example: "first:audit{ trials = 100 }:counterexample(\"ic\").excess")
    ) { (report: AuditReport, arguments) in
      guard let verdict = report.audit[arguments[property]] else {
        throw ScriptError.invalidParameter("the audit did not look at '\(arguments[property].rawValue)'")
      }
      return verdict.counterexample.map { .object(CounterexampleObject($0, auditor: report.auditor)) } ?? .none
    }
  }

  private static var plot: Function {
    let property = Parameter<MechanismProperty>.choice(
      "property", "whose counterexample to draw around", default: .incentiveCompatibility)
    return .method(
      Signature(
        "audit_report:plot",
        "Draws the utility of the worst liar against its report, everybody else telling the truth; the truth is marked.",
        [property], result: "a plot", errors: MechanismMethods.errors,
        example: "first:audit{ trials = 100 }:plot()")
    ) { (report: AuditReport, arguments) in
      .object(PlotObject(try UtilityDrawing(report, arguments[property]).plot()))
    }
  }
}

extension CounterexampleObject {
  static var type: ObjectType {
    ObjectType(
      CounterexampleObject.self, "a case in which a mechanism breaks a promise", methods: [replay],
      dynamicFields: { $0.fields }, describe: { $0.sheet.text() })
  }

  private static var replay: Function {
    .method(
      Signature(
        "counterexample:replay", "Asks the mechanism again, at the same types and reports.",
        result: "by how much the promise is broken now", errors: MechanismMethods.errors,
        example: "first:audit{ trials = 100 }:counterexample(\"ic\"):replay()")
    ) { (object: CounterexampleObject, _) in
      do {
        guard let excess = try object.auditor.replay(object.counterexample) else {
          throw ScriptError.invalidParameter(
            "this promise is about averages, not about one case", hint: "audit again with another seed")
        }
        return .number(excess)
      } catch let failure as MechanismFailure {
        throw AuditStopped(failure: failure)
      }
    }
  }
}

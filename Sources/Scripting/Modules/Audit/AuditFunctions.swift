import Solvers
import Tensor

/// `audit.mechanism`, `mechanism:audit` and `audit.compare`.
enum AuditFunctions {
  private static var parameters: [any AnyParameter] {
    [
      AuditParameters.properties, AuditParameters.trials, AuditParameters.seconds, AuditParameters.prior,
      AuditParameters.effort,
      AuditParameters.tolerance, AuditParameters.onFailure, AuditParameters.seed,
    ]
  }

  private static let result = """
    an audit_report with a field per property: "violated", "not violated", "proved" or "not checked"; revenue, utilities, \
    trials, evaluations
    """

  static func method(_ context: RunContext) -> Function {
    .method(
      Signature(
        "mechanism:audit",
        "Looks for profiles at which the mechanism breaks a promise, and for lies by which somebody gains; says "
          + "what was found, and how sure that is.", parameters, result: result, errors: MechanismMethods.errors,
        source: "docs/audit.md",
        example: "report = second:audit{ trials = 500 }")
    ) { (object: MechanismObject, arguments) in
      .object(try audit(object.mechanism, arguments, context))
    }
  }

  static func mechanism(_ context: RunContext) -> Function {
    let mechanism = Parameter<MechanismObject>.object("mechanism", "what to look at", "a mechanism")
    return Function(
      Signature(
        "audit.mechanism", "The same as mechanism:audit.", [mechanism] + parameters, result: result,
        errors: MechanismMethods.errors, source: "docs/audit.md",
        example: "audit.mechanism{ mechanism = second, properties = { \"ic\", \"ir\" }, trials = 200 }")
    ) { arguments in .object(try audit(arguments[mechanism].mechanism, arguments, context)) }
  }

  static func compare(_ context: RunContext) -> Function {
    AuditComparison.function(context, parameters: parameters)
  }

  static func audit(
    _ mechanism: any Mechanism, _ arguments: Arguments, _ context: RunContext
  ) throws -> AuditReport {
    let options = try AuditParameters.options(arguments, mechanism.participants, context)
    let auditor = MechanismAuditor(mechanism, options: options)
    let report = try run(auditor, context)
    return AuditReport(report, auditor: auditor)
  }

  /// Runs an audit with a bar; a mechanism's own errors come out as they would from a plain call.
  static func run(_ auditor: MechanismAuditor, _ context: RunContext) throws -> MechanismAudit {
    let bar = ProgressBar(context, unit: "trial", total: auditor.trialCount)
    defer { bar.finish() }
    do {
      return try auditor.run(cancellation: context.cancellation) { done, _ in bar.show(done: Double(done)) }
    } catch let failure as MechanismFailure {
      throw AuditStopped(failure: failure)
    }
  }
}

/// An audit that was told to stop where the mechanism fails.
struct AuditStopped: Diagnosable {
  let failure: MechanismFailure
  var kind: String { "MechanismFailure" }
  var message: String {
    "at the reports \(failure.reports.rows.map(MechanismText.report).joined(separator: ", ")): \(failure.reason)"
  }
  var hint: String? { "on_failure = \"continue\" counts such profiles and goes on" }
}

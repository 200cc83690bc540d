/// An error that a person can act on and a program can tell apart.
///
/// Every error that leaves a public function of this package conforms. `kind` is one of the names that the
/// specifications use (`InvalidParameter`, `ShapeMismatch`, ...) and is part of the contract: scripts compare it.
public protocol Diagnosable: Error, CustomStringConvertible {
  /// The name of the error's class, in upper camel case.
  var kind: String { get }
  /// What is wrong: which value, what it was, what is allowed. One sentence, no full stop at the end.
  var message: String { get }
  /// What to do about it, where that is not plain from the message.
  var hint: String? { get }
}

extension Diagnosable {
  public var hint: String? { nil }
  public var description: String { "\(kind): \(message)" }
}

/// One of the errors that a part of the package may meet, by the name that the specifications give it.
public struct NamedError<Kind: RawRepresentable & Equatable & Sendable>: Diagnosable, Equatable
where Kind.RawValue == String {
  public let reason: Kind
  public let message: String
  public let hint: String?

  public var kind: String { reason.rawValue }

  public init(_ reason: Kind, _ message: String, hint: String? = nil) {
    self.reason = reason
    self.message = message
    self.hint = hint
  }
}

import Tensor

/// A text that is no JSON, or a value that JSON cannot say.
public enum JSONError: Diagnosable, Equatable {
  case malformed(String)
  case notFinite(Double)
  case notCanonical(String)

  public var kind: String {
    switch self {
    case .malformed: "MalformedJSON"
    case .notFinite: "NotFinite"
    case .notCanonical: "InvalidParameter"
    }
  }

  public var message: String {
    switch self {
    case .malformed(let reason): "this is no JSON: \(reason)"
    case .notFinite(let value): "JSON has no number \(value)"
    case .notCanonical(let reason): "canonical JSON holds no \(reason)"
    }
  }
}

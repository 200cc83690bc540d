import Tensor

/// A script asked for input that it cannot have.
public enum InputError: Diagnosable {
  /// The front end that runs the script takes no questions.
  case noUser
  /// The question was withdrawn.
  case interrupted

  public var kind: String {
    switch self {
    case .noUser: "NoInput"
    case .interrupted: Cancelled().kind
    }
  }

  public var message: String {
    switch self {
    case .noUser: "there is no one to ask: whoever runs this takes no questions"
    case .interrupted: Cancelled().message
    }
  }

  public var hint: String? {
    if case .noUser = self { "give the value in the script itself" } else { nil }
  }
}

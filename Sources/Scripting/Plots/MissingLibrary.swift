import Tensor

/// A library that is looked for when it is needed, and is not there.
struct MissingLibrary: Diagnosable {
  let name: String
  let purpose: String
  let packages: String

  var kind: String { "MissingLibrary" }
  var message: String { "\(purpose) needs the library \(name), which is not on this machine" }
  var hint: String? { "install \(packages)" }
}

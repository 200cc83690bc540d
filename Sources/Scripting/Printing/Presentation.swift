/// A value in the forms in which it can be shown. Text is always among them; the others only where someone asked.
public struct Presentation: Sendable, Equatable {
  /// A way to write a value down, by its media type.
  public enum Form: String, Sendable, CaseIterable {
    case html = "text/html"
    case svg = "image/svg+xml"
    case vegaLite = "application/vnd.vegalite.v5+json"
    case json = "application/json"

    /// Whether what stands there is a JSON text, which a notebook takes as an object.
    public var isJSON: Bool { self == .vegaLite || self == .json }
  }

  public var text: String
  public var others: [Form: String]

  public init(_ text: String, others: [Form: String] = [:]) {
    self.text = text
    self.others = others
  }
}

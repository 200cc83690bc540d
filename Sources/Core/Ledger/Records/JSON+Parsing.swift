import Foundation
import Tensor

extension JSON {
  /// Reads one JSON text (RFC 8259) of UTF-8, at most 512 levels deep.
  ///
  /// Foundation's reader does the work. (`JSONDecoder` itself reads `1.0` into an integer when asked for one, so that
  /// the two kinds of numbers could not be told apart; the object reader beneath it keeps them.) Whole numbers beyond
  /// 64 bits become doubles; of two members of the same name the last counts.
  ///
  /// - Throws: `JSONError.malformed`.
  public static func parse(_ data: Data) throws -> JSON {
    do {
      return try JSON(bridging: JSONSerialization.jsonObject(with: data, options: [.fragmentsAllowed]))
    } catch let error as JSONError {
      throw error
    } catch {
      throw JSONError.malformed((error as NSError).userInfo["NSDebugDescription"] as? String ?? "not JSON")
    }
  }

  public static func parse(_ text: String) throws -> JSON {
    try parse(Data(text.utf8))
  }

  private init(bridging value: Any) throws {
    switch value {
    case let text as String: self = .string(text)
    case let elements as [Any]: self = .array(try elements.map(JSON.init(bridging:)))
    case let members as [String: Any]: self = .object(try members.mapValues(JSON.init(bridging:)))
    case is NSNull: self = .null
    case let number as NSNumber: self.init(bridging: number)
    default: throw JSONError.malformed("a value of an unknown type")
    }
  }

  /// The Objective-C type code says what was written: `c` a boolean, `d` a number with a point or an exponent.
  private init(bridging number: NSNumber) {
    switch UInt8(bitPattern: number.objCType.pointee) {
    case UInt8(ascii: "c"), UInt8(ascii: "B"):
      self = .bool(number.boolValue)
    case UInt8(ascii: "d"), UInt8(ascii: "f"):
      // A decimal number also says `d`; either way the nearest double is meant.
      self = .number(number.doubleValue)
    default:
      self = Int64(exactly: number).map(JSON.integer) ?? .number(number.doubleValue)
    }
  }
}

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

import Foundation
import Tensor
import Testing

/// One case of a reference program: a function, its arguments by name, and what it must return.
struct ReferenceCase: Sendable, CustomTestStringConvertible {
  let id: String
  let function: String
  let arguments: Arguments
  let expected: Value
  let tolerance: Double

  var testDescription: String { id }

  static func cases(json: Data) throws -> [ReferenceCase] {
    let parsed = try JSONSerialization.jsonObject(with: json)
    let list = (parsed as? [String: Any])?["cases"] ?? parsed
    return try (list as? [[String: Any]] ?? []).map { fields in
      guard let input = Value(fields["input"]).fields else { throw Unreadable(what: "input") }
      return ReferenceCase(
        id: fields["id"] as? String ?? "", function: fields["function"] as? String ?? "",
        arguments: Arguments(fields: input), expected: Value(fields["expected"]),
        tolerance: (fields["tol"] as? NSNumber)?.doubleValue ?? 0)
    }
  }

  /// Nil when the result is the expected one, else what is wrong.
  func complaint(about result: Result<Value, any Error>) -> String? {
    if let kind = expected["error"].text {
      guard case .failure(let error as any Diagnosable) = result else { return "expected \(kind), got \(result)" }
      return error.kind == kind ? nil : "expected \(kind), got \(error)"
    }
    switch result {
    case .failure(let error): return "expected \(expected), got \(error)"
    case .success(let value):
      return value.agrees(with: expected, tolerance: tolerance) ? nil : "\(value) is not \(expected)"
    }
  }
}

struct Unreadable: Error { let what: String }

/// A JSON value, with numbers where strings spell them.
indirect enum Value: Sendable {
  case number(Double)
  case text(String)
  case list([Value])
  case record([String: Value])
  case nothing

  init(_ json: Any?) {
    switch json {
    case let number as NSNumber: self = .number(number.doubleValue)
    case "nan" as String: self = .number(.nan)
    case "inf" as String: self = .number(.infinity)
    case "-inf" as String: self = .number(-.infinity)
    case let text as String: self = .text(text)
    case let list as [Any]: self = .list(list.map { Value($0) })
    case let record as [String: Any]: self = .record(record.mapValues { Value($0) })
    default: self = .nothing
    }
  }

  init(_ numbers: [Double]) { self = .list(numbers.map(Value.number)) }
  init(_ numbers: [Int]) { self = .list(numbers.map { .number(Double($0)) }) }
  init(_ flags: [Bool]) { self = .list(flags.map { .number($0 ? 1 : 0) }) }
  init(_ matrix: Matrix) { self = .list(matrix.nested.map { Value($0) }) }

  subscript(name: String) -> Value {
    guard case .record(let fields) = self else { return .nothing }
    return fields[name] ?? .nothing
  }

  var fields: [String: Value]? { if case .record(let fields) = self { fields } else { nil } }
  var text: String? { if case .text(let text) = self { text } else { nil } }
  var number: Double? { if case .number(let number) = self { number } else { nil } }

  /// A list of numbers, or one number as a list of one.
  var numbers: [Double]? {
    switch self {
    case .number(let number): return [number]
    case .list(let values):
      let numbers = values.compactMap(\.number)
      return numbers.count == values.count ? numbers : nil
    default: return nil
    }
  }

  func agrees(with expected: Value, tolerance: Double) -> Bool {
    switch (self, expected) {
    case (.number(let a), .number(let b)): abs(a - b) <= tolerance * max(1, abs(b)) || a == b
    case (.text(let a), .text(let b)): a == b
    case (.list(let a), .list(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.agrees(with: $1, tolerance: tolerance) }
    case (.record(let a), .record(let b)):
      Set(a.keys) == Set(b.keys) && b.allSatisfy { a[$0.key]?.agrees(with: $0.value, tolerance: tolerance) == true }
    default: false
    }
  }
}

/// The arguments of a case, by name.
struct Arguments: Sendable {
  let fields: [String: Value]

  func number(_ name: String) throws -> Double {
    guard let number = fields[name]?.number else { throw Unreadable(what: name) }
    return number
  }

  func numbers(_ name: String) throws -> [Double] {
    guard let numbers = fields[name]?.numbers else { throw Unreadable(what: name) }
    return numbers
  }

  func matrix(_ name: String) throws -> Matrix {
    guard case .list(let rows) = fields[name], let matrix = Matrix(rows.compactMap(\.numbers)) else {
      throw Unreadable(what: name)
    }
    return matrix
  }

  func isMatrix(_ name: String) -> Bool {
    guard case .list(let rows) = fields[name], case .list = rows.first else { return false }
    return true
  }

  func texts(_ name: String) throws -> [String] {
    guard case .list(let values) = fields[name] else { throw Unreadable(what: name) }
    return values.compactMap(\.text)
  }

  func choice<Choice: RawRepresentable<String>>(_ name: String) throws -> Choice {
    guard let text = fields[name]?.text, let choice = Choice(rawValue: text) else { throw Unreadable(what: name) }
    return choice
  }
}

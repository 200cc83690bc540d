import Tensor

/// `data.csv`: tables of numbers.
enum CSVFunction {
  static func function(_ context: RunContext) -> Function {
    let path = Parameter<String>.string("path", "the file, plain or gzip")
    let label = Parameter<CSVDataSet.LabelColumn>(
      name: "label", summary: "the column that holds the labels", typeName: "the name of a column or its number",
      unit: nil, domain: nil, fallback: .last, fallbackText: "the last one", choices: []
    ) { stack, index in
      if let number = stack.wholeNumber(at: index) { return .number(number) }
      guard let name = stack.text(at: index) else { throw Mismatch("the name of a column or its number", stack, index) }
      return .named(name)
    }
    let header = Parameter<CSVDataSet.Header>.choice(
      "header", "whether the first line names the columns; it is taken to when it holds no number", default: .detect)
    let fraction = Parameter<Double>.number(
      "test_fraction", "the share of the rows, drawn at random, to test with", default: 0.2)
    let classes = Parameter<Int>.integer(
      "classes", "how many classes there are; whole numbers as labels then count from 0", domain: .between(1, 256)
    ).optional("as many as there are different labels")
    let normalise = Parameter<Bool>.boolean(
      "normalise", "mean 0 and deviation 1 over each column of the training rows", default: true)
    let seed = Parameter<Int>.integer("seed", "its own seed", domain: .nonNegative).optional("the run's")
    return Function(
      Signature(
        "data.csv", "Reads a table of numbers with a label in each row, split at random.",
        [path, label, header, fraction, classes, normalise, seed],
        result: "a dataset; its classes are the labels in order",
        errors: ["MissingData", "InvalidData", "NotFinite", "InvalidParameter"], source: "RFC 4180",
        example: "flowers = data.csv{ path = \"flowers.csv\", label = \"kind\", test_fraction = 0.25 }")
    ) { arguments in
      var table = CSVDataSet()
      table.header = arguments[header]
      table.label = arguments[label]
      table.testFraction = arguments[fraction]
      table.classes = arguments[classes]
      let data = try table.dataSet(
        path: arguments[path], seed: arguments[seed].map { UInt64($0) } ?? context.seed)
      guard arguments[normalise] else { return .object(DataSetObject(data)) }
      return .object(DataSetObject(try data.normalised(cancellation: context.cancellation)))
    }
  }
}

import Tensor

/// A data set that scripts hold.
final class DataSetObject: ScriptObject {
  static let typeName = "dataset"
  let data: DataSet

  init(_ data: DataSet) { self.data = data }

  var memoryFootprint: Int { (data.train.count + data.test.count) * data.train.width }

  static var type: ObjectType {
    let index = Parameter<Int>.integer("index", "which image, from 1", default: 1, domain: .atLeast(1))
    let part = Parameter<Part>.choice("part", "of which part", default: .test)
    return ObjectType(
      DataSetObject.self, "labelled images, to train on and to test with",
      methods: [
        .method(
          Signature(
            "dataset:picture", "One image as text.", [index, part], result: "a string of lines",
            errors: ["InvalidParameter"], example: "print(digits:picture(7))")
        ) { (object: DataSetObject, arguments) in
          let samples = arguments[part] == .train ? object.data.train : object.data.test
          return .string(try object.data.picture(arguments[index] - 1, of: samples))
        }
      ],
      fields: [
        TypedField("name", "which set it is") { .string($0.data.name) },
        TypedField("classes", "how many classes") { .integer($0.data.classes) },
        TypedField("train_count", "images to train on") { .integer($0.data.train.count) },
        TypedField("test_count", "images to test with") { .integer($0.data.test.count) },
        TypedField("width", "numbers an image") { .integer($0.data.train.width) },
      ],
      length: { $0.data.train.count }, describe: { $0.text })
  }

  enum Part: String, CaseIterable { case train, test }

  private var text: String {
    "\(data.name): \(data.train.count) images of \(data.imageShape) to train on, \(data.test.count) to test with, \(data.classes) classes"
  }
}

/// `data`: image sets, real and drawn.
enum DataModule {
  static func module(_ context: RunContext) -> Module {
    Module(
      name: "data", summary: "image sets: MNIST and others from files, digits drawn from strokes",
      functions: [mnist(context), digits(context), idx])
  }

  private static let train = Parameter<Int>.integer(
    "train", "how many training images to keep", domain: .atLeast(1)
  ).optional("all")
  private static let test = Parameter<Int>.integer(
    "test", "how many test images to keep", domain: .atLeast(1)
  ).optional("all")
  private static let normalise = Parameter<Bool>.boolean(
    "normalise", "mean 0 and deviation 1 over the training images, as networks learn best; otherwise 0 to 1",
    default: true)

  private static func finished(_ data: DataSet, _ arguments: Arguments) throws -> LuaValue {
    let kept = try data.limited(trainCount: arguments[train], testCount: arguments[test])
    return .object(DataSetObject(arguments[normalise] ? kept.normalised() : kept))
  }

  private static func mnist(_ context: RunContext) -> Function {
    let path = Parameter<String>.string("path", "the folder that holds its four files").optional(
      "$FLNFT_DATA, the user's cache folder, then shared/data beside the checkout")
    return Function(
      Signature(
        "data.mnist", "The 70,000 handwritten digits of LeCun, Cortes and Burges.", [path, train, test, normalise],
        result: "a dataset", errors: ["MissingData", "InvalidData", "InvalidParameter"],
        source: "IDX files, plain or gzip",
        example: "digits = data.mnist{}")
    ) { arguments in
      let folders = arguments[path].map { [$0] } ?? DataFolders.usual
      return try finished(try DataSetLocator(folders: folders).mnist(), arguments)
    }
  }

  private static func digits(_ context: RunContext) -> Function {
    let train = Parameter<Int>.integer("train", "how many to train on", default: 20000, domain: .between(1, 200_000))
    let test = Parameter<Int>.integer("test", "how many to test with", default: 4000, domain: .between(1, 200_000))
    return Function(
      Signature(
        "data.digits", "Digits drawn from strokes in 28x28 pixels, so that everything runs without a download.",
        [train, test, normalise], result: "a dataset; the same seed draws the same digits",
        errors: ["InvalidParameter"],
        example: "digits = data.digits{ train = 2000, test = 500 }")
    ) { arguments in
      let data = try StrokeDigits.dataSet(train: arguments[train], test: arguments[test], seed: context.seed)
      return .object(DataSetObject(arguments[normalise] ? data.normalised() : data))
    }
  }

  private static var idx: Function {
    let name = Parameter<String>.string("name", "what to call it", default: "idx")
    let classes = Parameter<Int>.integer(
      "classes", "how many classes the labels have", default: 10, domain: .between(2, 256))
    let files = ["train_images", "train_labels", "test_images", "test_labels"].map {
      Parameter<String>.string($0, "path of the file, plain or gzip")
    }
    let options: [any AnyParameter] = files
    return Function(
      Signature(
        "data.idx", "A set in the format of MNIST from four files.", options + [classes, name, train, test, normalise],
        result: "a dataset", errors: ["MissingData", "InvalidData", "InvalidParameter"],
        example: """
          data.idx{ train_images = "a.gz", train_labels = "b.gz", test_images = "c.gz", test_labels = "d.gz" }
          """)
    ) { arguments in
      let classes = arguments[classes]
      let training = try IDXFile.samples(images: arguments[files[0]], labels: arguments[files[1]], classes: classes)
      let testing = try IDXFile.samples(images: arguments[files[2]], labels: arguments[files[3]], classes: classes)
      return try finished(
        DataSet(
          name: arguments[name], imageShape: .init(rows: training.rows, columns: training.columns), classes: classes,
          train: training.samples, test: testing.samples), arguments)
    }
  }
}

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
        },
        restricted,
      ],
      fields: [
        TypedField("name", "which set it is") { .string($0.data.name) },
        TypedField("classes", "how many classes") { .integer($0.data.classes) },
        TypedField("class_names", "what they are called; empty where they have no names") {
          .strings($0.data.classNames)
        },
        TypedField("train_count", "images to train on") { .integer($0.data.train.count) },
        TypedField("test_count", "images to test with") { .integer($0.data.test.count) },
        TypedField("width", "numbers an image") { .integer($0.data.train.width) },
      ],
      length: { $0.data.train.count }, describe: { $0.text })
  }

  private static var restricted: Function {
    let train = Parameter<[Int]>.integers("train", "the classes to train on, from 1").optional("all")
    let test = Parameter<[Int]>.integers("test", "the classes to test with, from 1").optional("all")
    return .method(
      Signature(
        "dataset:restricted",
        "The same set with the examples of some classes only, for models that are to know no others.", [train, test],
        result: "a dataset of as many classes as before, whose pixels are normalised as before",
        errors: ["EmptyInput", "InvalidParameter"],
        example: "digits:restricted{ train = { 1, 2, 3, 7 }, test = { 1, 2, 3 } }")
    ) { (object: DataSetObject, arguments) in
      let (train, test) = (arguments[train], arguments[test])
      // The least of all numbers wraps to the largest, which is refused as well.
      func places(_ numbers: [Int]?) -> [Int]? { numbers.map { $0.map { $0 &- 1 } } }
      return .object(
        DataSetObject(try object.data.restricted(trainClasses: places(train), testClasses: places(test))))
    }
  }

  enum Part: String, CaseIterable { case train, test }

  private var text: String {
    let shape = data.imageShape
    let examples = shape.rows == 1 && shape.columns == 1 ? "rows" : "images"
    return "\(data.name): \(data.train.count) \(examples) of \(shape) to train on, "
      + "\(data.test.count) to test with, \(data.classes) classes\(varied)"
  }

  private var varied: String {
    guard let augmentation = data.augmentation else { return "" }
    let ways = [
      augmentation.flip ? "mirrored" : nil, augmentation.crop > 0 ? "moved by up to \(augmentation.crop)" : nil,
    ]
    return "; in training " + ways.compactMap { $0 }.joined(separator: " and ") + " at random"
  }
}

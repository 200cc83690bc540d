import CLuaShim
import Tensor

/// The options that the functions of `data` share.
enum ImageSetOptions {
  static let path = Parameter<String>.string("path", "the folder that holds its files").optional(
    "$FLNFT_DATA, the user's cache folder, then shared/data beside the checkout")
  static let train = Parameter<Int>.integer("train", "how many training images to keep", domain: .atLeast(1))
    .optional("all")
  static let test = Parameter<Int>.integer("test", "how many test images to keep", domain: .atLeast(1))
    .optional("all")
  static let normalise = Parameter<Bool>.boolean(
    "normalise",
    "mean 0 and deviation 1 over each channel of the training images, as networks learn best; otherwise 0 to 1",
    default: true)
  static let augment = Parameter<Augmentation>(
    name: "augment",
    summary: "how training varies the images: flip mirrors every second one, crop moves each by up to so many pixels",
    typeName: "a table such as { flip = true, crop = 4 }", unit: nil, domain: nil, fallback: nil, fallbackText: nil,
    choices: [], read: { try Self.augmentation($0, $1) }
  ).optional()

  static func locator(_ arguments: Arguments) -> DataSetLocator {
    DataSetLocator(folders: arguments[path].map { [$0] } ?? DataFolders.usual)
  }

  /// The set cut to what the arguments want to keep, normalised and augmented as they say.
  static func keeping(_ data: DataSet, _ arguments: Arguments) throws -> LuaValue {
    try prepared(data.limited(trainCount: arguments[train], testCount: arguments[test]), arguments)
  }

  static func prepared(_ data: DataSet, _ arguments: Arguments) throws -> LuaValue {
    let cancellation = arguments.stack.machine.cancellation
    var data = arguments[normalise] ? try data.normalised(cancellation: cancellation) : data
    if let augmentation = arguments[augment] { data = try data.augmented(augmentation) }
    return .object(DataSetObject(data))
  }

  private static func augmentation(_ stack: LuaStack, _ index: Int32) throws -> Augmentation {
    let expected = "a table such as { flip = true, crop = 4 }"
    guard stack.kind(at: index) == .table else { throw Mismatch(expected, stack, index) }
    var (flip, crop) = (false, 0)
    try stack.forEach(at: index) {
      switch stack.kind(at: -2) == .string ? stack.displayText(at: -2) : "" {
      case "flip":
        guard stack.kind(at: -1) == .boolean else { throw Mismatch("true or false", stack, -1, place: ".flip") }
        flip = lua_toboolean(stack.state, -1) != 0
      case "crop":
        guard let pixels = stack.wholeNumber(at: -1) else {
          throw Mismatch("a whole number of pixels", stack, -1, place: ".crop")
        }
        crop = pixels
      default: throw Mismatch(expected, stack, index)
      }
    }
    return try Augmentation(flip: flip, crop: crop)
  }
}

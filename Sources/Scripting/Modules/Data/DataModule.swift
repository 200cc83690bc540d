import Tensor

/// `data`: sets to train on, real and drawn.
enum DataModule {
  static func module(_ context: RunContext) -> Module {
    Module(
      name: "data", summary: "data sets: MNIST, CIFAR-10 and others from files, digits drawn from strokes, tables",
      functions: ImageSetFunctions.all + [digits(context), idx, CSVFunction.function(context), FrameFunction.function])
  }

  private static func digits(_ context: RunContext) -> Function {
    let train = Parameter<Int>.integer("train", "how many to train on", default: 20000, domain: .between(1, 200_000))
    let test = Parameter<Int>.integer("test", "how many to test with", default: 4000, domain: .between(1, 200_000))
    return Function(
      Signature(
        "data.digits", "Digits drawn from strokes in 28x28 pixels, so that everything runs without a download.",
        [train, test, ImageSetOptions.normalise, ImageSetOptions.augment],
        result: "a dataset; the same seed draws the same digits",
        errors: ["InvalidParameter", "Interrupted"],
        example: "digits = data.digits{ train = 2000, test = 500 }")
    ) { arguments in
      let data = try StrokeDigits.dataSet(
        train: arguments[train], test: arguments[test], seed: context.seed, cancellation: context.cancellation)
      return try ImageSetOptions.prepared(data, arguments)
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
        "data.idx", "A set in the format of MNIST from four files.",
        options + [
          classes, name, ImageSetOptions.train, ImageSetOptions.test, ImageSetOptions.normalise,
          ImageSetOptions.augment,
        ],
        result: "a dataset", errors: ["MissingData", "InvalidData", "InvalidParameter"],
        example: """
          data.idx{ train_images = "a.gz", train_labels = "b.gz", test_images = "c.gz", test_labels = "d.gz" }
          """)
    ) { arguments in
      let classes = arguments[classes]
      let training = try IDXFile.samples(images: arguments[files[0]], labels: arguments[files[1]], classes: classes)
      let testing = try IDXFile.samples(images: arguments[files[2]], labels: arguments[files[3]], classes: classes)
      return try ImageSetOptions.keeping(
        DataSet(
          name: arguments[name], imageShape: .init(rows: training.rows, columns: training.columns), classes: classes,
          train: training.samples, test: testing.samples), arguments)
    }
  }
}

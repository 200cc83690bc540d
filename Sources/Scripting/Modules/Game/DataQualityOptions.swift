import Solvers

/// The constants of the quality of data as options, with the specification's defaults.
enum DataQualityOptions {
  private static let standard = DataQuality()

  static let gap = Parameter<Double>.number("data_gap", "a1, at least 0", default: standard.dataGap)
  static let rate = Parameter<Double>.number("data_rate", "a2: per sample, at least 0", default: standard.dataRate)
  static let offset = Parameter<Double>.number("emd_offset", "a3, at least 0", default: standard.distanceOffset)
  static let scale = Parameter<Double>.number(
    "emd_scale", "a4, above 0; the paper's 1e5 makes the EMD matter never", default: standard.distanceScale)
  static let value = Parameter<Double>.number(
    "quality_value", "a5: what quality 1 is worth, at least 0", unit: "money", default: standard.value)
  static let floor = Parameter<DataQuality.Floor>.choice(
    "floor", "what replaces a lower quality: nothing, 0, or that of an untrained model", default: standard.floor)
  static let variant = GameOption.variant("a3 in the place of a2 in the exponent, with which every model is the best")

  /// All but the variant and the value of quality.
  static var ofQuality: [any AnyParameter] { [gap, rate, offset, scale, floor] }
  static var ofUtility: [any AnyParameter] { ofQuality + [value] }

  static func quality(_ arguments: Arguments, variant: Variant = .corrected, valued: Bool = true) -> DataQuality {
    var quality = standard
    quality.dataGap = arguments[gap]
    quality.dataRate = arguments[rate]
    quality.distanceOffset = arguments[offset]
    quality.distanceScale = arguments[scale]
    quality.floor = arguments[floor]
    if valued { quality.value = arguments[value] }
    quality.variant = variant
    return quality
  }
}

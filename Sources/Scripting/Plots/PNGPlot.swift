#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Draws a plot as a PNG picture: its SVG document, painted by librsvg on a cairo surface.
///
/// The libraries are opened when the first picture is drawn, so that a shell that draws none neither waits for them nor
/// needs them.
public struct PNGPlot: Sendable {
  public var document: SVGPlot
  /// Pixels of the picture for each of the drawing.
  public var scale: Double

  public init(_ document: SVGPlot, scale: Double = 2) {
    self.document = document
    self.scale = scale
  }

  /// No picture has more pixels.
  static let mostPixels = 100_000_000.0

  /// The bytes of the file.
  /// - Throws: `MissingLibrary`; `ScriptError.invalidParameter` for a picture that is too large.
  public func render(_ plot: Plot) throws -> [UInt8] {
    let (width, height) = (Double(document.width) * scale, Double(document.height) * scale)
    guard width >= 1, height >= 1, width <= 30_000, height <= 30_000, width * height <= PNGPlot.mostPixels else {
      throw ScriptError.invalidParameter(
        "a picture of \(NumberLabel.short(width)) by \(NumberLabel.short(height)) pixels is too large",
        hint: "neither side may have above 30000 pixels, nor the whole above 100 million; choose a smaller scale")
    }
    return try VectorPainter().paint(document.render(plot), width: Int32(width), height: Int32(height))
  }
}

/// The functions of librsvg and cairo that paint a document (librsvg's own documentation: "Rendering to a cairo
/// surface").
private struct VectorPainter {
  private typealias Object = UnsafeMutableRawPointer
  private typealias WriteBytes = @convention(c) (Object?, UnsafePointer<UInt8>?, UInt32) -> Int32

  private let open: @convention(c) (UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<Object?>?) -> Object?
  private let renderDocument:
    @convention(c) (Object?, Object?, UnsafePointer<Double>?, UnsafeMutablePointer<Object?>?) -> Int32
  private let releaseObject: @convention(c) (Object?) -> Void
  private let releaseError: @convention(c) (Object?) -> Void
  private let makeSurface: @convention(c) (Int32, Int32, Int32) -> Object?
  private let surfaceStatus: @convention(c) (Object?) -> Int32
  private let makeContext: @convention(c) (Object?) -> Object?
  private let releaseContext: @convention(c) (Object?) -> Void
  private let releaseSurface: @convention(c) (Object?) -> Void
  private let writePicture: @convention(c) (Object?, WriteBytes, Object?) -> Int32

  private static let names = [
    "librsvg-2.so.2", "librsvg-2.2.dylib", "/opt/homebrew/lib/librsvg-2.2.dylib", "/usr/local/lib/librsvg-2.2.dylib",
  ]

  init() throws {
    guard let library = Self.names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first else {
      throw Self.missing
    }
    // Looks in the libraries that librsvg itself needs, too: cairo and GObject.
    func function<Signature>(_ name: String) throws -> Signature {
      guard let address = dlsym(library, name) else { throw Self.missing }
      return unsafeBitCast(address, to: Signature.self)
    }
    open = try function("rsvg_handle_new_from_data")
    renderDocument = try function("rsvg_handle_render_document")
    releaseObject = try function("g_object_unref")
    releaseError = try function("g_error_free")
    makeSurface = try function("cairo_image_surface_create")
    surfaceStatus = try function("cairo_surface_status")
    makeContext = try function("cairo_create")
    releaseContext = try function("cairo_destroy")
    releaseSurface = try function("cairo_surface_destroy")
    writePicture = try function("cairo_surface_write_to_png_stream")
  }

  private static var missing: MissingLibrary {
    MissingLibrary(
      name: "librsvg (2.46 or later)", purpose: "a PNG picture",
      packages: "librsvg2-2 (Debian, Ubuntu), librsvg2 (Fedora) or librsvg (Homebrew), or save the plot as .svg")
  }

  func paint(_ document: String, width: Int32, height: Int32) throws -> [UInt8] {
    var failure: Object?
    let bytes = Array(document.utf8)
    guard let handle = open(bytes, bytes.count, &failure) else { throw refusal(failure) }
    defer { releaseObject(handle) }
    // Format 0 holds red, green, blue and transparency.
    let surface = makeSurface(0, width, height)
    defer { releaseSurface(surface) }
    guard surfaceStatus(surface) == 0 else { throw ScriptError.outOfMemory }
    let context = makeContext(surface)
    defer { releaseContext(context) }
    let viewport = [0, 0, Double(width), Double(height)]
    guard renderDocument(handle, context, viewport, &failure) != 0 else { throw refusal(failure) }
    var picture: [UInt8] = []
    let status = withUnsafeMutablePointer(to: &picture) { picture in
      writePicture(
        surface,
        { target, bytes, count in
          target?.assumingMemoryBound(to: [UInt8].self).pointee.append(
            contentsOf: UnsafeBufferPointer(start: bytes, count: Int(count)))
          return 0
        }, picture)
    }
    guard status == 0 else { throw ScriptError.outOfMemory }
    return picture
  }

  /// What the library says of a document that it cannot paint.
  private func refusal(_ failure: Object?) -> ScriptError {
    defer { if failure != nil { releaseError(failure) } }
    // A GError: a number, a code, and a text.
    let text = failure?.load(fromByteOffset: 8, as: UnsafePointer<CChar>?.self).map { String(cString: $0) }
    return .invalidParameter("librsvg cannot paint this plot: \(text ?? "it does not say why")")
  }
}

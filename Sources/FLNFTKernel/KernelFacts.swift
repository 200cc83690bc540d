import Core
import Scripting

/// What a kernel says of itself.
enum KernelFacts {
  static var introduction: JSON {
    .object([
      "status": .string("ok"),
      "protocol_version": .string(WireFormat.protocolVersion),
      "implementation": .string("flnft"),
      "implementation_version": .string(ProductVersion.current),
      "banner": .string(
        "flnft \(ProductVersion.current): markets of learning models, scripted in Lua\n?name explains, Tab completes"),
      "debugger": .bool(false),
      "help_links": .array([]),
      "language_info": .object([
        "name": .string("lua"), "version": .string("5.4"), "mimetype": .string("text/x-lua"),
        "file_extension": .string(".lua"), "pygments_lexer": .string("lua"), "codemirror_mode": .string("lua"),
      ]),
    ])
  }

  static func shutdown(_ request: Message) -> JSON {
    .object(["status": .string("ok"), "restart": .bool(request.content["restart"]?.bool ?? false)])
  }
}

// swift-tools-version: 6.1
import PackageDescription

// Five floors; a floor imports only floors below it:
// FLNFTShell, FLNFTKernel > Scripting > Core > Solvers > Tensor. C libraries live under Sources/System.
let package = Package(
  name: "flnft",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "flnft", targets: ["FLNFTShell"]),
    .executable(name: "flnft-kernel", targets: ["FLNFTKernel"]),
    .library(name: "Core", targets: ["Core"]),
    .library(name: "Solvers", targets: ["Solvers"]),
    .library(name: "Tensor", targets: ["Tensor"]),
    // Preloaded by the crash tests.
    .library(name: "CrashPoint", type: .dynamic, targets: ["CCrashPoint"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
  ],
  targets: [
    // The face.
    .executableTarget(
      name: "FLNFTShell",
      dependencies: [
        "Scripting", "Core", "Tensor", "CLineEditor",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "SwiftCSV", package: "SwiftCSV"),
      ]),

    // The notebook face: an executable of its own, so that the shell needs no ZeroMQ.
    .executableTarget(name: "FLNFTKernel", dependencies: ["Scripting", "Core", "CZeroMQ"]),

    // Lua.
    .target(name: "Scripting", dependencies: ["Core", "Solvers", "Tensor", "CLuaShim"]),

    // The domain.
    .target(
      name: "Core",
      dependencies: [
        "Solvers", "Tensor", "CGMP", "CSodium",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),

    // The mathematics.
    .target(name: "Solvers", dependencies: ["Tensor", "CGLPK", "CNLopt"]),

    // The numbers.
    .target(name: "Tensor", dependencies: ["COpenBLAS", "CVectorUnit", "CZlib"]),

    // C libraries as Swift modules, and the thin shims over the two that need one.
    .systemLibrary(
      name: "CLua", path: "Sources/System/CLua", pkgConfig: "lua5.4",
      providers: [.apt(["liblua5.4-dev"]), .brew(["lua"])]),
    .target(name: "CLuaShim", dependencies: ["CLua"], path: "Sources/System/CLuaShim"),
    .systemLibrary(
      name: "CEditline", path: "Sources/System/CEditline", pkgConfig: "libedit",
      providers: [.apt(["libedit-dev"]), .brew(["libedit"])]),
    .target(
      name: "CLineEditor", dependencies: ["CEditline"], path: "Sources/System/CLineEditor"),
    .systemLibrary(
      name: "CGMP", path: "Sources/System/CGMP", pkgConfig: "gmp",
      providers: [.apt(["libgmp-dev"]), .brew(["gmp"])]),
    .systemLibrary(
      name: "CNLopt", path: "Sources/System/CNLopt", pkgConfig: "nlopt",
      providers: [.apt(["libnlopt-dev"]), .brew(["nlopt"])]),
    .systemLibrary(
      name: "COpenBLAS", path: "Sources/System/COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
    .systemLibrary(
      name: "CSodium", path: "Sources/System/CSodium", pkgConfig: "libsodium",
      providers: [.apt(["libsodium-dev"]), .brew(["libsodium"])]),
    .systemLibrary(
      name: "CZlib", path: "Sources/System/CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    // Debian's pkg-config file of ZeroMQ names include folders that SwiftPM warns of; its module map links it.
    .systemLibrary(
      name: "CZeroMQ", path: "Sources/System/CZeroMQ", providers: [.apt(["libzmq3-dev"]), .brew(["zeromq"])]),
    // GLPK ships no pkg-config file.
    .systemLibrary(
      name: "CGLPK", path: "Sources/System/CGLPK", providers: [.apt(["libglpk-dev"]), .brew(["glpk"])]),
    .systemLibrary(name: "CVectorUnit", path: "Sources/System/CVectorUnit"),

    // What scripts/bench runs.
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "Scripting", "Core", "Solvers", "Tensor", "CBenchmarks",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      path: "Benchmarks/Suite"),
    .target(name: "CBenchmarks", dependencies: ["CLua"], path: "Benchmarks/CBenchmarks"),

    .testTarget(name: "TensorTests", dependencies: ["Tensor", "CAllocationCount"]),
    // Counts allocations, so that a test can say that a training step makes none.
    .target(name: "CAllocationCount", path: "Tests/Support/CAllocationCount"),
    // Ends a process at a chosen write, so that a test can say what a crash there leaves.
    .target(name: "CCrashPoint", path: "Tests/Support/CCrashPoint"),
    .testTarget(name: "SolversTests", dependencies: ["Solvers"]),
    .testTarget(name: "CoreTests", dependencies: ["Core"]),
    .testTarget(name: "ScriptingTests", dependencies: ["Scripting", "CLuaShim"]),
    .testTarget(name: "ShellTests", dependencies: ["FLNFTShell"]),
    .testTarget(name: "KernelTests", dependencies: ["FLNFTKernel", "Core", "CZeroMQ"]),
  ],
  swiftLanguageModes: [.v6]
)

// swift-tools-version: 6.2
import PackageDescription

// The folder that holds libtorch's include/ and lib/: `scripts/setup` sets it from the pinned wheel.
let libtorch = Context.environment["LIBTORCH"] ?? "\(Context.packageDirectory)/.venv/libtorch"

let package = Package(
    name: "nash",
    products: [
        .executable(name: "nash", targets: ["nash"]),
        // libtorch sits behind a library of its own, opened at the first tensor operation:
        // linked in the ordinary way it would cost every start 0.2 s.
        .library(name: "NashTorch", type: .dynamic, targets: ["TorchBridge"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // The foundations: no tensor, no language, no terminal.
        .target(name: "Statistics"),
        .target(name: "Networks"),
        .systemLibrary(name: "CZlib"),
        .target(name: "Spaces", dependencies: ["CZlib", "Networks"], resources: [.copy("Tables/Data")]),

        // libtorch: the shim's header and loader, its implementation, and its Swift face.
        .target(name: "CTorch"),
        .target(
            name: "TorchBridge",
            cxxSettings: [
                // By path, not as a dependency: in C++20 clang takes the header of a dependency for a module.
                .headerSearchPath("../CTorch/include"),
                .unsafeFlags([
                    "-Wall", "-Werror", "-O2",
                    "-isystem", "\(libtorch)/include", "-isystem", "\(libtorch)/include/torch/csrc/api/include",
                ]),
            ],
            linkerSettings: [
                .unsafeFlags(["-L\(libtorch)/lib", "-Xlinker", "-rpath", "-Xlinker", "\(libtorch)/lib"]),
                .linkedLibrary("torch"), .linkedLibrary("torch_cpu"), .linkedLibrary("c10"),
            ]),
        .target(name: "Tensors", dependencies: ["CTorch"]),

        // PNG, JPEG and gzip out of bytes that nobody vouches for.
        .target(
            name: "CImages", linkerSettings: [.linkedLibrary("png16"), .linkedLibrary("jpeg"), .linkedLibrary("z")]),

        // What is built on tensors: real networks and data, and guesses of performance.
        .target(
            name: "Training", dependencies: ["Tensors", "Spaces", "Networks", "Statistics", "CImages"],
            resources: [.copy("Datasets/Data")]),
        .systemLibrary(name: "CXGBoost"),
        .target(
            name: "Estimation",
            dependencies: ["CXGBoost", "Training", "Tensors", "Spaces", "Networks", "Statistics"]),

        // How to look for good networks, and the studies that do: every evaluation is stored as it finishes.
        .target(
            name: "Search", dependencies: ["Estimation", "Training", "Tensors", "Spaces", "Networks", "Statistics"]),
        .target(
            name: "Trials",
            dependencies: [
                "Search", "Estimation", "Training", "Tensors", "Spaces", "Networks", "Statistics",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),

        // The language knows no science; plotting knows no language.
        .target(name: "Language"),
        .target(
            name: "CGnuplot",
            linkerSettings: [
                .linkedLibrary("boost_iostreams"), .linkedLibrary("boost_filesystem"), .linkedLibrary("boost_system"),
            ]),
        .target(name: "Plotting", dependencies: ["CGnuplot"]),

        // Where the language meets the science, and the program itself.
        .target(
            name: "Commands",
            dependencies: [
                "Language", "Plotting", "Trials", "Search", "Estimation", "Training", "Tensors", "Spaces", "Networks",
                "Statistics",
            ]),

        // What was done, as a document: cells, records of runs, exports, replay.
        .systemLibrary(name: "CNettle"),
        .target(name: "Notebook", dependencies: ["CNettle", "Commands", "Language", "Plotting"]),
        .target(name: "CReadline", linkerSettings: [.linkedLibrary("readline")]),
        .target(name: "CTerminal"),
        .executableTarget(
            name: "nash",
            dependencies: [
                "Notebook", "Commands", "Language", "Plotting", "CReadline", "CTerminal",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        .testTarget(name: "StatisticsTests", dependencies: ["Statistics"]),
        .testTarget(name: "NetworksTests", dependencies: ["Networks"]),
        .testTarget(name: "SpacesTests", dependencies: ["CZlib", "Spaces", "Networks"]),
        .testTarget(name: "SearchTests", dependencies: ["Search", "Statistics", "Spaces", "Networks"]),
        .testTarget(
            name: "TrialsTests",
            dependencies: ["Trials", "Search", "Estimation", "Training", "Tensors", "Spaces", "Networks", "Statistics"]),
        .testTarget(name: "TensorsTests", dependencies: ["Tensors"]),
        .testTarget(
            name: "TrainingTests", dependencies: ["Training", "Tensors", "Spaces", "Networks", "Statistics"],
            exclude: ["Fixtures"]),
        .testTarget(
            name: "EstimationTests",
            dependencies: ["Estimation", "Training", "Tensors", "Spaces", "Networks", "Statistics"],
            exclude: ["Fixtures"]),
        .testTarget(name: "LanguageTests", dependencies: ["Language"]),
        .testTarget(name: "PlottingTests", dependencies: ["Plotting"], exclude: ["Golden"]),
        .testTarget(name: "CommandsTests", dependencies: ["Commands", "Language", "Training"]),
        .testTarget(name: "NotebookTests", dependencies: ["Notebook", "Commands", "Language", "Plotting"]),
        .testTarget(name: "nashTests", dependencies: ["nash"]),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c17,
    cxxLanguageStandard: .cxx20
)

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .treatAllWarnings(as: .error),
    ]
}

// The arithmetic of networks, trees and kernels is far slower without the optimiser: the tests would take
// minutes in a debug build.
for target in package.targets where target.name == "Estimation" {
    target.swiftSettings?.append(.unsafeFlags(["-O"], .when(configuration: .debug)))
}

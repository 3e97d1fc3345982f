// swift-tools-version: 6.2
import PackageDescription

/// Every module is built the same strict way; a warning is an error.
let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
]

/// The modules whose page SwiftPM must not take for a resource it was not told about.
let modulesWithReadme: Set<String> = [
    "KizunaGuides", "KizunaMoney", "KizunaPostgres", "KizunaPrint", "KizunaQR", "KizunaQRImage", "KizunaSQLite",
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    let page = modulesWithReadme.contains(name) ? ["README.md"] : []
    return .target(name: name, dependencies: dependencies, exclude: page, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

/// C or C++ of ours in front of a library that Swift cannot call itself.
func face(_ name: String, over libraries: [String]) -> Target {
    .target(name: name, linkerSettings: libraries.map { .linkedLibrary($0) })
}

func library(_ name: String, pkgConfig: String, debian: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([debian])])
}

let package = Package(
    name: "kizuna",
    // The reader keeps its index in an InlineArray, which Apple's systems have from these versions on.
    platforms: [.macOS(.v26), .iOS(.v26)],
    products: [
        .executable(name: "kizuna", targets: ["kizuna"]),
        .library(name: "KizunaQR", targets: ["KizunaQR", "KizunaMoney"]),
    ],
    targets: [
        // C libraries, each imported by exactly one Swift module.
        library("CSQLite", pkgConfig: "sqlite3", debian: "libsqlite3-dev"),
        library("CPostgres", pkgConfig: "libpq", debian: "libpq-dev"),
        library("CMicrohttpd", pkgConfig: "libmicrohttpd", debian: "libmicrohttpd-dev"),
        library("CCurl", pkgConfig: "libcurl", debian: "libcurl4-openssl-dev"),
        library("COpenSSL", pkgConfig: "libcrypto", debian: "libssl-dev"),
        library("CQRencode", pkgConfig: "libqrencode", debian: "libqrencode-dev"),
        library("CMarkdown", pkgConfig: "md4c", debian: "libmd4c-dev"),
        library("CPango", pkgConfig: "cairo", debian: "libpango1.0-dev"),
        face("CGuides", over: []),
        face("CLogBuffer", over: ["sqlite3"]),
        face("CPictures", over: ["png16", "jpeg"]),
        face("CZXing", over: ["ZXing"]),

        // Core: pure values and decisions.
        module("KizunaMoney"),
        module("KizunaQR", ["KizunaMoney"]),
        module("KizunaLedger", ["KizunaMoney"]),
        module("KizunaPayments", ["KizunaLedger", "KizunaMoney", "KizunaQR"]),

        // Application: use cases and ports; the API as values.
        module("KizunaSwitch", ["KizunaLedger", "KizunaMoney", "KizunaPayments", "KizunaQR"]),
        module("KizunaWeb", ["KizunaLedger", "KizunaMoney", "KizunaPayments", "KizunaQR", "KizunaSwitch"]),

        module(
            "KizunaPages",
            ["KizunaLedger", "KizunaMoney", "KizunaPayments", "KizunaQR", "KizunaSwitch", "KizunaWeb"]
        ),

        // Adapters: each keeps one C library in.
        module(
            "KizunaSQLite",
            ["CLogBuffer", "CSQLite", "KizunaLedger", "KizunaMoney", "KizunaPayments", "KizunaSwitch"]
        ),
        module("KizunaPostgres", ["CPostgres", "KizunaLedger", "KizunaMoney", "KizunaPayments", "KizunaSwitch"]),
        module("KizunaMicrohttpd", ["CMicrohttpd", "KizunaWeb"]),
        module("KizunaCurl", ["CCurl", "KizunaWeb"]),
        module("KizunaCrypto", ["COpenSSL", "KizunaMoney", "KizunaSwitch"]),
        module("KizunaQRImage", ["CPictures", "CQRencode", "CZXing"]),
        module("KizunaPrint", ["CPango", "KizunaMoney"]),
        module("KizunaGuides", ["CGuides", "CMarkdown"]),

        // Entries.
        module(
            "KizunaSimulation",
            ["KizunaLedger", "KizunaMoney", "KizunaPayments", "KizunaQR", "KizunaSwitch", "KizunaWeb"]
        ),
        module(
            "KizunaCertification",
            ["KizunaLedger", "KizunaMoney", "KizunaPayments", "KizunaSwitch", "KizunaWeb"]
        ),
        module(
            "KizunaCommands",
            [
                "KizunaCertification", "KizunaCrypto", "KizunaCurl", "KizunaGuides", "KizunaLedger",
                "KizunaMicrohttpd", "KizunaMoney", "KizunaPages", "KizunaPayments", "KizunaPostgres", "KizunaPrint",
                "KizunaQR", "KizunaQRImage", "KizunaSQLite", "KizunaSimulation", "KizunaSwitch", "KizunaWeb",
            ]
        ),
        .executableTarget(name: "kizuna", dependencies: ["KizunaCommands"], swiftSettings: strict),

        // What several suites share.
        .target(
            name: "RandomCodes",
            dependencies: ["KizunaMoney", "KizunaQR"],
            path: "Tests/RandomCodes",
            swiftSettings: strict
        ),
        .target(name: "DatabaseServer", path: "Tests/DatabaseServer", swiftSettings: strict),
        .target(name: "TestAuthority", path: "Tests/TestAuthority", swiftSettings: strict),

        tests("KizunaMoneyTests", ["KizunaMoney"]),
        tests("KizunaQRTests", ["KizunaMoney", "KizunaQR", "RandomCodes"], resources: [.copy("Fixtures")]),
        tests("KizunaLedgerTests", ["KizunaLedger", "KizunaMoney"]),
        tests("KizunaPaymentsTests", ["KizunaLedger", "KizunaMoney", "KizunaPayments", "KizunaQR"]),
        tests(
            "KizunaSwitchTests",
            ["KizunaLedger", "KizunaMoney", "KizunaPayments", "KizunaQR", "KizunaSimulation", "KizunaSwitch"]
        ),
        tests(
            "StorePromiseTests",
            [
                "DatabaseServer", "KizunaCrypto", "KizunaLedger", "KizunaMoney", "KizunaPayments", "KizunaPostgres",
                "KizunaSQLite", "KizunaSimulation", "KizunaSwitch",
            ]
        ),
        tests(
            "KizunaWebTests",
            [
                "KizunaCrypto", "KizunaLedger", "KizunaMoney", "KizunaPayments", "KizunaQR", "KizunaSimulation",
                "KizunaSwitch", "KizunaWeb",
            ]
        ),
        tests(
            "KizunaSimulationTests",
            ["KizunaCrypto", "KizunaLedger", "KizunaMoney", "KizunaPayments", "KizunaSimulation", "KizunaSwitch"]
        ),
        tests("KizunaTransportTests", ["KizunaCurl", "KizunaMicrohttpd", "KizunaWeb", "TestAuthority"]),
        tests(
            "KizunaPagesTests",
            [
                "KizunaCrypto", "KizunaLedger", "KizunaMoney", "KizunaPages", "KizunaPayments", "KizunaQR",
                "KizunaSimulation", "KizunaSwitch", "KizunaWeb",
            ]
        ),
        tests("KizunaCryptoTests", ["KizunaCrypto", "KizunaMoney", "KizunaSwitch"]),
        tests(
            "KizunaQRImageTests",
            ["KizunaQR", "KizunaQRImage", "RandomCodes"],
            resources: [.copy("Fixtures")]
        ),
        tests("KizunaPrintTests", ["KizunaMoney", "KizunaPrint"]),
        tests("KizunaGuidesTests", ["KizunaGuides"]),
        tests(
            "KizunaCommandsTests",
            ["KizunaCommands", "KizunaMoney", "KizunaPayments", "KizunaQR", "KizunaSwitch", "KizunaWeb"],
            resources: [.copy("Fixtures")]
        ),
        tests(
            "KizunaCertificationTests",
            [
                "KizunaCertification", "KizunaCommands", "KizunaCrypto", "KizunaCurl", "KizunaLedger",
                "KizunaMicrohttpd", "KizunaMoney", "KizunaPayments", "KizunaSimulation", "KizunaSwitch", "KizunaWeb",
                "TestAuthority",
            ]
        ),
        tests("ArchitectureTests", []),
        tests(
            "EndToEndTests",
            [
                "DatabaseServer", "KizunaCommands", "KizunaCrypto", "KizunaCurl", "KizunaLedger", "KizunaMicrohttpd",
                "KizunaMoney", "KizunaPayments", "KizunaPostgres", "KizunaQRImage", "KizunaSQLite", "KizunaSimulation",
                "KizunaSwitch", "KizunaWeb", "TestAuthority", "kizuna",
            ]
        ),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

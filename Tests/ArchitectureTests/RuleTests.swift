import Testing

/// Each rule fails on a planted violation, says where it is, and lets the innocent pass.
@Suite struct RuleTests {
    @Test(
        arguments: [
            ("KizunaLedger", "import Foundation", "KizunaLedger imports Foundation"),
            ("KizunaMoney", "\nimport Dispatch", "KizunaMoney imports Dispatch"),
            ("KizunaQR", "import Glibc", "KizunaQR imports Glibc"),
            ("KizunaPayments", "import Synchronization", "KizunaPayments imports Synchronization"),
            ("KizunaISO20022", "import struct Foundation.Date", "KizunaISO20022 imports Foundation"),
            ("KizunaLedger", "import CSQLite", "KizunaLedger imports CSQLite"),
            ("KizunaLedger", "import KizunaPayments", "It may know only KizunaMoney"),
            ("KizunaMoney", "import KizunaLedger", "It may know no other module"),
            ("KizunaQR", "import KizunaLedger", "KizunaQR imports KizunaLedger"),
            ("KizunaSwitch", "import KizunaWeb", "KizunaSwitch imports KizunaWeb"),
            ("KizunaSwitch", "import KizunaSQLite", "KizunaSwitch imports KizunaSQLite"),
            ("KizunaWeb", "import KizunaMicrohttpd", "KizunaWeb imports KizunaMicrohttpd"),
            ("KizunaSQLite", "import KizunaCrypto", "KizunaSQLite imports KizunaCrypto"),
            ("KizunaMicrohttpd", "import KizunaSwitch", "It may know only KizunaWeb"),
            ("KizunaSimulation", "import KizunaSQLite", "KizunaSimulation imports KizunaSQLite"),
            ("kizuna", "import KizunaSwitch", "kizuna imports KizunaSwitch"),
        ] as [(String, String, String)]
    )
    func arrowsPointInward(module: String, source: String, message: String) {
        expect(.arrowsPointInward, finds: message, in: [path(module): source])
    }

    @Test(
        arguments: [
            ("KizunaLedger", "import KizunaMoney"), ("KizunaLedger", "// import Foundation"),
            ("KizunaQR", "import Swift"),
            ("KizunaSwitch", "import Foundation\nimport Dispatch\nimport KizunaPayments"),
            ("KizunaSQLite", "import CSQLite\nimport KizunaSwitch\nimport Glibc"),
            ("KizunaCommands", "import KizunaSQLite\nimport KizunaCurl\nimport KizunaSimulation"),
            ("kizuna", "import KizunaCommands"),
        ] as [(String, String)]
    )
    func allowsTheArrowsOfTheTable(module: String, source: String) {
        expectNothing(.arrowsPointInward, in: [path(module): source])
    }

    @Test func everyModuleIsInTheTable() {
        expect(.everyModuleIsInTheTable, finds: "the module KizunaHelpers", in: [path("KizunaHelpers"): ""])
        expect(.everyModuleIsInTheTable, finds: "the module CZlib", in: ["Sources/CZlib/module.modulemap": ""])
        expectNothing(.everyModuleIsInTheTable, in: [path("KizunaMoney"): "", "Sources/CSQLite/module.modulemap": ""])
    }

    @Test func manifestKeepsToTheTable() {
        let planted = """
            let package = Package(targets: [
                module("KizunaMoney"),
                module("KizunaLedger", ["KizunaMoney", "KizunaSwitch"]),
            ])
            """
        expect(
            .manifestKeepsToTheTable,
            finds: "Package.swift:3: KizunaLedger is declared to depend on KizunaSwitch",
            in: ["Package.swift": planted]
        )
        expectNothing(
            .manifestKeepsToTheTable,
            in: ["Package.swift": #"module("KizunaSQLite", ["CSQLite", "KizunaSwitch"])"#]
        )
        expect(
            .manifestKeepsToTheTable,
            finds: "kizuna is declared to depend on KizunaWeb",
            in: ["Package.swift": #".executableTarget(name: "kizuna", dependencies: ["KizunaWeb"])"#]
        )
    }

    @Test func cLibrariesHaveOneKeeper() {
        let map = "Sources/CSQLite/module.modulemap"
        expect(
            .cLibrariesHaveOneKeeper,
            finds: "Only KizunaSQLite may",
            in: [path("KizunaSwitch"): "import CSQLite", map: ""]
        )
        expect(
            .cLibrariesHaveOneKeeper,
            finds: "Only KizunaSQLite may",
            in: [path("KizunaCurl"): "import CSQLite", map: ""]
        )
        expect(
            .cLibrariesHaveOneKeeper,
            finds: "No module keeps it yet",
            in: [path("KizunaWeb"): "import CZlib", "Sources/CZlib/module.modulemap": ""]
        )
        expectNothing(.cLibrariesHaveOneKeeper, in: [path("KizunaSQLite"): "import CSQLite", map: ""])
    }

    @Test func cFoldersHoldOnlyTheirFace() {
        let face = ["Sources/CSQLite/module.modulemap": "", "Sources/CSQLite/shim.h": ""]
        expectNothing(.cFoldersHoldOnlyTheirFace, in: face)
        for extra in ["shim.c", "README.md", "Wrapper.swift", "include/sqlite3.h"] {
            let tree = face.merging(["Sources/CSQLite/\(extra)": ""]) { _, new in new }
            expect(.cFoldersHoldOnlyTheirFace, finds: "\(extra) is neither", in: tree)
        }
        expect(.cFoldersHoldOnlyTheirFace, finds: "has no shim.h", in: ["Sources/CSQLite/module.modulemap": ""])
    }

    @Test(
        arguments: [
            ("let now = Date()", "`Date()`"), ("let id = UUID()", "`UUID()`"),
            ("let id = UUID(uuidString: text)", "`UUID()`"),
            ("Task { await run() }", "`Task`"), ("func run() async throws {}", "`async`"), ("x = await y", "`await`"),
            ("var random = SystemRandomNumberGenerator()", "`SystemRandomNumberGenerator`"),
            ("let n = Int.random(in: 0..<9)", "`.random()`"), ("let n = list.randomElement()", "`.randomElement()`"),
            ("list.shuffle()", "`.shuffle()`"), ("let b = list.shuffled()", "`.shuffled()`"),
            ("let n = Int.random(in: 0..<f(using: x))", "`.random()`"),
            ("let t = ContinuousClock.now", "`ContinuousClock`"),
            ("print(\"hello\")", "`print()`"), ("let line = readLine()", "`readLine()`"),
            ("let s = \"at \\(Date())\"", "`Date()`"), ("let a = CommandLine.arguments", "`CommandLine`"),
        ] as [(String, String)]
    )
    func coreIsPure(source: String, message: String) {
        expect(.coreIsPure, finds: message, in: [path("KizunaPayments"): source])
        expectNothing(.coreIsPure, in: [path("KizunaSwitch"): source])
    }

    @Test(
        arguments: [
            "let n = Int.random(in: 0..<9, using: &random)", "let n = list.randomElement(using: &random)",
            "let l = list.shuffled(using: &random)", "// Task, Date(), await",
            "let text = \"Date() and UUID() and async\"",
            "struct Tasks { var dateOfBirth: Date? }", "receipt.print()", "func print() {}", "let day = Date.fields",
            "let asynchronous = true", "let a = Int.random(in: f(0, [1]), using: &random)",
        ]
    )
    func coreMay(source: String) {
        expectNothing(.coreIsPure, in: [path("KizunaPayments"): source])
    }

    @Test(
        arguments: [
            ("guard person.passwordHash == shown else { return }", "passwordHash"),
            ("if left != code(of: message, key: key) { }", "code()"),
            ("return Array(form.token.utf8) == expected", "token"),
            ("let same = a && mac == b.bytes", "mac"), ("x = known?.secret == text ? 1 : 2", "secret"),
            ("guard HMAC.sha256(key: k, message: m) == given\nelse { return }", "sha256()"),
            ("switch true { case key.digest ~= other: break }", "digest"),
            ("let isRight = keys[id]\n    .secret\n    == shown", "secret"),
        ] as [(String, String)]
    )
    func secretsAreComparedInConstantTime(source: String, name: String) {
        let message = "`\(name)` is compared in a time that tells"
        expect(.secretsAreComparedInConstantTime, finds: message, in: [path("KizunaWeb"): source])
        expectNothing(.secretsAreComparedInConstantTime, in: [path("KizunaSimulation"): source])
    }

    @Test(
        arguments: [
            "guard digest.count == 32 else { return }", "guard key.kind != .secret else { return }",
            "if command.codeDigest == nil { }", "let token = a == b", "port.areEqual(code(of: m, key: k), given)",
            "/// token == other", "let text = \"token == other\"", "let x = token\nlet y = a == b",
            "f(secret, count == 1)", "if ConstantTime.equal(mac, other) == true { }",
        ]
    )
    func comparesNoSecret(source: String) {
        expectNothing(.secretsAreComparedInConstantTime, in: [path("KizunaWeb"): source])
    }

    @Test func theComparisonInConstantTimeIsOpenSSLs() {
        let right = "enum ConstantTime { func equal() -> Bool { l.count == r.count && CRYPTO_memcmp(l, r, n) == 0 } }"
        expectNothing(.constantTimeIsOpenSSLs, in: [Rule.constantTime: right])
        for wrong in ["func equal() -> Bool { left == right }", right + "\nfunc f() -> Bool { left == right }"] {
            expect(.constantTimeIsOpenSSLs, finds: "something else than CRYPTO_memcmp", in: [Rule.constantTime: wrong])
        }
    }

    @Test func filesAreShort() {
        let fitting = String(repeating: "\n", count: Rule.maximumLines)
        expectNothing(.filesAreShort, in: [path("KizunaMoney"): fitting])
        expect(.filesAreShort, finds: "601 lines", in: [path("KizunaMoney"): fitting + "\n"])
        expect(.filesAreShort, finds: "601 lines", in: ["Tests/KizunaMoneyTests/A.swift": fitting + "\n"])
    }

    @Test(
        arguments: [
            ("public struct A {}", "struct A"), ("public func add() {}", "func add"),
            ("public var a: Int { 1 }", "var a"),
            ("// Only a comment.\npublic enum A {}", "enum A"), ("/// Too far away.\n\npublic enum A {}", "enum A"),
            ("public init?(text: String) {}", "init text"), ("public init(_ t: Int) throws(E) { }", "init _"),
            ("public static func make() {}", "func make"), ("public static var a: [Int] {\n[1] }", "var a"),
            ("@frozen @inlinable(never)\npublic struct A {}", "struct A"), ("public typealias A = Int", "typealias A"),
            ("public subscript(index: Int) -> Int { 0 }", "subscript ("), ("public class func a() {}", "func a"),
            ("public protocol A {}", "protocol A"), ("code() /// behind\npublic enum A {}", "enum A"),
        ] as [(String, String)]
    )
    func coreIsDocumented(source: String, message: String) {
        expect(.coreIsDocumented, finds: "the public \(message) has no doc comment", in: [path("KizunaMoney"): source])
        expectNothing(.coreIsDocumented, in: [path("KizunaSwitch"): source])
    }

    @Test(
        arguments: [
            "/// A.\npublic struct A {}", "/// A.\n@frozen\npublic struct A {}",
            "/// A.\n@inline(__always) public func a() {}",
            "/// A.\n// swift-format-ignore\npublic let a = 1", "/**\n A.\n */\npublic struct A {}", "struct A {}",
            "package func a() {}",
            "public import KizunaMoney", "public init(a: Int) { self.a = a }", "public let a: Int",
            "public private(set) var a = [1].map { $0 }", "public var a: Int",
            "public var description: String { \"\" }",
            "public func hash(into hasher: inout Hasher) {}",
            "public static func < (left: A, right: A) -> Bool { true }",
            "public static func == (left: A, right: A) -> Bool { true }", "/// A.\npublic static func add() {}",
        ]
    )
    func documentedEnough(source: String) {
        expectNothing(.coreIsDocumented, in: [path("KizunaMoney"): source])
    }

    @Test func aFindingNamesPlaceFaultAndRemedy() throws {
        let source = "import KizunaMoney\n\nimport Foundation\n"
        let tree = SourceTree([path("KizunaLedger"): source])
        let finding = try #require(Rule.arrowsPointInward.check(tree).first)
        #expect(finding.line == 3)
        #expect(
            "\(finding)".hasPrefix(
                "Sources/KizunaLedger/Planted.swift:3: KizunaLedger imports Foundation. The core knows"
            )
        )
    }

    private func path(_ module: String) -> String { "Sources/\(module)/Planted.swift" }

    private func expect(
        _ rule: Rule,
        finds message: String,
        in texts: [String: String],
        _ location: SourceLocation = #_sourceLocation
    ) {
        let findings = rule.check(SourceTree(texts)).map(\.description)
        #expect(findings.contains { $0.contains(message) }, "found \(findings)", sourceLocation: location)
    }

    private func expectNothing(_ rule: Rule, in texts: [String: String], _ location: SourceLocation = #_sourceLocation)
    {
        #expect(rule.check(SourceTree(texts)).map(\.description) == [], sourceLocation: location)
    }
}

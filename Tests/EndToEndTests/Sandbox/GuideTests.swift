import Foundation
import KizunaWeb
import Testing

/// The guides of `docs/integrate`, as a stranger uses them.
@Suite struct GuideTests {
    /// Every command as it stands, in a shell, against a sandbox that the page itself starts; and what each prints.
    @Test(arguments: ["new-bank", "issuer", "acquirer", "shop"])
    func whatAPageSaysIsWhatHappens(page: String) throws {
        let path = Python.repository.appendingPathComponent("docs/integrate/\(page).md").path
        let run = try PythonScript.run("guides", [Executable.url.path, path])
        for difference in run.list("differences") {
            Issue.record("\(difference.text(at: "command") ?? ""): \(difference.text(at: "printed") ?? "")")
        }
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.components(separatedBy: "\n$ ").count - 1 == run["commands"].flatMap(count))
        if page == "new-bank" {
            #expect(text.contains("The rest is \(run["commands"].flatMap(count) ?? 0) commands"))
        }
    }

    private func count(_ json: JSON) -> Int? {
        guard case .number(let text) = json else { return nil }
        return Int(text)
    }

    /// An issuer's, an acquirer's and a shop's program in one language, with each other and over a line that loses the
    /// first answer to each request: paid once, refunded once, and told so by signed messages only.
    @Test(arguments: IntegrationProgram.allCases)
    func programsPlayTogetherOnABadLine(language: IntegrationProgram) throws {
        let folder = try TemporaryFolder()
        let programs = try language.programs(in: folder.url)
        let sandbox = try SandboxProcess()
        let commands = JSON.object(
            programs.map { JSON.Member(name: $0.name, value: .array($0.command.map(JSON.string))) }
        )
        var arguments = [sandbox.url, String(decoding: commands.encoded, as: UTF8.self)]
        // One language signs its requests.
        if language == .typescript { arguments.append(try IntegrationProgram.signingKey(in: folder.url)) }
        let results = try PythonScript.run("integrations", arguments)
        let riel: (String) -> JSON = { ["value": .string($0), "currency": "KHR"] }
        for (name, expected) in [
            ("paid", [0, "COMPLETED", riel("53642")]), ("credited", [0, true, ["value": "1980", "currency": "JPY"]]),
            ("refunded", [0, riel("13478")]), ("returned", [0, true, riel("13478")]), ("refunds", 1),
            ("refused", [1, "REJECTED"]), ("silent", [1, "REJECTED"]),
            ("payments", ["PARTIALLY_REFUNDED": 1, "REJECTED": 2]),
            ("heard", ["merchant.paid", "merchant.refunded"]), ("not signed", 400), ("altered", 401),
            ("another secret", 401), ("old", 401), ("early", 401), ("signed", 204), ("repeated", 204), ("last", 204),
            ("heard then", ["merchant.paid", "merchant.paid"]), ("heard too often", 0),
        ] as [(String, JSON)] {
            let found = results[name] ?? .null
            #expect(found.canonical == expected.canonical, "\(name)")
        }
        #expect((results["lost"].flatMap(count) ?? 0) >= 6)
        #expect(sandbox.stop() == 0)
    }
}

/// The programs of `docs/integrate` in one language.
enum IntegrationProgram: String, CaseIterable, Sendable {
    case python, typescript, swift

    private static let folder = Python.repository.appendingPathComponent("docs/integrate")
    private static let roles = ["issuer", "acquirer", "shop"]

    struct NotBuilt: Error, CustomStringConvertible {
        let description: String
    }

    /// What starts each program; those that need it are built, as the pages say.
    func programs(in target: URL) throws -> [(name: String, command: [String])] {
        let source = IntegrationProgram.folder.path
        switch self {
        case .python:
            let path = "PYTHONPATH=\(source)/client"
            return IntegrationProgram.roles.map {
                ($0, ["/usr/bin/env", path, "python3", "\(source)/\($0)/python/\($0).py"])
            }
        case .typescript:
            let files = IntegrationProgram.roles.map { "\(source)/\($0)/typescript/\($0).ts" }
            try Self.run(
                [
                    "tsc", "--strict", "--target", "es2022", "--lib", "es2022,dom", "--module", "commonjs", "--outDir",
                    target.path, "\(source)/client/node.d.ts",
                ] + files
            )
            return IntegrationProgram.roles.map {
                ($0, ["/usr/bin/env", "node", "\(target.path)/\($0)/typescript/\($0).js"])
            }
        case .swift:
            for role in IntegrationProgram.roles {
                try Self.run([
                    "swiftc", "-swift-version", "6", "-warnings-as-errors", "-I", "\(source)/client/openssl",
                    "\(source)/client/Kizuna.swift", "\(source)/\(role)/swift/main.swift", "-o",
                    "\(target.path)/\(role)",
                ])
            }
            return IntegrationProgram.roles.map { ($0, ["\(target.path)/\($0)"]) }
        }
    }

    /// The path of a new Ed25519 key.
    static func signingKey(in folder: URL) throws -> String {
        let path = folder.appendingPathComponent("signing.pem").path
        try run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", path])
        return path
    }

    private static func run(_ command: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let words = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw NotBuilt(description: "\(command[0]): \(words)") }
    }
}

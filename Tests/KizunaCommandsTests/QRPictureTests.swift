import Foundation
import KizunaWeb
import Testing

@testable import KizunaCommands

/// Pictures out of `kizuna qr encode` and `stand`, and into `kizuna qr decode --image`.
@Suite final class QRPictureTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "kizuna-pictures-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private static let shop = ["khqr", "--account", "sok_dara@aclb", "--name", "Sok Dara", "--name-local", "សុខ ដារ៉ា"]
    private static let store = [
        "jpqr", "--store-id", "0000000000001", "--level2", "0001", "--level3", "000001", "--level4", "000001",
        "--name", "KIZUNA SHOTEN", "--city", "CHIYODA-KU", "--postal", "1000001", "--name-local", "きずな商店",
    ]

    @Test(arguments: [shop, store])
    func whatIsDrawnIsReadLikeWhatIsTyped(flags: [String]) throws {
        let path = folder.appending(path: "code.png").path
        let written = CommandRun(["encode"] + flags + ["--png", path])
        #expect(written.status == 0)
        let payload = String(written.output.dropLast())
        let typed = try #require(try CommandRun("decode", "--json", payload).answers.first)
        let seen = CommandRun("decode", "--json", "--image", path)
        #expect(seen.status == 0)
        let answer = try #require(try seen.answers.first)
        for name in ["ok", "scheme", "name", "language", "crc"] { #expect(answer[name] == typed[name]) }
        #expect(answer["payload"] == .string(payload))
        #expect(corners(answer) == 4)
    }

    @Test func everyCodeOfASheetIsListed() throws {
        let codes = [["encode"] + Self.shop, ["encode"] + Self.store].map { String(CommandRun($0).output.dropLast()) }
        let sheet = try #require(Bundle.module.path(forResource: "Fixtures/sheet", ofType: "png"))
        let run = CommandRun("decode", "--json", "--image", sheet)
        let answer = try #require(try run.answers.first)
        guard case .array(let listed)? = answer["codes"] else {
            Issue.record("no list: \(run.output)")
            return
        }
        #expect(listed.count == 3)
        #expect(listed.prefix(2).map { $0["payload"] } == codes.map { .string($0) })
        #expect(listed.map { $0["ok"] } == [.bool(true), .bool(true), .bool(false)])
        #expect(listed.allSatisfy { corners($0) == 4 })
        #expect(run.status == 0)
        let people = CommandRun("decode", "--image", sheet)
        #expect(people.output.contains("Code 1 of 3, corners at "))
        #expect(people.output.contains("Code 3 of 3"))
    }

    @Test func saysWhyAPictureCannotBeRead() throws {
        let path = folder.appending(path: "file").path
        for (bytes, name) in [([], "picture-empty"), (Array("GIF89a".utf8), "picture-unsupported")]
            as [([UInt8], String)]
        {
            try Data(bytes).write(to: URL(filePath: path))
            let run = CommandRun("decode", "--json", "--image", path)
            #expect(run.status == 1)
            #expect(try run.answers.first?["error"] == .string(name))
            #expect(try run.answers.first?["ok"] == .bool(false))
        }
        #expect(CommandRun("decode", "--image", folder.appending(path: "none").path).status == 3)
        #expect(CommandRun("decode", "--image", folder.path).status == 3)
    }

    @Test func aPictureWithoutACodeIsTheAnswerNo() throws {
        let path = try #require(Bundle.module.path(forResource: "Fixtures/blank", ofType: "png"))
        let run = CommandRun("decode", "--json", "--image", path)
        #expect(run.status == 1)
        #expect(try run.answers.first?["error"] == .string("no-code"))
    }

    @Test func showsTheCodeInTheTerminal() {
        let run = CommandRun(["encode"] + Self.shop + ["--terminal"])
        #expect(run.status == 0)
        #expect(run.output.contains("█▀▀▀▀▀█") || run.output.contains(" ▄▄▄▄▄ "))
        #expect(run.output.hasSuffix("\n"))
        #expect(run.output.split(separator: "\n").last?.hasPrefix("000201") == true)
    }

    @Test(arguments: [(shop, "a6"), (shop, "tent"), (store, "a6"), (store, "tent")])
    func printsStands(flags: [String], paper: String) throws {
        let (svg, pdf) = (folder.appending(path: "stand.svg"), folder.appending(path: "stand.pdf"))
        let run = CommandRun(["stand"] + flags + ["--paper", paper, "--svg", svg.path, "--pdf", pdf.path])
        #expect(run.status == 0)
        #expect(run.complaints == [])
        #expect(try String(contentsOf: svg, encoding: .utf8).contains(flags[0].uppercased()))
        #expect(try Data(contentsOf: pdf).starts(with: Array("%PDF-".utf8)))
    }

    @Test(arguments: [
        (["encode"] + shop + ["--terminal", "--json"], "give one of them"),
        (["encode"] + shop + ["--correction", "X"], "--correction takes L, M, Q or H"),
        (
            ["encode"] + shop + ["--png", "x.png", "--quiet-zone", "65"],
            "--quiet-zone takes a whole number from 0 to 64"
        ),
        (["decode", "--image", "a", "--file", "b"], "one of them"),
        (["decode", "--jsonl", "--image", "a"], "reads standard input"),
        (["stand"] + shop, "--svg F, --pdf F or both"), (["stand"], "say khqr or jpqr"),
        (["stand"] + shop + ["--pdf", "x.pdf", "--paper", "a5"], "--paper takes a6 or tent"),
    ])
    func saysWhatWouldBeRight(arguments: [String], hint: String) {
        let run = CommandRun(arguments)
        #expect(run.status == 2)
        #expect(run.output.isEmpty)
        #expect(run.complaints.first?.contains(hint) == true)
    }

    private func corners(_ answer: JSON) -> Int {
        guard case .array(let corners)? = answer["corners"] else { return 0 }
        return corners.count
    }
}

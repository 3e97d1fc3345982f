import KizunaMoney
import KizunaWeb
import Testing

@testable import KizunaCommands

@Suite struct QRCommandTests {
    private static let khqr = "00020101021129170013sok_dara@aclb5204599953031165802KH5908Sok Dara6010Phnom Penh63046D8E"

    @Test func decodesForPrograms() throws {
        let run = CommandRun("decode", "--json", Self.khqr)
        let answer = try #require(try run.answers.first)
        #expect(run.status == 0)
        #expect(run.complaints.isEmpty)
        #expect(answer["ok"] == .bool(true))
        #expect(answer["scheme"] == .string("khqr-individual"))
        #expect(answer["khqr"]?["id"] == .string("sok_dara@aclb"))
        #expect(answer["amountMinor"] == .null)
        #expect(answer["md5"] == .string("\(Self.khqr.utf8.count) bytes"))
    }

    @Test func refusesWithTheAnswerNo() throws {
        let run = CommandRun("decode", "--json", Self.khqr.dropLast() + "F")
        let answer = try #require(try run.answers.first)
        #expect(run.status == 1)
        #expect(answer["error"] == .string("crc-mismatch"))
        #expect(answer["position"] == .number("84"))
        #expect(answer["scheme"] == .string("khqr-individual"))
    }

    @Test(arguments: [
        (["decode"], "give the code's text"), (["decode", "--jsno", "x"], "did you mean --json?"),
        (["decode", "a", "b"], "it takes [PAYLOAD]"), (["decode", "--at", "soon", "x"], "--at takes a whole number"),
        (["decode", "--at"], "--at needs a value"), (["decode", "--json", "--json", "x"], "given twice"),
        (["decode", "--json=yes", "x"], "takes no value"), (["decode", "--jsonl", "x"], "reads standard input"),
        (["decode", "--file", "f", "x"], "not both"), (["decode", "--quite-unlike-any"], "there is no flag"),
        (["decoed"], "did you mean decode?"), ([], "say decode, encode or stand"), (["encode"], "say khqr or jpqr"),
        (["encode", "khqr", "--name", "A"], "--account NAME@BANK is needed"),
        (["encode", "khqr", "--account", "nobank", "--name", "A"], "takes name@bank"),
        (["encode", "khqr", "--account", "a@b", "--name", "A", "--expires-in", "60"], "goes with --amount"),
        (["encode", "khqr", "--account", "a@b", "--name", "A", "--amount", "1e3"], "--amount takes digits"),
        (["encode", "khqr", "--account", "a@b", "--name", "A", "--currency", "JPY"], "--currency takes KHR or USD"),
        (["encode", "khqr", "--account", "a@b", "--name", "A", "--merchant-id", "1"], "--acquirer BANK is needed"),
        (["encode", "jpqr", "--store-id", "1"], "--level2 ID is needed"),
    ])
    func saysWhatWouldBeRight(arguments: [String], hint: String) {
        let run = CommandRun(arguments)
        #expect(run.status == 2)
        #expect(run.output.isEmpty)
        #expect(run.complaints.count == 1)
        #expect(run.complaints.first?.contains(hint) == true)
    }

    @Test func namesAFileThatCannotBeRead() {
        let run = CommandRun("decode", "--file", "/nowhere/at/all")
        #expect(run.status == 3)
        #expect(run.output.isEmpty)
    }

    @Test func encodesAStaticCode() {
        let run = CommandRun("encode", "khqr", "--account", "sok_dara@aclb", "--name", "Sok Dara")
        #expect(run.status == 0)
        #expect(run.output == Self.khqr + "\n")
    }

    @Test func encodesADynamicCodeThatLivesAsLongAsSaid() throws {
        let run = CommandRun(
            "encode",
            "khqr",
            "--account",
            "sok_dara@aclb",
            "--name",
            "Sok Dara",
            "--amount",
            "4000",
            "--expires-in",
            "133456000",
            "--json"
        )
        let answer = try #require(try run.answers.first)
        guard case .string(let payload) = answer["payload"] else {
            Issue.record("A payload is expected")
            return
        }
        #expect(payload.hasSuffix("993400131760000000000011318934560000006304F38C"))
        #expect(answer["md5"] != nil)
    }

    @Test func encodesAJapaneseCode() {
        let run = CommandRun(
            "encode",
            "jpqr",
            "--store-id",
            "0000000000001",
            "--level2",
            "0001",
            "--level3",
            "000001",
            "--level4",
            "000001",
            "--name",
            "KIZUNA SHOTEN",
            "--city",
            "CHIYODA-KU",
            "--postal",
            "1000001",
            "--name-local",
            "きずな商店ー東京駅前",
            "--category",
            "5499"
        )
        #expect(run.status == 0)
        #expect(run.output.hasSuffix("64200002JA0110きずな商店ー東京駅前63041349\n"))
    }

    @Test func refusesToWritePastALimit() throws {
        let name = String(repeating: "A", count: 26)
        let run = CommandRun("encode", "khqr", "--account", "a@b", "--name", name, "--json")
        #expect(run.status == 1)
        #expect(try run.answers.first?["error"] == .string("field-length:59"))
        #expect(run.complaints.count == 1)
    }

    @Test func explainsInEightyColumns() {
        let payload =
            "00020101021229140010sokha@aclb520459995303840540155802KH5905きずな商店6007シェムリアップ"
            + "993400131760000000000011317600864000006304951D"
        let run = CommandRun("decode", payload)
        #expect(run.status == 0)
        let lines = run.output.split(separator: "\n")
        #expect(lines.allSatisfy { TextWidth.of($0) <= 80 })
        #expect(lines.contains { $0.hasPrefix("59       Merchant name") && $0.contains("きずな商店") })
        #expect(!run.output.contains("\u{1B}"))
    }

    @Test func writesOutMarksThatCouldPaintTheTerminal() {
        let run = CommandRun("decode", "00020101021159091\u{1B}[31m\u{202E}ab6304ABCD")
        #expect(run.status == 1)
        #expect(!run.output.contains("\u{1B}"))
        #expect(!run.output.contains("\u{202E}"))
    }

    @Test(arguments: [["decode", "--help"], ["encode", "--help"], ["encode", "khqr", "-h"], ["--help"]])
    func helps(arguments: [String]) {
        let run = CommandRun(arguments)
        #expect(run.status == 0)
        #expect(run.output.contains("kizuna qr"))
        #expect(run.complaints.isEmpty)
    }
}

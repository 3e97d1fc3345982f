import Foundation
import KizunaMoney
import KizunaWeb
import Testing

@testable import KizunaCommands

@Suite struct DecodeStreamTests {
    private static let payload =
        "00020101021129170013sok_dara@aclb5204599953031165802KH5908Sok Dara6010Phnom Penh63046D8E"

    @Test(arguments: [1, 7, 100, 65_536])
    func answersLineByLineHoweverTheyCome(pieceBytes: Int) throws {
        let input = """
            "\(Self.payload)"
            {"id": 7, "payload": "\(Self.payload)", "at": 1760000000000}

            {"payload": "foo", "id": "a\\"b"}
            nonsense
            {"id": null}
            {"id": [1], "payload": "x", "at": "now"}
            "last"
            """
        let run = try CommandRun(stream: input, pieceBytes: pieceBytes)
        let answers = try run.answers
        #expect(
            answers.map { $0["id"] } == [
                .null, .number("7"), .string("a\"b"), .null, .null, .array([.number("1")]), .null,
            ]
        )
        #expect(
            answers.map { $0["error"] } == [
                nil, nil, .string("not-emv"), .string("input-malformed"), .string("input-malformed"),
                .string("input-malformed"), .string("not-emv"),
            ]
        )
        #expect(answers.allSatisfy { $0["ok"] != nil })
    }

    @Test func boundsALineAndGoesOn() throws {
        let longest = DecodeStream.longestLineBytes
        let exact = "\"" + String(repeating: "x", count: longest - 2) + "\""
        let input = exact + "\n" + exact + " \n" + String(repeating: "y", count: 3 * longest) + "\n\"z\"\n"
        let run = try CommandRun(stream: input, pieceBytes: 1_000)
        #expect(
            try run.answers.map { $0["error"] } == [
                .string("too-long"), .string("input-malformed"), .string("input-malformed"), .string("not-emv"),
            ]
        )
    }

    @Test func takesTheMomentOfTheLineFirst() throws {
        let dynamic =
            "00020101021229170013sok_dara@aclb520459995303116540440005802KH5908Sok Dara6010Phnom Penh"
            + "993400131760000000000011318934560000006304F38C"
        let late = 1_893_456_000_001
        let input = "{\"payload\":\"\(dynamic)\",\"at\":\(late)}\n\"\(dynamic)\"\n"
        let run = try CommandRun(stream: input, at: Timestamp(milliseconds: 1_760_000_000_000))
        #expect(try run.answers.map { $0["ok"] } == [.bool(false), .bool(true)])
        #expect(try run.answers[0]["error"] == .string("expired"))
    }
}

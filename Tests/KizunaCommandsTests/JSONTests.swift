import Testing

@testable import KizunaCommands

@Suite struct JSONTests {
    @Test(arguments: [
        "null", "true", "false", "0", "-0", "12.50", "1e+3", "-1.5E-2", "\"\"", "\"きずな ភ្នំពេញ 😀\"", "[]", "[1,[2]]", "{}",
        "{\"a\":{\"b\":[null]}}", "12345678901234567890.123",
    ])
    func comesOutAsItWentIn(text: String) throws {
        #expect(String(decoding: try JSON(utf8: Array(text.utf8)).utf8, as: UTF8.self) == text)
    }

    @Test(arguments: [
        ("\"\\u00e9\\n\\/\\\"\\\\\"", "é\n/\"\\"), ("\"\\ud83d\\ude00\"", "😀"), (" \"a\" ", "a"),
        ("\"\\b\\f\\r\\t\"", "\u{8}\u{C}\r\t"),
    ])
    func unescapes(text: String, value: String) throws {
        #expect(try JSON(utf8: Array(text.utf8)) == .string(value))
    }

    @Test(arguments: [
        "", " ", "nul", "truex", "01", "1.", ".5", "+1", "1e", "-", "\"", "\"\u{1}\"", "\"\\x\"", "\"\\u12\"",
        "\"\\ud83d\"",
        "\"\\ud83dx\"", "\"\\ude00\"", "[1,]", "[1 2]", "{\"a\"}", "{\"a\":1,}", "{a:1}", "{\"a\":1,\"a\":2}", "1 2",
        "NaN",
        "\u{FEFF}1",
    ])
    func refuses(text: String) {
        #expect(throws: JSONError.self) { try JSON(utf8: Array(text.utf8)) }
    }

    @Test func boundsNesting() throws {
        let deepest = JSON.deepestNesting
        _ = try JSON(
            utf8: Array((String(repeating: "[", count: deepest) + String(repeating: "]", count: deepest)).utf8)
        )
        #expect(throws: JSONError.self) { try JSON(utf8: Array(String(repeating: "[", count: deepest + 1).utf8)) }
    }

    @Test func refusesBytesThatAreNotUTF8() {
        #expect(throws: JSONError.self) { try JSON(utf8: [0x22, 0xFF, 0x22]) }
    }

    @Test func escapesWhatMustBe() {
        let text = String(decoding: JSON.string("\"\\\u{0}\u{1F}\n\r\t\u{7F}é").utf8, as: UTF8.self)
        #expect(text == #""\"\\\u0000\u001f\n\r\t\u007fé""#)
    }
}

import Testing

@testable import KizunaWeb

/// Bytes to values and back, and every way in which bytes are not JSON.
@Suite struct JSONTests {
    @Test(
        arguments: [
            ("null", .null), ("true", true), ("false", false), ("0", 0), ("-12", -12),
            ("9007199254740993", 9_007_199_254_740_993),
            ("\"\"", ""), (#""a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00""#, "a\"\\/\u{8}\u{C}\n\r\té😀"), ("[]", []),
            ("{}", [:]),
            (" [ 1 , \"x\" , null ] ", [1, "x", nil]), (#"{"b":1,"a":[true]}"#, ["b": 1, "a": [true]]),
            (#"{"":0}"#, ["": 0]), (#"{"ឈ្មោះ":"東京"}"#, ["ឈ្មោះ": "東京"]), ("\t\r\n1 ", 1),
            (#"{"a":{"a":1},"b":{"a":2}}"#, ["a": ["a": 1], "b": ["a": 2]]),
        ] as [(String, JSON)]
    )
    func reads(text: String, value: JSON) throws {
        #expect(try JSON.parse(Array(text.utf8)) == value)
    }

    @Test(
        arguments: [
            ("", .empty, nil), (" \n", .empty, nil), ("[1,]", .syntax, 3), (#"{"a":1,}"#, .syntax, 7),
            ("[,1]", .syntax, 1),
            ("[1 2]", .syntax, 3), ("[1][2]", .syntax, 3), ("1 2", .syntax, 2), (#"{"a" 1}"#, .syntax, 5),
            (#"{"a"}"#, .syntax, 4), (#"{1:2}"#, .syntax, 1), ("{,}", .syntax, 1), ("[1}", .syntax, 2),
            ("]", .syntax, 0),
            ("[", .syntax, 1), (#"{"a":"#, .syntax, 5), (#"["a]"#, .syntax, 4), (#"["a\"#, .syntax, 4),
            ("[\"a\u{1}\"]", .syntax, 3), ("[\"a\nb\"]", .syntax, 3), ("\u{FEFF}[]", .syntax, 0),
            ("/*x*/[]", .syntax, 0),
            ("[1]\0", .syntax, 3), ("[tru]", .syntax, 1), ("[NaN]", .syntax, 1), ("[01]", .syntax, 2),
            ("[1.]", .syntax, 3),
            ("[+1]", .syntax, 1), ("['a']", .syntax, 1), (#"["\x"]"#, .syntax, 3), (#"["\ud800"]"#, .syntax, 8),
            (#"{"a":1,"a":2}"#, .repeatedMember("a"), 7), (#"{"Sok Dara":1,"Sok Dara":2}"#, .repeatedMember(""), 14),
            (#"{"\u0061":1,"a":2}"#, .repeatedMember("a"), 12),
        ] as [(String, JSONFault.Code, Int?)]
    )
    func refuses(text: String, code: JSONFault.Code, position: Int?) {
        #expect(throws: JSONFault(code: code, position: position)) { try JSON.parse(Array(text.utf8)) }
    }

    @Test(
        arguments: [
            ([0x22, 0xFF, 0x22], 1), ([0x22, 0x41, 0xC3, 0x22], 2), ([0x22, 0xC0, 0xAF, 0x22], 1),
            ([0x22, 0xED, 0xA0, 0x80, 0x22], 1), ([0x22, 0xE6, 0x9D, 0xB1, 0xF4, 0x90, 0x80, 0x80, 0x22], 4),
            // UTF-16 of `[1]`, with and without a byte order mark.
            ([0xFE, 0xFF, 0, 0x5B, 0, 0x31, 0, 0x5D], 0),
        ] as [([UInt8], Int)]
    )
    func refusesInvalidUTF8(bytes: [UInt8], position: Int) {
        #expect(throws: JSONFault(code: .invalidUTF8, position: position)) { try JSON.parse(bytes) }
    }

    @Test func refusesUTF16WithoutAMark() {
        #expect(throws: JSONFault(code: .syntax, position: 0)) { try JSON.parse([0, 0x5B, 0, 0x31, 0, 0x5D]) }
    }

    @Test func takesSixteenLevelsAndNotSeventeen() throws {
        let nested = { (depth: Int) in
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        _ = try JSON.parse(nested(16))
        #expect(throws: JSONFault(code: .tooDeep, position: 16)) { try JSON.parse(nested(17)) }
        #expect(throws: JSONFault(code: .tooDeep, position: 16)) { try JSON.parse(nested(30_000)) }
    }

    @Test func takesTwoThousandItemsAndNotOneMore() throws {
        let list = { (count: Int) in Array("[\(Array(repeating: "0", count: count).joined(separator: ","))]".utf8) }
        _ = try JSON.parse(list(1_999))
        #expect(throws: JSONFault(code: .tooManyItems, position: 3_999)) { try JSON.parse(list(2_000)) }
    }

    @Test func takesSixtyFourMembersAndNotOneMore() throws {
        let object = { (count: Int) in
            Array("{\((10..<10 + count).map { "\"\($0)\":0" }.joined(separator: ","))}".utf8)
        }
        _ = try JSON.parse(object(64))
        #expect(throws: JSONFault(code: .tooManyItems, position: 64 * 7 + 1)) { try JSON.parse(object(65)) }
    }

    @Test(
        arguments: [
            (["b": 1, "a": nil], #"{"b":1,"a":null}"#), ([true, false, [], [:]], "[true,false,[],{}]"),
            ("a\"b\\c/\n\r\t\u{1}\u{1F}\u{7F}", #""a\"b\\c/\n\r\t\u0001\u001f\u007f""#),
            ("x\u{2028}y\u{2029}z", #""x\u2028y\u2029z""#), ("東京 សួស្តី ₤ – 😀", "\"東京 សួស្តី ₤ – 😀\""),
            (.number("1.10"), "1.10"),
        ] as [(JSON, String)]
    )
    func writes(value: JSON, text: String) {
        #expect(String(decoding: value.encoded, as: UTF8.self) == text)
    }

    @Test func readsWhatItWrote() throws {
        let scalars = (0...0x30FF).compactMap(Unicode.Scalar.init).map(Character.init)
        let value: JSON = ["every": .string(String(scalars)), "more": [1, -2, nil, [["deep": "x"]]]]
        #expect(try JSON.parse(value.encoded) == value)
        #expect(try JSON.parse(value.encoded).encoded == value.encoded)
    }

    @Test func equalBodiesAreEqualBytesWhateverTheirOrder() throws {
        let left = try JSON.parse(Array(#"{ "b" : { "y" : 1, "x" : "\u0041" }, "a" : [ 2, 1 ] }"#.utf8))
        let right = try JSON.parse(Array(#"{"a":[2,1],"b":{"x":"A","y":1}}"#.utf8))
        #expect(left.encoded != right.encoded)
        #expect(left.canonical.encoded == right.canonical.encoded)
    }
}

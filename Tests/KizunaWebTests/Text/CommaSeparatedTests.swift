import KizunaWeb
import Testing

/// Comma-separated values as RFC 4180 has them.
@Suite struct CommaSeparatedTests {
    @Test(
        arguments: [
            ("", []), ("\n\r\n", []), ("a", [(1, ["a"])]), ("a,b\n", [(1, ["a", "b"])]),
            ("a,,\r\n,b\r\n", [(1, ["a", "", ""]), (2, ["", "b"])]), ("\u{FEFF}a\n\nb", [(1, ["a"]), (3, ["b"])]),
            ("\"a,b\",\"c\"\"d\"\"\"\n", [(1, ["a,b", "c\"d\""])]), ("\"\",x", [(1, ["", "x"])]),
            ("\"a\r\nb\",c\nd", [(1, ["a\r\nb", "c"]), (3, ["d"])]), ("a\"b,c", [(1, ["a\"b", "c"])]),
            ("a\rb", [(1, ["a"]), (2, ["b"])]), ("ហាង,きずな", [(1, ["ហាង", "きずな"])]), ("a,", [(1, ["a", ""])]),
        ] as [(String, [(Int, [String])])]
    )
    func reads(text: String, rows: [(Int, [String])]) throws {
        let read = try CommaSeparated(Array(text.utf8), most: 9).rows
        #expect(read.map(\.line) == rows.map(\.0))
        #expect(read.map(\.fields) == rows.map(\.1))
    }

    @Test(
        arguments: [
            ([UInt8]("a\n\"b".utf8), CommaSeparated.Fault.quote(line: 2)), (Array("\"a\"b".utf8), .quote(line: 1)),
            (Array("x\n\"a\n\n".utf8), .quote(line: 2)), ([0x61, 0xFF], .notUTF8),
            (Array("a\nb\nc\nd".utf8), .tooMany(most: 3)),
        ]
    )
    func refuses(bytes: [UInt8], fault: CommaSeparated.Fault) {
        #expect(throws: fault) { try CommaSeparated(bytes, most: 3) }
    }
}

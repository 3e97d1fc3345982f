import Testing

@Suite struct SwiftLexerTests {
    @Test(
        arguments: [
            ("let a = b", ["let", "a", "b"]),
            ("let a = 1 // Task", ["let", "a"]),
            ("/* Task */ a /* Date() */ b", ["a", "b"]),
            ("/* one /* two */ Task */ a", ["a"]),
            ("/** Task */ a\n/// Task\nb", ["a", "b"]),
            (#"let a = "Task" + b"#, ["let", "a", "b"]),
            (#"let a = "// no comment" + b"#, ["let", "a", "b"]),
            (#"let a = "/* no comment" + b"#, ["let", "a", "b"]),
            (#"let a = "a quote \" Task" + b"#, ["let", "a", "b"]),
            (#"let a = "a stroke \\" + b"#, ["let", "a", "b"]),
            (#"let a = "" + b"#, ["let", "a", "b"]),
            (#"print("it is \(Task.now) o'clock")"#, ["print", "Task", "now"]),
            (#"print("\(f("inner Task", (1, x))) Task") + y"#, ["print", "f", "x", "y"]),
            (#"print("\("\(deep)") Task")"#, ["print", "deep"]),
            (##"let a = #"Task " \(Task) Task"# + b"##, ["let", "a", "b"]),
            (##"let a = #"Task \#(inner) Task"# + b"##, ["let", "a", "inner", "b"]),
            ("let a = \"\"\"\n  Task \"quoted\" Task\n  \\(inner)\n  \"\"\" + b", ["let", "a", "inner", "b"]),
            ("let a = \"\"\"\n  \\\"\"\" Task\n  \"\"\" + b", ["let", "a", "b"]),
            ("let a = #\"\"\"\n  \"\"\" Task \\(Task)\n  \"\"\"# + b", ["let", "a", "b"]),
            ("let a = \"never closed Task\nb", ["let", "a", "b"]),
            (#"let r = /Task "quoted"/ ; b"#, ["let", "r", "b"]),
            (#"f(/Task\/"/, b)"#, ["f", "b"]),
            (##"let r = #/Task " / "/# ; b"##, ["let", "r", "b"]),
            ("let a = b / c / d", ["let", "a", "b", "c", "d"]),
            ("let a = (b) / c; let d = e / f", ["let", "a", "b", "c", "let", "d", "e", "f"]),
            ("numbers.reduce(1, /)", ["numbers", "reduce"]),
            ("let `import` = 0...9", ["let", "`import`"]),
            ("#if os(Linux)\na\n#endif", ["if", "os", "Linux", "a", "endif"]),
            ("let ស្រី = 名前", ["let", "ស្រី", "名前"]),
            ("$0.a1 + _b", ["$0", "a1", "_b"]),
            ("", []),
        ] as [(String, [String])]
    )
    func findsTheNames(source: String, names: [String]) {
        #expect(SwiftLexer(source).tokens.filter { $0.kind == .identifier }.map(\.text) == names)
    }

    @Test(
        arguments: [
            ("1.5e-3", ["1.5e"], ["-"]), ("0...9", ["0", "9"], [".", ".", "."]), ("0xFF_FF", ["0xFF_FF"], []),
            ("a.0", ["0"], ["."]), ("1_000", ["1_000"], []),
        ] as [(String, [String], [String])]
    )
    func findsTheNumbers(source: String, numbers: [String], marks: [String]) {
        let tokens = SwiftLexer(source).tokens
        #expect(Array(tokens.filter { $0.kind == .number }.map(\.text).prefix(numbers.count)) == numbers)
        #expect(tokens.filter { $0.kind == .punctuation }.map(\.text) == marks)
    }

    @Test func countsTheLines() {
        let source = """
            a // one
            /* two
               three */ b
            let c = \"\"\"
              five
              \\(d)
              \"\"\"
            e
            """
        let lines = SwiftLexer(source).tokens.filter { $0.kind == .identifier }.map { "\($0.text)\($0.line)" }
        #expect(lines == ["a1", "b3", "let4", "c4", "d6", "e8"])
    }

    @Test func keepsWhatALiteralSays() {
        let source = ##"["KizunaMoney", #"raw "inside""#, "a\(b)c"]"##
        #expect(
            SwiftLexer(source).tokens.filter { $0.kind == .literal }.map(\.text) == [
                "KizunaMoney", #"raw "inside""#, "ac",
            ]
        )
    }

    @Test func tellsDocumentationFromComment() {
        let source = """
            /// One documents.
            // Two does not.
            //// Three does not.
            /** Four documents.
                Five still does. */
            /* Six does not. */
            code() /// Seven stands behind code.
            /**/
            """
        let lexer = SwiftLexer(source)
        #expect(lexer.documentationLines == [1, 4, 5])
        #expect(lexer.commentLines == [1, 2, 3, 4, 5, 6, 8])
    }

    @Test(
        arguments: [
            ("import Foundation", ["Foundation"]), ("public import KizunaMoney", ["KizunaMoney"]),
            ("@testable import KizunaQR\nimport struct Foundation.Date", ["KizunaQR", "Foundation"]),
            ("@preconcurrency internal import func Glibc.exit", ["Glibc"]),
            ("import Foundation.NSObject", ["Foundation"]),
            ("#if canImport(Darwin)\nimport Darwin\n#endif", ["Darwin"]), ("// import Foundation", []),
            ("let s = \"import Foundation\"", []), ("let a = Verb.import", []), ("func `import`() {}", []),
            ("import CSQLite; import Dispatch", ["CSQLite", "Dispatch"]),
        ] as [(String, [String])]
    )
    func findsTheImports(source: String, modules: [String]) {
        #expect(SourceFile(path: "Sources/M/A.swift", text: source).imports.map(\.module) == modules)
    }
}

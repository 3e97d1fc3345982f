import Foundation
import Testing

/// The document of a real switch, judged by openapi-spec-validator; and the switch, judged by schemathesis after it.
///
/// A few examples for each operation; `make schemathesis` makes many more.
@Suite struct DocumentTests {
    @Test func theDocumentAndTheSwitchAgree() throws {
        let judge = try Python.process(
            "judge_api.py",
            Executable.url.path,
            "--examples",
            "3",
            "--phases",
            "examples,fuzzing",
            "--callers",
            "nobody,mekong-bank,sokha",
            "--seed",
            "1"
        )
        let output = Pipe()
        judge.standardOutput = output
        judge.standardError = output
        try judge.run()
        let words = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        judge.waitUntilExit()
        #expect(judge.terminationStatus == 0, "\(words)")
        #expect(words.contains("openapi-spec-validator: "))
        for caller in ["nobody", "mekong-bank", "sokha"] { #expect(words.contains("\n\(caller): ")) }
    }
}

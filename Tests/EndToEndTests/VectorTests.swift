import Foundation
import KizunaCommands
import KizunaLedger
import KizunaMoney
import KizunaSimulation
import KizunaSwitch
import KizunaWeb
import Testing

/// Every code that must be refused is refused by the API, by name, and leaves nothing in the books.
@Suite struct VectorTests {
    static let invalidCodes: [String] = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("KizunaQRTests/Fixtures/qr-invalid.tsv")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").dropFirst().compactMap { line in
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
            return columns.count > 2 ? unescaped(String(columns[2])) : nil
        }
    }()

    /// Undoes `\uXXXX` and `\\` of the vector files.
    static func unescaped(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            guard character == "\\" else {
                result.append(character)
                continue
            }
            if rest.first == "u",
                let scalar = UInt32(rest.dropFirst().prefix(4), radix: 16).flatMap(Unicode.Scalar.init)
            {
                result.unicodeScalars.append(scalar)
                rest = rest.dropFirst(5)
            } else if let next = rest.popFirst() {
                result.append(next)
            }
        }
        return result
    }

    @Test func refusesEveryInvalidCode() async throws {
        #expect(Self.invalidCodes.count >= 90)
        try await withLink { link in
            for payload in Self.invalidCodes {
                for bank in [link.banks.rielBank, link.banks.yenWallet] {
                    do {
                        _ = try await bank.ask("/v1/resolutions", ["payload": .string(payload)])
                        Issue.record("A code that must be refused was resolved")
                    } catch let problem as SwitchProblem {
                        #expect(problem.status == 422 && ["qr_invalid", "qr_expired"].contains(problem.code))
                        #expect(!problem.detail.isEmpty)
                    }
                }
            }
            #expect(try link.store.audited().transfers == 0)
        }
    }
}

import Foundation
import KizunaMoney
import KizunaQR
import Testing

/// The examples of the module's page, as they stand there, compiled and run.
@Suite struct ReadmeTests {
    private let now = Timestamp(milliseconds: 1_760_000_000_000)
    private let scanned = "00020101021129170013sok_dara@aclb5204599953031165802KH5908Sok Dara6010Phnom Penh63046D8E"

    @Test func readsWhatWasScanned() throws {
        let shown = Page()
        func show(_ parts: Any?...) { shown.take(parts) }
        func refuse(_ sentence: String) { Issue.record("\(sentence)") }
        let scanned = "00020101021129170013sok_dara@aclb5204599953031165802KH5908Sok Dara6010Phnom Penh63046D8E"
        switch try QRCode.read(scanned, at: now) {
        case .khqr(let code): show(code.payload.displayName, code.account.description, code.amount)
        case .jpqr(let code): show(code.payload.displayName, code.store.level1, code.amount)
        case .other(let payload): refuse("This is \(payload.network?.title ?? "another scheme")'s code")
        case .consumer: refuse("This is a customer's code, not a shop's")
        }
        #expect(shown.lines == ["Sok Dara sok_dara@aclb nil"])
    }

    @Test func saysWhatIsWrong() {
        let shown = Page()
        func show(_ part: Any) { shown.take([part]) }
        do {
            _ = try QRCode.read("00020101021129170013sok_dara@aclb5204599953031165802KH63041234", at: now)
        } catch {
            show(error.name)  // crc-mismatch
            show(error.path?.description ?? "")  // 63
            show(error.message)  // The checksum (63) does not fit the text before it, which gives …
            show(error.also.map(\.name))  // ["field-missing:59", "field-missing:60"]
        }
        #expect(shown.lines[..<2] == ["crc-mismatch", "63"])
        #expect(shown.lines[2].hasPrefix("The checksum (63) does not fit the text before it, which gives "))
        #expect(shown.lines[3] == #"["field-missing:59", "field-missing:60"]"#)
    }

    @Test func verifiesVeryMany() throws {
        let shown = Page()
        func show(_ part: Any?) { shown.take([part]) }
        let bytes = Array(scanned.utf8)
        let index = try QRReader.inspect(bytes.span, at: now)
        show(index.scheme.rawValue)  // khqr-individual
        show(index.range(of: 59).map { String(decoding: bytes[$0], as: UTF8.self) })  // Sok Dara
        #expect(shown.lines == ["khqr-individual", "Sok Dara"])
    }

    @Test func writesACode() throws {
        let shown = Page()
        func show(_ part: String) { shown.take([part]) }
        guard let account = BakongAccount("kizuna_cafe@aclb") else { return }
        var draft = KHQRDraft(account: account, holder: .merchant(id: "KZN01", bank: "ACLEDA"), name: "Kizuna Cafe")
        draft.price = .fixed(try Money(majorUnits: "12500", currency: .khr))
        draft.local = .init(language: "km", name: "ហាងគីហ្ស៊ូណា")
        draft.validity = .init(created: now, expires: now.adding(.seconds(600)))
        show(try draft.written().payload.text)
        #expect(try QRCode.read(try #require(shown.lines.first), at: now).scheme == .khqrMerchant)
    }

    @Test func explainsIt() {
        let shown = Page()
        func show(_ parts: Any?...) { shown.take(parts) }
        let bytes = Array(scanned.utf8)
        for line in QRExplanation(utf8: bytes, at: now).lines {
            show(line.path?.description, line.title, line.value, line.meaning, line.source)
            // 53  Currency  116  KHR  EMVCo MPM 4.7.5
        }
        #expect(shown.lines.contains("53 Currency 116 KHR EMVCo MPM 4.7.5"))
    }

    /// Every block of Swift on the page stands in this file, line by line.
    @Test func thePageShowsTheseExamples() throws {
        let here = URL(filePath: #filePath)
        let package = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let page = try String(contentsOf: package.appending(path: "Sources/KizunaQR/README.md"), encoding: .utf8)
        let tests = try String(contentsOf: here, encoding: .utf8)
        let blocks = page.split(separator: "```swift\n").dropFirst().map {
            $0.prefix(upTo: $0.firstRange(of: "```")?.lowerBound ?? $0.endIndex)
        }
        #expect(blocks.count == 6)
        for block in blocks where !block.hasPrefix("// Package.swift") {
            let indented = block.split(separator: "\n").map { "        \($0)\n" }.joined()
            #expect(tests.contains(indented), "not as in the tests:\n\(block)")
        }
    }
}

/// What an example shows, a line each.
private final class Page {
    private(set) var lines: [String] = []

    func take(_ parts: [Any?]) { lines.append(parts.map { $0.map { "\($0)" } ?? "nil" }.joined(separator: " ")) }
}

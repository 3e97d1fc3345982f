import Foundation
import KizunaCommands
import KizunaCrypto
import KizunaLedger
import KizunaQRImage
import KizunaSQLite
import KizunaWeb
import Testing

/// The pages, through Debian's chromium: a traveller's whole way in both directions, a shop's day, what axe-core and the
/// browser's console say, and that nothing is asked for from elsewhere.
@Suite(.serialized) struct PagesTests {
    /// Where pictures of all pages go, where somebody wants them.
    private static let pictures = ProcessInfo.processInfo.environment["KIZUNA_PAGE_PICTURES"]

    @Test(arguments: ["en", "ja", "km"])
    func aTravellerPaysAndAShopIsPaid(language: String) async throws {
        let folder = try TemporaryFolder()
        let code = folder.url.appendingPathComponent("code.png")
        let symbol = try QRSymbol(DemoShop.kizunaShoten.payload)
        try Data(QRPicture(symbol).png()).write(to: code)
        let store = try SQLiteStore(path: folder.database, digester: OpenSSLDigester())
        let link = try await LocalLink.demo(store: store, listen: .anyFree)
        let base = "http://\(link.server.address)"
        let arguments = [base, language, code.path] + (PagesTests.pictures.map { [$0] } ?? [])
        let results = try await PagesTests.walk(arguments)
        await link.stop()
        #expect(results["faults"] == [])
        #expect(results["findings"] == [])
        let seen: Set<String> = [
            "front", "status", "wallet", "shops", "scan", "amount", "offer", "paid", "receipt", "refused-code",
            "refused-payment", "counter", "code", "fixed-amount", "code-paid", "sale", "day",
        ]
        guard case .array(let names)? = results["seen"] else { throw PythonScript.Failure(description: "saw nothing") }
        #expect(Set(names.compactMap(\.text)) == seen)
        #expect(try store.audited().violations.isEmpty)
    }

    /// Waits on a thread of its own, for the link needs those of the pool.
    private static func walk(_ arguments: [String]) async throws -> JSON {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try PythonScript.run("browse_pages", arguments) })
            }
        }
    }
}

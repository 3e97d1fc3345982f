import Foundation
import KizunaCommands
import KizunaQRImage
import KizunaWeb
import Testing

/// The pages, through Debian's chromium: a traveller's whole way in both directions, a shop's day, what axe-core and the
/// browser's console say, and that nothing is asked for from elsewhere.
@Suite(.serialized) struct PagesTests {
    /// Where pictures of all pages go, where somebody wants them.
    private static let pictures = ProcessInfo.processInfo.environment["KIZUNA_PAGE_PICTURES"]

    @Test(arguments: ["en", "ja", "km"])
    func aTravellerPaysAndAShopIsPaid(language: String) throws {
        let folder = try TemporaryFolder()
        let code = folder.url.appendingPathComponent("code.png")
        let symbol = try QRSymbol(DemoShop.kizunaShoten.payload)
        try Data(QRPicture(symbol).png()).write(to: code)
        let demo = try DemoProcess(database: "sqlite:\(folder.database)")
        let arguments = [demo.baseURL, language, code.path] + (PagesTests.pictures.map { [$0] } ?? [])
        let results = try PythonScript.run("browse_pages", arguments)
        #expect(demo.terminate() == 0)
        #expect(results["faults"] == [])
        #expect(results["findings"] == [])
        let seen: Set<String> = [
            "front", "status", "wallet", "shops", "docs", "reference", "chapter", "problems", "guide", "states", "scan",
            "amount", "offer", "paid", "receipt", "refused-code",
            "refused-payment", "counter", "code", "fixed-amount", "code-paid", "sale", "day",
        ]
        guard case .array(let names)? = results["seen"] else { throw PythonScript.Failure(description: "saw nothing") }
        #expect(Set(names.compactMap(\.text)) == seen)
        #expect(try Executable.run(["books", "verify", "--database", "sqlite:\(folder.database)"]).status == 0)
    }
}

import KizunaLedger
import KizunaQR
package import KizunaSwitch
package import KizunaWeb

/// Pictures of codes for saving on a phone.
package protocol SymbolPainter: Sendable {
    /// A PNG file; `nil` for a text that no symbol can hold.
    func png(of text: String) -> [UInt8]?
}

/// What short links lead to: made over the Bakong facade, opened by a customer's phone.
package struct DeepLinkPages: PageSection {
    private let engine: Switch
    private let painter: any SymbolPainter
    private let walletPrefix: String
    private let limiter: RateLimiter

    package init(_ engine: Switch, settings: BakongSettings, painter: any SymbolPainter) {
        self.engine = engine
        self.painter = painter
        walletPrefix = settings.walletPrefix
        limiter = RateLimiter(settings.rate)
    }

    package let entry: NavigationEntry? = nil

    package var routes: [PageRoute] {
        [
            .page("/d/{link:name}") { visit throws(PageRefusal) in
                guard let (link, code) = try find(visit) else { return LapsedLinkPage().response(to: visit) }
                let wallet = walletPrefix + PercentEncoding.encode(link.payload)
                return DeepLinkPage(link: link, code: code, wallet: wallet).response(to: visit)
            },
            .page("/d/{link:name}/code.png") { visit throws(PageRefusal) in
                guard let (link, _) = try find(visit), let picture = painter.png(of: link.payload) else {
                    throw .notFound
                }
                return HTTPResponse(status: 200, headers: ["Content-Type": "image/png"], body: picture)
            },
        ]
    }

    /// The link of a path and what its code says, while both are good.
    private func find(_ visit: Visit) throws(PageRefusal) -> (DeepLink, KHQR)? {
        guard limiter.admits(.address(visit.request.remoteAddress), at: visit.now) else { throw .tooMany }
        guard let id = UniqueID(visit.parameters.name("link")) else { return nil }
        let found: DeepLink?
        do throws(StoreError) {
            found = try engine.store.read { reader throws(StoreError) in try reader.deepLink(id) }
        } catch {
            throw .unavailable
        }
        guard let link = found, link.expiresAt >= visit.now,
            case .khqr(let code)? = try? QRCode.read(link.payload, at: nil)
        else { return nil }
        return (link, code)
    }
}

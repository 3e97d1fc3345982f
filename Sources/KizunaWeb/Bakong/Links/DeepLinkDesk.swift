import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaQR
import KizunaSwitch

/// Short addresses for codes, made over the API. What opens one is a page.
struct DeepLinkDesk: Sendable {
    private let desk: BakongDesk
    private let settings: BakongSettings

    /// The path that short addresses have before their number.
    private static let folder = "/d/"
    /// How many lapsed links each new one clears away.
    private static let clearedAtOnce = 4
    private static let longestName = 100
    private static let longestURL = 512

    init(desk: BakongDesk, settings: BakongSettings) {
        self.desk = desk
        self.settings = settings
    }

    var operations: [BakongOperation] {
        [BakongOperation("generate_deeplink_by_qr", .open) { body throws(BakongError) in try await generate(body) }]
    }

    private func generate(_ body: JSON) async throws(BakongError) -> BakongAnswer {
        let payload = try BakongBody.text(body, "qr", longest: 512)
        let now = desk.engine.clock.now()
        guard case .khqr(let code)? = try? QRCode.read(payload, at: now), code.strictError != .expired else {
            throw .missingFields
        }
        let source = try source(body["sourceInfo"])
        let (count, oldest) = try desk.read { reader throws(StoreError) in
            (try reader.deepLinkCount(), try reader.deepLinks(limit: DeepLinkDesk.clearedAtOnce))
        }
        let lapsed = oldest.filter { $0.expiresAt < now }.map(\.id)
        guard count - lapsed.count < DeepLink.most else { throw .linksUnavailable }
        let command = CreateDeepLink(
            payload: payload,
            source: source,
            codeExpiresAt: code.payload.isDynamic ? code.expires : nil,
            removing: lapsed
        )
        guard case .deepLink(let link)? = try? await desk.engine.bakongKeeper.perform(.createLink(command)) else {
            throw .linksUnavailable
        }
        let address = "\(settings.publicURL)\(DeepLinkDesk.folder)\(link.id.compact)"
        return BakongAnswer(message: "Getting deep link successfully", data: ["shortLink": .string(address)])
    }

    /// All three members, or no `sourceInfo` at all.
    private func source(_ json: JSON?) throws(BakongError) -> DeepLink.Source? {
        guard let json, json != .null else { return nil }
        let longest = DeepLinkDesk.longestURL
        guard case .object = json, let name = json["appName"]?.text, let icon = json["appIconUrl"]?.text,
            let callback = json["appDeepLinkCallback"]?.text,
            1...DeepLinkDesk.longestName ~= name.unicodeScalars.count, 1...longest ~= icon.utf8.count,
            1...longest ~= callback.utf8.count
        else { throw .missingFields }
        return DeepLink.Source(appName: name, iconURL: icon, callback: callback)
    }
}

import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaQR
import KizunaSwitch

/// Short addresses for codes: made over the API, opened by a customer's phone.
struct DeepLinkDesk: Sendable {
    private let desk: BakongDesk
    private let settings: BakongSettings
    private let painter: any SymbolPainter
    private let style: DeepLinkStyle

    private static let folder = "/d/"
    private static let pictureName = "code.png"
    /// How many lapsed links each new one clears away.
    private static let clearedAtOnce = 4
    private static let longestName = 100
    private static let longestURL = 512

    init(desk: BakongDesk, settings: BakongSettings, painter: any SymbolPainter) {
        self.desk = desk
        self.settings = settings
        self.painter = painter
        style = DeepLinkStyle(digester: desk.engine.digester)
    }

    var operations: [BakongOperation] {
        [BakongOperation("generate_deeplink_by_qr", .open) { body throws(BakongError) in try await generate(body) }]
    }

    // MARK: Making

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

    // MARK: Opening

    /// What a path below `/d/` is.
    struct Address: Sendable, Hashable {
        let link: UniqueID?
        let isPicture: Bool
    }

    func address(_ path: String) -> Address? {
        guard path.hasPrefix(DeepLinkDesk.folder) else { return nil }
        let parts = path.dropFirst(DeepLinkDesk.folder.count).split(separator: "/")
        let link = parts.first.flatMap { $0.utf8.count == 32 ? UniqueID(String($0)) : nil }
        switch parts.count {
        case 1: return Address(link: link, isPicture: false)
        case 2: return Address(link: parts[1] == DeepLinkDesk.pictureName ? link : nil, isPicture: true)
        default: return Address(link: nil, isPicture: false)
        }
    }

    func show(_ address: Address, to request: HTTPRequest) -> HTTPResponse {
        guard ["GET", "HEAD"].contains(request.method) else {
            var response = HTTPResponse.bakong(refusing: 405, "Method not allowed.")
            response.headers.add("Allow", "GET, HEAD")
            return response
        }
        var response = answer(address, request)
        response.headers.add("Cache-Control", "no-store")
        response.headers.add("X-Content-Type-Options", "nosniff")
        response.headers.add("Referrer-Policy", "no-referrer")
        if request.method == "HEAD" { response.body = [] }
        return response
    }

    private func answer(_ address: Address, _ request: HTTPRequest) -> HTTPResponse {
        let language = DeepLinkWords(acceptLanguage: request.headers["Accept-Language"])
        let now = desk.engine.clock.now()
        let found: DeepLink?
        do throws(BakongError) {
            found = try address.link.flatMap { id throws(BakongError) in
                try desk.read { reader throws(StoreError) in try reader.deepLink(id) }
            }
        } catch {
            return DeepLinkPage.missing(language, style, status: 503)
        }
        guard let link = found, link.expiresAt >= now, case .khqr(let code)? = try? QRCode.read(link.payload, at: nil)
        else { return DeepLinkPage.missing(language, style, status: 404) }
        if address.isPicture {
            guard let png = painter.png(of: link.payload) else {
                return DeepLinkPage.missing(language, style, status: 404)
            }
            return HTTPResponse(status: 200, headers: ["Content-Type": "image/png"], body: png)
        }
        let picture = "\(DeepLinkDesk.folder)\(link.id.compact)/\(DeepLinkDesk.pictureName)"
        return DeepLinkPage(
            link: link,
            code: code,
            words: language,
            picture: picture,
            wallet: settings.walletPrefix + PercentEncoding.encode(link.payload)
        )
        .response(style)
    }
}

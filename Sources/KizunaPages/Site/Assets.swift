import KizunaSwitch
import KizunaWeb

/// The style, the script and the emblem under addresses that change with what they hold, so that browsers keep them for
/// good.
struct Assets: Sendable {
    struct Asset: Sendable {
        let path: String
        let type: String
        let bytes: [UInt8]
    }

    let style: Asset
    let script: Asset
    let emblem: Asset

    init(digester: any Digester) {
        func asset(_ name: String, _ end: String, _ type: String, _ text: String) -> Asset {
            let bytes = Array(text.utf8)
            let version = Hexadecimal.text(digester.sha256(bytes).prefix(6))
            return Asset(path: "/assets/\(name)-\(version).\(end)", type: type, bytes: bytes)
        }
        style = asset("kizuna", "css", "text/css; charset=utf-8", StyleSheet.text)
        script = asset("kizuna", "js", "text/javascript; charset=utf-8", Script.text)
        emblem = asset("kizuna", "svg", "image/svg+xml", Emblem.file)
    }

    func response(to path: String) -> HTTPResponse? {
        guard let asset = [style, script, emblem].first(where: { $0.path == path }) else { return nil }
        return HTTPResponse(
            status: 200,
            headers: ["Content-Type": asset.type, "Cache-Control": "public, max-age=31536000, immutable"],
            body: asset.bytes
        )
    }
}

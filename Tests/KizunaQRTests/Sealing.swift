import KizunaQR

/// A payload with its right checksum behind it.
func sealed(_ body: String) -> String {
    let bytes = Array((body + "6304").utf8)
    return body + "6304" + CRC16.text(CRC16.checksum(of: bytes.span))
}

/// A data object: tag, length in scalars, value.
func object(_ tag: Int, _ value: String) -> String {
    func twoDigits(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    return twoDigits(tag) + twoDigits(value.unicodeScalars.count) + value
}

/// A KHQR as a list of its objects, to be broken in one place.
struct Parts {
    private var parts: [(tag: Int, text: String)]

    static var khqr: Parts {
        Parts(parts: [
            (0, object(0, "01")), (1, object(1, "11")), (29, object(29, object(0, "sok_dara@aclb"))),
            (52, object(52, "5999")), (53, object(53, "116")), (58, object(58, "KH")), (59, object(59, "Sok Dara")),
            (60, object(60, "Phnom Penh")),
        ])
    }

    static var jpqr: Parts {
        Parts(parts: [
            (0, object(0, "01")), (1, object(1, "11")),
            (26, object(26, store(["0000000000001", "0001", "000001", "000001"]))), (52, object(52, "5812")),
            (53, object(53, "392")), (58, object(58, "JP")), (59, object(59, "KIZUNA")), (60, object(60, "TOKYO")),
            (61, object(61, "1000001")), (64, object(64, object(0, "JA") + object(1, "きずな"))),
        ])
    }

    static func store(_ levels: [String]) -> String {
        object(0, "jp.or.paymentsjapan") + levels.enumerated().map { object($0.offset + 1, $0.element) }.joined()
    }

    private init(parts: [(tag: Int, text: String)]) { self.parts = parts }

    /// Puts another value into a tag, or the tag into its place; nil takes it away.
    func with(_ tag: Int, _ value: String?) -> Parts { with(tag, raw: value.map { object(tag, $0) }) }

    func with(_ tag: Int, raw text: String?) -> Parts {
        var parts = parts.filter { $0.tag != tag }
        if let text { parts.insert((tag, text), at: parts.firstIndex { $0.tag > tag } ?? parts.endIndex) }
        return Parts(parts: parts)
    }

    var body: String { parts.map(\.text).joined() }
    var payload: String { sealed(body) }
}

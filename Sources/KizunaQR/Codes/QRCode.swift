public import KizunaMoney

/// What a payment code says, once it was read and found right.
public enum QRCode: Sendable, Hashable {
    case khqr(KHQR)
    case jpqr(JPQR)
    /// A code that a consumer's wallet shows to a shop.
    case consumer(ConsumerCode)
    /// A merchant's code of another scheme: named, so that it can be routed or refused by name.
    case other(MerchantPayload)

    /// Reads the text of a code, exactly as scanned.
    ///
    /// - Parameter now: the moment as of which expiry is judged; nil leaves it unjudged.
    /// - Throws: ``QRFault``: what is wrong and where, and which scheme it seems to be.
    public static func read(_ payload: String, at now: Timestamp?) throws(QRFault) -> QRCode {
        try read(utf8: Array(payload.utf8), at: now)
    }

    /// Reads the UTF-8 of a code; anything that is not UTF-8 is refused.
    ///
    /// - Parameter now: the moment as of which expiry is judged; nil leaves it unjudged.
    /// - Throws: ``QRFault``.
    public static func read(utf8 payload: [UInt8], at now: Timestamp?) throws(QRFault) -> QRCode {
        if ConsumerCode.looksLikeOne(payload) { return .consumer(try ConsumerCode(utf8: payload)) }
        let payload = try MerchantPayload(utf8: payload, at: now)
        if let khqr = KHQR(payload) { return .khqr(khqr) }
        if let jpqr = JPQR(payload) { return .jpqr(jpqr) }
        return .other(payload)
    }

    /// The scheme that the code belongs to.
    public var scheme: QRScheme {
        switch self {
        case .khqr(let code): code.payload.scheme
        case .jpqr: .jpqrMerchant
        case .consumer(let code): code.scheme
        case .other: .emvcoOther
        }
    }

    /// The payload of a merchant-presented code.
    public var merchantPayload: MerchantPayload? {
        switch self {
        case .khqr(let code): code.payload
        case .jpqr(let code): code.payload
        case .other(let payload): payload
        case .consumer: nil
        }
    }
}

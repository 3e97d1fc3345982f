package import KizunaMoney
package import KizunaQR

/// What a merchant's code of either country is to say.
package enum RandomDraft: Sendable, Hashable {
    case khqr(KHQRDraft)
    case jpqr(JPQRDraft)

    /// What a code that was read says; nil for a code that we do not write.
    package init?(_ code: QRCode) {
        switch code {
        case .khqr(let code): self = .khqr(KHQRDraft(code))
        case .jpqr(let code): self = .jpqr(JPQRDraft(code))
        case .consumer, .other: return nil
        }
    }

    package func written() throws -> QRCode {
        switch self {
        case .khqr(let draft): .khqr(try draft.written())
        case .jpqr(let draft): .jpqr(try draft.written())
        }
    }

    /// A moment at which the code is valid; nil when it always is.
    package var moment: Timestamp? {
        switch self {
        case .khqr(let draft): draft.validity?.created
        case .jpqr: nil
        }
    }
}

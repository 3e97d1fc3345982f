import KizunaMoney
import KizunaPayments
import KizunaQR

/// What the switch needs to know of a code: whom it names, in which currency, and whether it can be paid again.
struct ScannedCode {
    let scheme: QRScheme
    let merchantKey: MerchantKey
    let currency: Currency
    let amount: Money?
    /// A dynamic code is paid once.
    let isSingleUse: Bool
    /// The bill number, or else the reference label.
    let reference: String?
    let expiresAt: Timestamp?

    /// Reads a scanned text and refuses, by name, what cannot be paid through the link.
    ///
    /// - Throws: ``RefusalCode/qrInvalid`` or ``RefusalCode/qrExpired``.
    init(reading payload: String, at now: Timestamp) throws(Refusal) {
        let code: QRCode
        do throws(QRFault) {
            code = try QRCode.read(payload, at: now)
        } catch {
            throw Refusal(refusing: error)
        }
        switch code {
        case .khqr(let code): try self.init(code)
        case .jpqr(let code): self.init(code)
        case .consumer:
            throw Refusal(.qrInvalid, "This is a payer's code; scan the shop's code instead.")
        case .other(let payload):
            let name = payload.network.map(\.title) ?? "another scheme"
            throw Refusal(.qrInvalid, "This code belongs to \(name); the link pays KHQR and JPQR.")
        }
    }

    private init(_ code: KHQR) throws(Refusal) {
        switch code.strictError {
        case .expired:
            throw Refusal(.qrExpired, "The code has expired; ask the shop for a new one.")
        case .expiryMissing, .expiryLength, .expiryBeforeCreation:
            throw Refusal(
                .qrInvalid,
                "The code names an amount but no valid expiry (tag 99); ask the shop for a new one."
            )
        case .billNumberLength, .storeLabelLength, .terminalLabelLength, .mobileNumberLength, .languageLength,
            .localCityLength, .purposeLength, nil:
            break
        }
        self.init(
            code.payload,
            merchantKey: .khqr(account: code.account.description, merchantID: code.merchantID),
            currency: code.currency,
            expiresAt: code.expires
        )
    }

    private init(_ code: JPQR) {
        let store = code.store
        self.init(
            code.payload,
            merchantKey: .jpqr(levels: [store.level1, store.level2, store.level3, store.level4]),
            currency: .jpy,
            expiresAt: nil
        )
    }

    private init(_ payload: MerchantPayload, merchantKey: MerchantKey, currency: Currency, expiresAt: Timestamp?) {
        scheme = payload.scheme
        self.merchantKey = merchantKey
        self.currency = currency
        amount = payload.amount
        isSingleUse = payload.isDynamic
        reference = payload.additional(.billNumber) ?? payload.additional(.referenceLabel)
        self.expiresAt = payload.isDynamic ? expiresAt : nil
    }
}

extension Refusal {
    /// The reader's fault in the switch's terms; its sentence names no content of the code.
    fileprivate init(refusing fault: QRFault) {
        self =
            fault.main.kind == .expired
            ? Refusal(.qrExpired, "The code has expired; ask the shop for a new one.")
            : Refusal(.qrInvalid, "\(fault.message) (\(fault.name))")
    }
}

import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// What is this code, and can it be paid? (`flows.md` 4.2)
extension Desk {
    var resolutionRoutes: [Route] {
        [
            Route(
                .post,
                "/v1/resolutions",
                name: "createResolution",
                chapter: .paying,
                summary: "Reads a scanned code and names the shop that it pays.",
                body: .json(.resolutionRequest),
                answers: .created(.resolution, "The code is read, and its shop is known."),
                refusals: .ofShop + [.qrInvalid, .qrExpired, .currencyNotSupported, .amountInvalid, .limitExceeded],
                idempotency: .kept(.resolve),
                handler: .participant(createResolution)
            )
        ]
    }

    /// Longer than any code that fits a QR symbol; the reader has its own, closer limit.
    static let longestPayload = 8_192

    private func createResolution(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        var fields = try JSONFields(call.body)
        let payload = try fields.scannedText("payload", maximum: Desk.longestPayload)
        try fields.finish()
        let code = CodeDigest(UniqueID(bytes: engine.digester.md5(Array(payload.utf8))[...]))
        let (reply, isReplay) = try await submit(.resolve(Resolve(payload: payload, code: code)), for: call)
        guard case .resolution(let resolution, let merchant) = reply else { unexpected(reply) }
        return .json(JSON(resolution, of: merchant), status: 201, isReplay: isReplay)
    }
}

extension JSONFields {
    /// Text exactly as it was scanned, whatever it holds: judging it is the code reader's business.
    mutating func scannedText(_ name: String, maximum: Int) throws(Problem) -> String {
        guard let value = take(name) else { throw missing(name) }
        guard case .string(let text) = value else { throw invalid(name, "must be text") }
        guard text.unicodeScalars.count <= maximum else { throw invalid(name, "has at most \(maximum) characters") }
        return text
    }
}

extension Schema {
    /// What `createResolution` reads.
    static let resolutionRequest = request([
        "payload": .anyText(
            most: Desk.longestPayload,
            "00020101021126680019jp.or.paymentsjapan0113000000000000102040001030600000104060000015204549953033925802JP"
                + "5913KIZUNA SHOTEN6010CHIYODA-KU6107100000164200002JA0110きずな商店ー東京駅前63041349"
        )
        .saying("The code's text, exactly as it was scanned.")
    ])
    .named("ResolutionRequest", "A scanned code.")
}

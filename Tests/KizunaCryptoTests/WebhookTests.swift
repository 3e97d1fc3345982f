import KizunaCrypto
import KizunaSwitch
import Testing

@Suite struct WebhookTests {
    // Standard Webhooks' published example.
    private static let secretText = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    private static let id = "msg_p5jXN8AQM9LWM0D4loKWxJek"
    private static let timestamp: Int64 = 1_614_265_330
    private static let body = Array(#"{"test": 2432232314}"#.utf8)
    private static let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

    private let secret: WebhookSecret
    init() throws { self.secret = try #require(WebhookSecret(Self.secretText)) }

    private func verify(
        _ header: String,
        id: String = id,
        at timestamp: Int64 = timestamp,
        body: [UInt8] = body,
        now: Int64
    ) throws(WebhookSignature.Refusal) {
        try WebhookSignature.verify(
            header,
            id: id,
            timestampSeconds: timestamp,
            body: body,
            secret: secret,
            nowSeconds: now
        )
    }

    @Test func signsThePublishedExample() {
        let signed = WebhookSignature.sign(
            id: Self.id,
            timestampSeconds: Self.timestamp,
            body: Self.body,
            secret: secret
        )
        #expect(signed == Self.signature)
    }

    @Test(arguments: [
        signature, "v1,AAAA \(signature)", "v1a,AAAA \(signature) v1,AAAA", "v1,! \(signature)",
        String(repeating: "v1,AAAA ", count: WebhookSignature.mostSignatures - 1) + signature,
    ])
    func believes(header: String) throws { try verify(header, now: Self.timestamp) }

    @Test(arguments: [
        "", "v1,", signature.uppercased(), "v2" + signature.dropFirst(2), String(signature.dropFirst(3)),
        String(signature.dropLast()), "v1,AAAA",
        String(repeating: "v1,AAAA ", count: WebhookSignature.mostSignatures) + signature,
    ])
    func doesNotBelieve(header: String) {
        #expect(throws: WebhookSignature.Refusal.noMatch) { try verify(header, now: Self.timestamp) }
    }

    @Test func doesNotBelieveAnotherDelivery() {
        let now = Self.timestamp
        #expect(throws: WebhookSignature.Refusal.noMatch) { try verify(Self.signature, id: "msg_other", now: now) }
        #expect(throws: WebhookSignature.Refusal.noMatch) { try verify(Self.signature, at: now + 1, now: now) }
        #expect(throws: WebhookSignature.Refusal.noMatch) { try verify(Self.signature, body: [], now: now) }
    }

    @Test(arguments: [-WebhookSignature.toleranceSeconds, 0, WebhookSignature.toleranceSeconds])
    func believesWithinTheTolerance(ageSeconds: Int64) throws {
        try verify(Self.signature, now: Self.timestamp + ageSeconds)
    }

    @Test(
        arguments: [
            (WebhookSignature.toleranceSeconds + 1, .tooOld), (-WebhookSignature.toleranceSeconds - 1, .tooNew),
        ] as [(Int64, WebhookSignature.Refusal)]
    )
    func refusesOnePastTheTolerance(ageSeconds: Int64, refusal: WebhookSignature.Refusal) {
        #expect(throws: refusal) { try verify(Self.signature, now: Self.timestamp + ageSeconds) }
    }

    @Test func refusesTimestampsThatNoSubtractionHolds() {
        #expect(throws: WebhookSignature.Refusal.tooOld) { try verify(Self.signature, at: .min, now: .max) }
        #expect(throws: WebhookSignature.Refusal.tooNew) { try verify(Self.signature, at: .max, now: .min) }
    }
}

@Suite struct WebhookSecretTests {
    private static func text(byteCount: Int) -> String {
        "whsec_" + Base64.standard.encode([UInt8](repeating: 7, count: byteCount))
    }

    @Test(arguments: [24, 32, 64])
    func goesBothWays(byteCount: Int) throws {
        let text = Self.text(byteCount: byteCount)
        #expect(try #require(WebhookSecret(text)).text == text)
    }

    @Test(arguments: [
        "", "whsec_", text(byteCount: 23), text(byteCount: 65), String(text(byteCount: 32).dropFirst(6)),
        text(byteCount: 32) + "=", "WHSEC_" + text(byteCount: 32).dropFirst(6),
    ])
    func refuses(text: String) { #expect(WebhookSecret(text) == nil) }

    @Test func aNewSecretHas256BitsAndReadsBack() {
        var random = SystemRandom()
        let secret = WebhookSecret.generate(using: &random)
        #expect(WebhookSecret(secret.text) == secret)
        #expect(Base64.standard.decode(String(secret.text.dropFirst(6)))?.count == 32)
        #expect(WebhookSecret.generate(using: &random) != secret)
    }

    @Test func printsWithoutItsKey() throws {
        let secret = try #require(WebhookSecret(Self.text(byteCount: 24)))
        #expect("\(secret)" == "whsec_…")
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!dumped.contains("7"))
    }
}

import KizunaLedger
import KizunaMoney
import KizunaPayments

/// How a sandbox's own things look in JSON.
extension JSON {
    init(_ amount: SandboxAmount) {
        self = [
            "lastDigits": .string(String(amount.lastDigits)), "summary": .string(amount.summary),
            "endsTwoPhase": .string(amount.ends.twoPhase.name),
            "endsSinglePhase": .string(amount.ends.singlePhase.name),
        ]
    }

    init(_ shop: SandboxShop) {
        self = [
            "country": .string(shop.country.rawValue), "currency": .string(shop.currency.code),
            "summary": .string(shop.summary), "refusedAs": JSON(shop.refusal?.rawValue),
            "payload": .string(shop.payload),
        ]
    }

    /// A newcomer with what it is told once.
    init(
        _ newcomer: Newcomer,
        key: String,
        webhookSecret: String,
        signingKeyID: UniqueID?,
        shop: JSON,
        codes: [SandboxShop]
    ) {
        let participant = newcomer.participant
        self = [
            "id": JSON(name: participant.id),
            "key": .string(key),
            "webhookSecret": .string(webhookSecret),
            "signingKeyId": JSON(signingKeyID?.description),
            "endpoint": JSON(participant.endpoint),
            "links": [
                "self": "/v1/participants/me", "inbox": "/v1/inbox", "sandbox": "/v1/sandbox",
                "openapi": "/v1/openapi.json", "reference": "/docs/api",
            ],
            "shop": shop,
            "codes": .array(codes.map { JSON($0) }),
        ]
    }
}

extension Schema {
    static let sandboxGuide = answer([
        "amounts": .list(
            of: answer([
                "lastDigits": .text(matching: "^[0-9]{4}$", "9001")
                    .saying("Of the shop's amount in whole yen, whole riel, or cents."),
                "summary": .text(1...200, "The shop's bank refuses: the account is closed."),
                "endsTwoPhase": .words(paymentStates, "REJECTED")
                    .saying("How it ends at a bank that promises first."),
                "endsSinglePhase": .words(paymentStates, "REJECTED")
                    .saying("How it ends at a bank that credits as it accepts."),
            ])
        ),
        "shops": .list(of: sandboxShop),
    ])
    .named("SandboxGuide", "What can be tried in this sandbox.")

    private static let paymentStates = PaymentState.allCases.map(\.name)

    private static let sandboxShop = answer([
        "country": .country(.japan),
        "currency": .currency(.jpy),
        "summary": .text(1...200, "The payer types the amount."),
        "refusedAs": .text(1...40, RefusalCode.merchantNotEnabled.rawValue).null
            .saying("The code of the refusal; null for a shop that can be paid."),
        "payload": payload,
    ])
    .named("SandboxShop", "A shop of the sandbox's own, with a code to scan.")

    private static let payload = anyText(most: Desk.longestPayload, "00020101021126680019jp.or.paymentsjapan…")
        .saying("The code's text, exactly as a camera reads it.")

    static let newcomerRequest = request([
        "name": .text(1...140, "Sokha Bank"),
        "country": .country(.cambodia),
        "roles": .list(of: .words(["issuer", "acquirer"]), 0...2).optional
            .saying("What the newcomer is; both unless told."),
        "link": .words(["two-phase", "single-phase"]).optional
            .saying("Whether it promises first, which is the standard, or credits as it accepts."),
        "endpoint": .text(matching: "^https?://", length: 1...512, "https://sokha.example/kizuna").omitted
            .saying("Where the switch calls; a newcomer without one asks its inbox."),
        "signingKey": .text(matching: "^[A-Za-z0-9+/]{43,59}=?$", "MCowBQYDK2VwAyEA…").omitted
            .saying("An Ed25519 public key in base64. With one, every request has to be signed."),
        "certificate": .anyText(most: JSONFields.longestCertificate, "-----BEGIN CERTIFICATE-----…").omitted
            .saying("A client certificate in PEM. With one, every connection has to show it (mutual TLS)."),
    ])
    .named("SandboxParticipantRequest", "A bank that wants to try.")

    static let newcomer = answer([
        "id": .participant("kh-1f2e3d4c5b6a"),
        "key": .text(1...100, "kz_test_…").saying("For Authorization: Bearer; shown once."),
        "webhookSecret": .text(1...100, "whsec_…").saying("Signatures of what the switch sends are checked with it."),
        "signingKeyId": .id(ExampleID.merchant).null.saying("The keyid of its signatures, for a newcomer that signs."),
        "endpoint": .text(1...512, "https://sokha.example/kizuna").null,
        "links": .anything([
            "self": "/v1/participants/me", "inbox": "/v1/inbox", "sandbox": "/v1/sandbox",
            "openapi": "/v1/openapi.json", "reference": "/docs/api",
        ]),
        "shop": answer([
            "merchantId": .id(ExampleID.merchant),
            "name": .text(1...25, "Sandbox Cafe"),
            "currency": .currency(.khr),
            "payload": payload,
        ])
        .nullable.saying("A first shop of the newcomer's, with the code on its counter; null for one without shops."),
        "codes": .list(of: sandboxShop).saying("Codes of the other country, for an issuer to scan."),
    ])
    .named("SandboxParticipant", "A newcomer with what it needs to begin.")

    static let sandboxPaymentRequest = request([
        "payload": payload,
        "amount": .payable("42000", .khr).optional.saying("What the payer types, where the code does not say it."),
    ])
    .named("SandboxPaymentRequest", "A code of the caller's, to be paid by a simulated wallet.")

    static let sandboxPayment = answer([
        "paymentId": .id(ExampleID.payment),
        "uetr": .id(ExampleID.uetr),
        "state": .words(paymentStates, "SENT"),
        "merchantAmount": .riel("42000"),
        "payerDebit": .yen("1574"),
        "wallet": .participant("sakura-pay").saying("The simulated issuer."),
    ])
    .named("SandboxPayment", "A simulated wallet's payment to the caller's shop.")
}

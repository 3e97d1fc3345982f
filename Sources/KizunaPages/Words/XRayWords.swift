import KizunaLedger
import KizunaPayments

/// What the pages about one payment say.
struct XRayWords: Sendable {
    let title: String
    let toTheCase: String
    let price: String
    let parties: String
    let sequence: String
    let ledger: String
    let claims: String
    let messages: String
    let code: String
    let shopGets: String
    let payerPays: String
    let rate: String
    let midRate: String
    let interbank: String
    let issuerFee: String
    let discount: String
    let interchange: String
    let switchFee: String
    let quotedAt: String
    let payer: String
    let payerAccount: String
    let issuer: String
    let provider: String
    let acquirer: String
    let shop: String
    let shopOwnName: String
    let shopKey: String
    let reference: String
    let reason: String
    let duplicate: String
    let possible: String
    let at: String
    let kind: String
    let debit: String
    let credit: String
    let amount: String
    let entry: @Sendable (Transfer.Kind) -> String
    let refund: String
    let recall: String
    let dispute: String
    let allDelivered: String
    let webhooks: String
    let lastAttempt: String
    let answer: String
    let none: String
    let codeIsNotKept: String
    let pasteCode: String
    let explain: String
    let isThisCode: String
    let isAnotherCode: String
    let field: String
    let meaning: String
    let value: String
}

struct SequenceWords: Sendable {
    let title: String
    let asList: String
    let asksPrice: String
    let refund: @Sendable (String) -> String
    let trigger: @Sendable (PaymentMachine.Trigger) -> String
}

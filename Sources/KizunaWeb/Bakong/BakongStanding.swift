import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// What the facade tells of a payment or a code. A payment on its way is not found: whoever sees one takes it as paid.
enum BakongStanding: Sendable {
    case paid(BakongFacts)
    case notFound
    case failed
    case reusable
}

/// A payment of which the shop has, or has had, the money, with what clients are told besides.
struct BakongFacts: Sendable {
    let payment: Payment
    let parties: PaymentParties
    let acquirerName: String?
}

/// What a payment is looked for by.
enum BakongQuestion: Sendable {
    /// The MD5 of its code.
    case md5(String)
    case hash(String)
    case shortHash(ShortHash)
    /// The payer's institution's reference: the UETR.
    case instruction(String)
    /// Our own id.
    case payment(String)
}

/// A short hash from a receipt, and the amount that goes with it.
struct ShortHash: Sendable {
    let prefixes: ClosedRange<Int64>?
    let amount: Money?

    static let digits = 8

    /// Amounts compare as decimals: 1, 1.0 and 1.00 are the same. One that the currency cannot have matches nothing.
    init(_ body: JSON) throws(BakongError) {
        let names = ["hash", "short_hash"].lazy.compactMap { body[$0]?.text }
        guard let hash = names.first, !hash.isEmpty, let code = body["currency"]?.text, !code.isEmpty else {
            throw .missingFields
        }
        let digits = try BakongBody.digits(body, "amount")
        guard ["USD", "KHR"].contains(code), let currency = Currency(code: code) else { throw .missingFields }
        prefixes = hash.utf8.count == ShortHash.digits ? PaymentHash.prefixes(beginningWith: hash) : nil
        amount = try? Money(majorUnits: digits, currency: currency)
    }
}

extension StoreReader {
    func standing(of question: BakongQuestion, digester: any Digester) throws(StoreError) -> BakongStanding {
        switch question {
        case .md5(let text): try standing(ofMD5: text)
        case .hash(let text): try standing(ofHash: text, digester: digester)
        case .shortHash(let short): try standing(of: short, digester: digester)
        case .instruction(let text):
            try UETR(text).map { uetr throws(StoreError) in
                try bakongStanding(of: payment(uetr: uetr))
            } ?? .notFound
        case .payment(let text):
            try PaymentID(text).map { id throws(StoreError) in
                try bakongStanding(of: payment(id))
            } ?? .notFound
        }
    }

    private func standing(ofMD5 text: String) throws(StoreError) -> BakongStanding {
        guard text.utf8.count == 32, let code = CodeDigest(text) else { return .notFound }
        switch try standing(of: code) {
        case .claimed(let id)?: return try bakongStanding(of: payment(id))
        case .noted(.failed)?: return .failed
        case .noted(.reusable)?: return .reusable
        case nil: return .notFound
        }
    }

    private func standing(ofHash text: String, digester: any Digester) throws(StoreError) -> BakongStanding {
        guard text.utf8.count == 64, let prefixes = PaymentHash.prefixes(beginningWith: text.prefix(16)) else {
            return .notFound
        }
        let wanted = text.lowercased()
        let payments = try paidPayments(hashPrefixes: prefixes, limit: 8)
        return try bakongStanding(
            of: payments.first { PaymentHash(of: $0, digester: digester).hexadecimal == wanted }
        )
    }

    /// All three must match; where two payments do, nobody could tell which is meant.
    private func standing(of short: ShortHash, digester: any Digester) throws(StoreError) -> BakongStanding {
        guard let prefixes = short.prefixes, let amount = short.amount else { return .notFound }
        let payments = try paidPayments(hashPrefixes: prefixes, limit: 64)
        let matching = payments.filter { $0.price.merchantAmount == amount }
        return matching.count == 1 ? try bakongStanding(of: matching[0]) : .notFound
    }

    private func bakongStanding(of payment: Payment?) throws(StoreError) -> BakongStanding {
        guard let payment, payment.isAtKHQR else { return .notFound }
        guard payment.state.isPaid else { return payment.state.isFinal ? .failed : .notFound }
        guard let parties = try parties(of: payment.id) else {
            throw StoreError(.corrupt, "A payment has no parties: restore a backup.")
        }
        let acquirer = try participant(payment.acquirer)
        return .paid(BakongFacts(payment: payment, parties: parties, acquirerName: acquirer?.name))
    }
}

extension BakongFacts {
    /// The transaction as clients read it: amounts are numbers, moments whole milliseconds.
    func json(settlementAccount: String?, digester: any Digester) -> JSON {
        [
            "hash": .string(PaymentHash(of: payment, digester: digester).hexadecimal),
            "fromAccountId": .string(settlementAccount ?? "kizuna@\(payment.acquirer)"),
            "toAccountId": JSON(payeeAccount),
            "currency": .string(payment.price.merchantAmount.currency.code),
            "amount": .number(payment.price.merchantAmount.majorUnits),
            "description": JSON(parties.reference),
            "createdDateMs": JSON(payment.submittedAt.milliseconds),
            "acknowledgedDateMs": JSON(payment.paidAt.milliseconds),
            "trackingStatus": .string(
                payment.state == .refunded ? "REFUNDED_BY_RECEIVER" : "ACKNOWLEDGED_BY_FI"
            ),
            "receiverBank": JSON(acquirerName),
            "receiverBankAccount": .null,
            "instructionRef": .string(payment.uetr.value.compact),
            "externalRef": .string(payment.id.value.compact),
        ]
    }

    private var payeeAccount: String? {
        switch parties.merchantKey {
        case .khqr(let account, _): account
        case .jpqr: nil
        }
    }
}

import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// What somebody has typed to find a payment, and what it may mean.
struct PaymentFinder {
    /// What a search came to.
    enum Found {
        /// Exactly one, by a name that only it has.
        case payment(PaymentID)
        case list(PaymentFindings)
    }

    /// What the form brings; each may be empty.
    struct Terms: Sendable {
        /// An id, a UETR, a code's text or MD5, a hash, a reference, or how an account ends.
        var text: String?
        var state: PaymentState?
        var participant: ParticipantID?
        var amount: Money?
        var from: Timestamp?
        var until: Timestamp?
        var before: PaymentID?

        /// By what is looked for, for the log.
        var kinds: [SearchTerm] {
            var kinds: [SearchTerm] = []
            if let text { kinds.append(PaymentFinder.kind(of: text)) }
            if state != nil { kinds.append(.state) }
            if participant != nil { kinds.append(.institution) }
            if amount != nil { kinds.append(.amount) }
            if from != nil || until != nil { kinds.append(.time) }
            return kinds
        }
    }

    let engine: Switch
    let terms: Terms

    /// How many a page shows.
    static let limit = 50
    /// A list of hashes that begin alike is short.
    private static let mostHashes = 20

    func find() throws(StoreError) -> Found {
        try engine.store.read { reader throws(StoreError) in
            if let text = terms.text, let payment = try payment(named: text, reader) { return .payment(payment) }
            if let text = terms.text, let prefixes = PaymentFinder.hashPrefixes(text) {
                let paid = try reader.paidPayments(hashPrefixes: prefixes, limit: PaymentFinder.mostHashes)
                if !paid.isEmpty { return .list(PaymentFindings(payments: paid, next: nil)) }
            }
            return .list(try reader.payments(search))
        }
    }

    // MARK: Names

    /// The payment that bears a name, or that something with this name belongs to.
    private func payment(named text: String, _ reader: any StoreReader) throws(StoreError) -> PaymentID? {
        if let code = codeDigest(of: text), case .claimed(let payment)? = try reader.standing(of: code) {
            return payment
        }
        guard let id = UniqueID(text) else { return nil }
        if let payment = try reader.payment(PaymentID(id)) { return payment.id }
        if let payment = try reader.payment(uetr: UETR(id)) { return payment.id }
        if let refund = try reader.refund(RefundID(id)) { return refund.payment }
        if let dispute = try reader.dispute(DisputeID(id)) { return dispute.payment }
        if let recall = try reader.recall(RecallID(id)) { return recall.payment }
        return try reader.quote(QuoteID(id))?.usedBy
    }

    /// The MD5 that a text is, or that the code has whose text it is.
    private func codeDigest(of text: String) -> CodeDigest? {
        if PaymentFinder.isCode(text) { return CodeDigest(UniqueID(bytes: engine.digester.md5(Array(text.utf8))[...])) }
        return text.utf8.count == 32 ? CodeDigest(text) : nil
    }

    /// Every merchant-presented code begins with the version of the format.
    private static func isCode(_ text: String) -> Bool { text.hasPrefix("000201") }

    private static func hashPrefixes(_ text: String) -> ClosedRange<Int64>? {
        switch text.utf8.count {
        case 8: PaymentHash.prefixes(beginningWith: text.lowercased())
        case 64: PaymentHash.prefixes(beginningWith: text.lowercased().prefix(16))
        default: nil
        }
    }

    // MARK: Lists

    private static let endingDigits = 3...6

    private static func isEnding(_ text: String) -> Bool {
        endingDigits ~= text.utf8.count && text.utf8.allSatisfy { 48...57 ~= $0 }
    }

    private static func kind(of text: String) -> SearchTerm {
        if isCode(text) { return .code }
        if UniqueID(text) != nil { return .name }
        if isEnding(text) { return .accountEnding }
        return hashPrefixes(text) == nil ? .reference : .hash
    }

    private var search: PaymentSearch {
        var search = PaymentSearch(limit: PaymentFinder.limit)
        search.before = terms.before
        search.from = terms.from
        search.until = terms.until
        search.state = terms.state
        search.participant = terms.participant
        search.amount = terms.amount
        guard let text = terms.text else { return search }
        if let code = codeDigest(of: text) {
            search.code = code
        } else if PaymentFinder.isEnding(text) {
            search.accountEnding = text
        } else {
            search.reference = text
        }
        return search
    }
}

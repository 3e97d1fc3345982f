import KizunaCertification
import KizunaPayments
import KizunaWeb

/// What can be wrong with a shops' bank.
extension Defect {
    static let credit: [Defect] = [
        Defect("credit.accepts") { $0.isCreditRequest ? .saying("REJECTED", reason: "technical") : nil },
        forgetful("credit.again", saying: .saying("REJECTED", reason: "duplicate")) {
            $0.isCreditRequest ? $0.subject : nil
        },
        alone("credit.again-at-once", saying: .saying("REJECTED", reason: "duplicate")),
        promising("credit.other-amount") { $0.amount == "7" },
        promising("credit.unknown-shop") { $0.body?.text(at: "merchant", "name") != "A SHOP" },
        Defect("credit.known-reason") { message in
            message.body?.text(at: "merchant", "name") != "A SHOP" ? .saying("REJECTED", reason: "because") : nil
        },
        promising("credit.closed-shop") {
            $0.body?.text(at: "merchant", "id") == "00000000-0000-0002-0000-000000000002"
        },
        promising("credit.other-currency") { $0.body?.text(at: "merchantAmount", "currency") == "KHR" },
        promising("credit.fraction") { $0.amount == "1.5" },
        promising("credit.zero") { $0.amount == "0" },
        promising("credit.negative") { $0.amount.hasPrefix("-") },
        promising("credit.words") { $0.amount == "one hundred" },
        promising("credit.beyond-all-numbers") { $0.amount.utf8.count > 20 },
        promising("credit.number-for-text") { $0.amount.isEmpty },
        failing("credit.largest") { $0.amount.utf8.count > 5 },
        failing("credit.cents", in: .cambodia) { $0.amount.contains(".") },
        failing("credit.no-reference") { $0.body?["reference"] == .null },
        alone("credit.many-at-once", saying: .saying("PENDING", status: 202)),
    ]

    static let names: [Defect] = [
        failing("name.khmer") { $0.payer.unicodeScalars.contains { 0x1780...0x17FF ~= $0.value } },
        failing("name.japanese") { $0.payer.unicodeScalars.contains { 0x3040...0x30FF ~= $0.value } },
        failing("name.longest") { $0.payer.count > 100 },
        failing("name.wide") { $0.payer.utf8.count > 255 },
        failing("name.emoji") { $0.payer.unicodeScalars.contains("\u{200D}") },
        failing("name.combining") { $0.payer.unicodeScalars.contains("\u{0302}") },
        failing("name.right-to-left") { $0.payer.unicodeScalars.contains("\u{202E}") },
        failing("name.quotes") { $0.payer.contains("'") && $0.payer.contains("\\") },
        failing("name.sql") { $0.payer.contains("DROP TABLE") },
        Defect("name.html") { message in
            guard message.isCreditRequest else { return nil }
            let body: JSON = ["status": "ACCEPTED", "thanks": .string("Welcome \(message.payer)")]
            return HTTPResponse(status: 200, headers: ["Content-Type": "text/html"], body: body.encoded)
        },
        failing("name.formula") { $0.payer.hasPrefix("=") },
        failing("name.blanks") { $0.payer.unicodeScalars.contains("\u{3000}") },
        failing("name.shop") { !($0.body?.text(at: "merchant", "name") ?? "").utf8.allSatisfy { $0 < 0x80 } },
    ]

    static let decisions: [Defect] = [
        failing("decision.commit") { $0.decision == "COMMITTED" },
        forgetful("decision.commit-again", saying: .status(409)) { $0.decision == "COMMITTED" ? $0.subject : nil },
        afterwards("decision.request-after-commit", "COMMITTED", request: .saying("REJECTED", reason: "duplicate")),
        Defect("decision.commit-late") {
            let memory = Memory()
            return { request, bank in
                let message = Message(request)
                if let deadline = message.body?.text(at: "decisionDeadline"), deadline < Message.now {
                    _ = memory.count(message.subject)
                }
                let isLate = message.decision != nil && memory.has(message.subject)
                return isLate ? .status(410) : await bank.signed.respond(to: request)
            }
        },
        Defect("decision.commit-unknown") {
            let memory = Memory()
            return { request, bank in
                let message = Message(request)
                if message.isCreditRequest { _ = memory.count(message.subject) }
                let isUnknown = message.decision != nil && !memory.has(message.subject)
                return isUnknown ? .status(404) : await bank.signed.respond(to: request)
            }
        },
        failing("decision.abort") { $0.decision == "ABORTED" },
        forgetful("decision.abort-again", saying: .status(404)) { $0.decision == "ABORTED" ? $0.subject : nil },
        // Says yes to an abort and does nothing about it.
        Defect("decision.request-after-abort") { $0.decision == "ABORTED" ? .status(204) : nil },
        Defect("decision.abort-first") { $0.decision == "ABORTED" ? .status(204) : nil },
        afterwards("decision.abort-after-commit", "ABORTED", request: .saying("REJECTED", reason: "technical")),
        Defect("decision.commit-after-abort", link: .singlePhase) {
            let memory = Memory()
            return { request, bank in
                let message = Message(request)
                if message.decision == "ABORTED" { _ = memory.count(message.subject) }
                let isBarred = message.decision == "COMMITTED" && memory.has(message.subject)
                return isBarred ? .status(409) : await bank.signed.respond(to: request)
            }
        },
        Defect("decision.unknown-word") { $0.decision == "PERHAPS" ? .status(204) : nil },
        Defect("decision.other-amount") { $0.decision == "COMMITTED" && $0.amount == "9" ? .status(204) : nil },
    ]

    static let questions: [Defect] = [
        single("question.known") { $0.path == "/status-queries" ? .saying("NOT_FOUND") : nil },
        single("question.unknown") { $0.path == "/status-queries" ? .saying("ACCEPTED") : nil },
        single("question.refused") { $0.path == "/status-queries" ? .saying("PENDING", status: 202) : nil },
        forgetful("question.again", link: .singlePhase, saying: .saying("NOT_FOUND")) {
            $0.path == "/status-queries" ? $0.subject : nil
        },
        Defect("question.changes-nothing", link: .singlePhase) {
            let memory = Memory()
            return { request, bank in
                let message = Message(request)
                if message.path == "/status-queries" { _ = memory.count(message.subject) }
                let isSpoilt = message.isCreditRequest && memory.has(message.subject)
                return isSpoilt
                    ? .saying("REJECTED", reason: "technical") : await bank.signed.respond(to: request)
            }
        },
    ]

    static let reversals: [Defect] = [
        single("reversal.credited") { $0.isReversal ? .saying("REFUSED", reason: "CUST") : nil },
        forgetful("reversal.again", link: .singlePhase, saying: .saying("REFUSED", reason: "ARDT")) {
            $0.isReversal ? $0.subject : nil
        },
        single("reversal.unknown") { $0.isReversal ? .saying("REFUSED", reason: "NOOR") : nil },
        // Says that it is undone, and does nothing about it.
        single("reversal.first") { $0.isReversal ? .saying("CANCELLED") : nil },
        single("reversal.request-afterwards") { $0.isReversal ? .saying("CANCELLED") : nil },
        single("reversal.question-afterwards") { $0.isReversal ? .saying("CANCELLED") : nil },
    ]

    static let claims: [Defect] = [
        Defect("recall.answered") { message in
            message.isRecall ? HTTPResponse(status: 200, body: Array("OK".utf8)) : nil
        },
        Defect("recall.fraud") { message in
            message.isRecall && message.body?.text(at: "reason") == "FRAD"
                ? .saying("REFUSED", reason: "because") : nil
        },
        forgetful("recall.again", saying: .saying("REFUSED", reason: "CUST")) { $0.isRecall ? $0.subject : nil },
        Defect("recall.unknown-payment") { $0.isRecall ? .saying("ACCEPTED") : nil },
        failing("recall.update") { $0.path == "/recall-updates" && $0.state == "LAPSED" },
        failing("dispute.update") { $0.path == "/dispute-updates" && $0.state == "ESCALATED" },
        forgetful("dispute.repeated", saying: .status(409)) { $0.path == "/dispute-updates" ? $0.subject : nil },
    ]

    // MARK: Kinds of them

    private static func single(_ check: String, _ answer: @escaping @Sendable (Message) -> HTTPResponse?) -> Defect {
        Defect(check, link: .singlePhase, answering: answer)
    }

    /// A bank that promises what it should refuse.
    private static func promising(_ check: String, _ isFooled: @escaping @Sendable (Message) -> Bool) -> Defect {
        Defect(check) { $0.isCreditRequest && isFooled($0) ? .saying("ACCEPTED") : nil }
    }

    /// A bank that takes a request once a decision has come, and answers what it should not.
    private static func afterwards(_ check: String, _ decision: String, request answer: HTTPResponse) -> Defect {
        Defect(check) {
            let memory = Memory()
            return { request, bank in
                let message = Message(request)
                if message.decision == decision { _ = memory.count(message.subject) }
                let isBarred = message.isCreditRequest && memory.has(message.subject)
                return isBarred ? answer : await bank.signed.respond(to: request)
            }
        }
    }
}

extension Message {
    var isReversal: Bool { path == "/reversal-requests" }
    var isRecall: Bool { path == "/recall-requests" }
}

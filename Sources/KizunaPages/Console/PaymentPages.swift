import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// Looking for payments, and at one.
struct PaymentPages: Sendable {
    let engine: Switch
    let door: ConsoleDoor

    var routes: [PageRoute] {
        [
            door.page("/console/payments") { visit throws(PageRefusal) in try search(visit, by: Fields(visit.visit)) },
            // What people look for may be somebody's, so it is in no address.
            door.action("/console/payments") { visit throws(PageRefusal) in
                let fields = Fields(visit.visit)
                try await engine.note(.searchedPayments, terms: fields.terms.kinds, by: visit)
                return try search(visit, by: fields)
            },
            door.page("/console/payments/{paymentId:id}") { visit throws(PageRefusal) in
                try await show(visit, code: nil)
            },
            door.action("/console/payments/{paymentId:id}/code") { visit throws(PageRefusal) in
                try await show(visit, code: visit.visit.form.exactly("code"))
            },
        ]
    }

    private func search(_ visit: ConsoleVisit, by fields: Fields) throws(PageRefusal) -> HTTPResponse {
        let finder = PaymentFinder(engine: engine, terms: fields.terms)
        let found: PaymentFinder.Found
        do throws(StoreError) { found = try finder.find() } catch { throw .unavailable }
        switch found {
        case .payment(let id): return visit.visit.lead(to: "/console/payments/\(id)")
        case .list(let findings): return SearchPage(visit: visit, fields: fields, findings: findings).response()
        }
    }

    private func show(_ visit: ConsoleVisit, code: String?) async throws(PageRefusal) -> HTTPResponse {
        let id = PaymentID(visit.visit.parameters.id("paymentId"))
        let facts: PaymentFacts?
        do throws(StoreError) {
            facts = try engine.store.read { reader throws(StoreError) in try PaymentFacts(of: id, reader) }
        } catch {
            throw .unavailable
        }
        guard let facts else { throw .notFound }
        try await engine.note(.sawPayment, id.value, by: visit)
        return XRayPage(visit: visit, facts: facts, code: code.map { CodeShown($0, facts, engine) }).response()
    }

    /// What the search form holds, as it was typed.
    struct Fields: Sendable {
        let text: String
        let state: PaymentState?
        let participant: String
        let amount: String
        let currency: String
        let from: String
        let until: String
        let before: PaymentID?
        private let country: Country

        init(_ visit: Visit) {
            let field = { (name: String) in visit.form[name] ?? visit.query[name] ?? "" }
            text = visit.form["text"] ?? ""
            state = PaymentState.allCases.first { $0.name == field("state") }
            participant = field("participant")
            amount = field("amount")
            currency = field("currency")
            from = field("from")
            until = field("until")
            before = PaymentID(field("before"))
            country = visit.language.clock
        }

        var terms: PaymentFinder.Terms {
            PaymentFinder.Terms(
                text: text.isEmpty ? nil : text,
                state: state,
                participant: ParticipantID(participant),
                amount: Currency(code: currency).flatMap { try? Money(majorUnits: amount, currency: $0) },
                from: LocalMoment(from, in: country)?.moment,
                until: LocalMoment(until, in: country)?.moment,
                before: before
            )
        }
    }
}

/// A moment as the browser's field for one has it, `2026-11-29T18:05`, on a country's clocks.
struct LocalMoment {
    let moment: Timestamp

    init?(_ text: String, in country: Country) {
        guard text.utf8.count >= 16, let utc = Timestamp(rfc3339: "\(text.prefix(16)):00Z") else { return nil }
        moment = utc.adding(.zero - country.clockAhead)
    }
}

extension Language {
    /// Whose clocks those live by who read it; operators who read English have the link's eastern end's.
    var clock: Country {
        switch self {
        case .khmer: .cambodia
        case .japanese, .english: .japan
        }
    }
}

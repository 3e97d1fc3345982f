import KizunaLedger
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// Shops: looking for them, at one, and what people do about them.
struct MerchantPages: Sendable {
    let engine: Switch
    let door: ConsoleDoor

    static let path = "/console/merchants"
    private static let limit = 100
    private static let fewPayments = 10
    private static let fewEntries = 20

    var routes: [PageRoute] {
        [
            door.page("/console/merchants") { visit throws(PageRefusal) in try list(visit) },
            // A shop may be a person's, so what is looked for is in no address.
            door.action("/console/merchants") { visit throws(PageRefusal) in try await search(visit) },
            door.page("/console/merchants/frozen") { visit throws(PageRefusal) in try frozen(visit) },
            door.page("/console/merchants/{merchantId:id}") { visit throws(PageRefusal) in try await show(visit) },
            door.action("/console/merchants/{merchantId:id}/freeze", needing: .operator) {
                visit throws(PageRefusal) in
                try await freeze(visit, true)
            },
            door.action("/console/merchants/{merchantId:id}/lift", needing: .approver) {
                visit throws(PageRefusal) in
                try await freeze(visit, false)
            },
        ] + ShopImportPages(engine: engine, door: door).routes
    }

    // MARK: Lists

    /// The shops of one acquirer, page by page.
    private func list(_ visit: ConsoleVisit) throws(PageRefusal) -> HTTPResponse {
        let after = visit.visit.query["after"].flatMap { MerchantID($0) }
        let wanted = visit.visit.query["acquirer"].flatMap { ParticipantID($0) }
        let (acquirers, acquirer, merchants) = try engine.reading { reader throws(StoreError) in
            let acquirers = try reader.participants().filter { $0.roles.contains(.acquirer) }
            let acquirer = acquirers.first { $0.id == wanted } ?? acquirers.first
            let merchants = try acquirer.map { acquirer throws(StoreError) in
                try reader.merchants(of: acquirer.id, after: after, limit: MerchantPages.limit + 1)
            }
            return (acquirers, acquirer, merchants ?? [])
        }
        let shown = Array(merchants.prefix(MerchantPages.limit))
        let more: Markup? =
            merchants.count > shown.count
            ? "<p><a href=\"?acquirer=\(acquirer?.id.description ?? "")&amp;after=\(shown.last?.id.description ?? "")\">\(visit.words.merchants.more)</a></p>"
            : nil
        return MerchantListPage(visit: visit, acquirers: acquirers, chosen: acquirer?.id).response(
            "\(ImportNotice(visit).markup)\n\(MerchantTable(merchants: shown, visit: visit).markup)\n\(more)"
        )
    }

    private func frozen(_ visit: ConsoleVisit) throws(PageRefusal) -> HTTPResponse {
        let (acquirers, merchants) = try engine.reading { reader throws(StoreError) in
            var merchants: [Merchant] = []
            for freeze in try reader.freezes(after: nil, limit: MerchantPages.limit) {
                if let merchant = try reader.merchant(freeze.shop) { merchants.append(merchant) }
            }
            return (try reader.participants().filter { $0.roles.contains(.acquirer) }, merchants)
        }
        let words = visit.words.shopDesk
        return MerchantListPage(visit: visit, acquirers: acquirers, isOfFrozen: true).response(
            merchants.isEmpty
                ? Part.notice(.good, "<p>\(words.noFrozenShops)</p>")
                : MerchantTable(merchants: merchants, visit: visit).markup
        )
    }

    private func search(_ visit: ConsoleVisit) async throws(PageRefusal) -> HTTPResponse {
        let form = visit.visit.form
        let text = String((form["text"] ?? "").prefix(MerchantFinder.longestText))
        let bank = form["acquirer"].flatMap { ParticipantID($0) }
        guard !text.isEmpty else { return visit.visit.lead(to: MerchantPages.path) }
        try await engine.note(.searchedShops, terms: bank == nil ? [.text] : [.text, .institution], by: visit)
        let finder = MerchantFinder(
            engine: engine,
            text: text,
            bank: bank,
            after: form["after"].flatMap { MerchantID($0) }
        )
        let (acquirers, found) = try engine.reading { reader throws(StoreError) in
            (try reader.participants().filter { $0.roles.contains(.acquirer) }, try finder.find(reader))
        }
        switch found {
        case .shop(let id): return visit.visit.lead(to: "\(MerchantPages.path)/\(id)")
        case .list(let findings):
            let page = MerchantListPage(visit: visit, acquirers: acquirers, text: text, bank: bank)
            return page.response(page.findings(findings))
        }
    }

    // MARK: One shop

    private func show(_ visit: ConsoleVisit, refused: String? = nil) async throws(PageRefusal) -> HTTPResponse {
        let id = visit.shop
        try await engine.note(.sawShop, id.value, by: visit)
        let facts = try engine.reading { reader throws(StoreError) -> MerchantFacts? in
            guard let merchant = try reader.merchant(id) else { return nil }
            var search = PaymentSearch(limit: MerchantPages.fewPayments)
            search.merchant = id
            return MerchantFacts(
                merchant: merchant,
                acquirerName: try reader.participant(merchant.acquirer)?.name ?? merchant.acquirer.description,
                freeze: try reader.freeze(of: id),
                payments: try reader.payments(search).payments,
                entries: try reader.auditEntries(
                    AuditSearch(subjects: [id.value], limit: MerchantPages.fewEntries)
                )
            )
        }
        guard let facts else { throw .notFound }
        return MerchantPage(visit: visit, facts: facts, refused: refused).response()
    }

    private func freeze(_ visit: ConsoleVisit, _ isFrozen: Bool) async throws(PageRefusal) -> HTTPResponse {
        guard let reason = visit.visit.form["reason"], reason.count <= ShopFreeze.longestReason else {
            return try await show(visit, refused: visit.words.shopDesk.sayWhy)
        }
        let merchant = try engine.reading { reader throws(StoreError) in try reader.merchant(visit.shop) }
        guard let merchant else { throw .notFound }
        let command = FreezeShop(shop: merchant.key, isFrozen: isFrozen, reason: reason)
        return switch try await engine.doing(.console(.freeze(command)), as: visit.person.id) {
        case .success: visit.visit.lead(to: "\(MerchantPages.path)/\(merchant.id)")
        case .failure(let refusal): try await show(visit, refused: visit.site.sentence(for: refusal))
        }
    }
}

extension ConsoleVisit {
    /// The shop that the address names.
    fileprivate var shop: MerchantID { MerchantID(visit.parameters.id("merchantId")) }
}

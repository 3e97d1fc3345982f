import KizunaLedger
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// Registering shops from a file: chosen, looked through, and only then written.
struct ShopImportPages: Sendable {
    let engine: Switch
    let door: ConsoleDoor

    static let path = "/console/merchants/import"

    var routes: [PageRoute] {
        [
            door.page("/console/merchants/import") { visit throws(PageRefusal) in try choose(visit) },
            door.action("/console/merchants/import", needing: .operator, takesFile: true) {
                visit throws(PageRefusal) in
                let form = visit.visit.form
                return try preview(visit, form.file ?? Array((form.exactly("rows") ?? "").utf8))
            },
            door.action("/console/merchants/import/confirmed", needing: .operator, takesFile: true) {
                visit throws(PageRefusal) in
                try await register(visit)
            },
        ]
    }

    private func choose(_ visit: ConsoleVisit) throws(PageRefusal) -> HTTPResponse {
        ShopImportPage(visit: visit, acquirers: try acquirers()).response()
    }

    private func acquirers() throws(PageRefusal) -> [Participant] {
        try engine.reading { reader throws(StoreError) in
            try reader.participants().filter { $0.roles.contains(.acquirer) }
        }
    }

    private func preview(
        _ visit: ConsoleVisit,
        _ bytes: [UInt8],
        refused: String? = nil
    ) throws(PageRefusal) -> HTTPResponse {
        let acquirers = try acquirers()
        guard let bank = acquirers.first(where: { $0.id.description == visit.visit.form["acquirer"] }) else {
            throw .badForm
        }
        var list = ShopList(bytes)
        try engine.reading { reader throws(StoreError) in try list.compare(for: bank, reader) }
        let text = String(validating: bytes, as: UTF8.self) ?? ""
        return ShopImportPage(visit: visit, acquirers: acquirers).response(list, of: text, for: bank, refused: refused)
    }

    /// Looks through it again, since it came from a browser again and others may have registered shops meanwhile.
    private func register(_ visit: ConsoleVisit) async throws(PageRefusal) -> HTTPResponse {
        guard let rows = visit.visit.form.exactly("rows"), let bank = visit.visit.form["acquirer"],
            let acquirer = ParticipantID(bank)
        else { throw .badForm }
        let list = ShopList(Array(rows.utf8))
        guard list.faults.isEmpty else { return try preview(visit, Array(rows.utf8)) }
        let command = ImportShops(acquirer: acquirer, shops: list.entries.map(\.shop))
        switch try await engine.doing(.console(.importShops(command)), as: visit.person.id) {
        case .success(.shopsImported(let count)):
            let counts = "added=\(count.added)&changed=\(count.changed)&known=\(count.unchanged)"
            return visit.visit.lead(to: "\(MerchantPages.path)?acquirer=\(acquirer)&\(counts)")
        case .success: throw .unavailable
        case .failure(let refusal):
            return try preview(visit, Array(rows.utf8), refused: visit.site.sentence(for: refusal))
        }
    }
}

/// What an import has done, over the list that it leads to.
struct ImportNotice {
    private let visit: ConsoleVisit

    init(_ visit: ConsoleVisit) { self.visit = visit }

    var markup: Markup? {
        let query = visit.visit.query
        let counts = ["added", "changed", "known"].compactMap { query[$0].flatMap { Int($0) } }
        guard counts.count == 3 else { return nil }
        return Part.notice(.good, "<p>\(visit.words.shopImport.done(counts[0], counts[1], counts[2]))</p>")
    }
}

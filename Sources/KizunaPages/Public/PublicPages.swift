import KizunaPayments
package import KizunaSwitch
import KizunaWeb

/// What anybody may see.
package struct PublicPages: PageSection {
    let engine: Switch
    let board: StatusBoard
    let kind: Kind

    /// What these are the pages of.
    package enum Kind: Sendable, Hashable {
        /// A switch with real banks.
        case live
        /// A switch for banks to try their systems at.
        case sandbox
        /// Both countries in one process, with a wallet and shops to try.
        case demo
    }

    package init(_ engine: Switch, of kind: Kind) {
        self.engine = engine
        self.kind = kind
        board = StatusBoard(engine)
    }

    package let entry: NavigationEntry? = .status
    package let footEntries: [NavigationEntry] = [.status]

    package var routes: [PageRoute] {
        [
            .page("/") { visit throws(PageRefusal) in FrontPage(kind: kind).response(to: visit) },
            .page("/status") { visit throws(PageRefusal) in try status(visit).response(to: visit) },
            .page("/status/events") { visit throws(PageRefusal) in try await statusEvent(visit) },
            .page("/receipts/{uetr:id}") { visit throws(PageRefusal) in try receipt(visit).response(to: visit) },
            .page("/receipts/{uetr:id}/events") { visit throws(PageRefusal) in try await receiptEvent(visit) },
        ]
    }

    private func status(_ visit: Visit) throws(PageRefusal) -> StatusPage {
        do throws(Problem) {
            return StatusPage(facts: try board.facts(), backlog: engine.backlog, kind: kind, words: visit.words)
        } catch {
            throw .unavailable
        }
    }

    private func statusEvent(_ visit: Visit) async throws(PageRefusal) -> HTTPResponse {
        try await visit.live.answer { () throws(PageRefusal) in
            try? await Task.sleep(for: .seconds(StatusPage.refreshSeconds))
            return try status(visit).event
        }
    }

    private func receipt(_ visit: Visit) throws(PageRefusal) -> ReceiptPage {
        let uetr = UETR(visit.parameters.id("uetr"))
        let found: ReceiptPage?
        do throws(StoreError) {
            found = try engine.store.read { reader throws(StoreError) in try ReceiptPage(uetr, from: reader) }
        } catch {
            throw .unavailable
        }
        guard let found else { throw .notFound }
        return found
    }

    private func receiptEvent(_ visit: Visit) async throws(PageRefusal) -> HTTPResponse {
        let known = try receipt(visit)
        let seen = visit.lastEvent
        return try await visit.live.answer { () throws(PageRefusal) in
            if known.event(visit.words).id == seen, known.payment.state.isFinal {
                // A refund may still come; nobody wakes those who wait for one here.
                try? await Task.sleep(for: LiveSeats.longestWait)
            } else {
                await engine.waitUntilFinal(known.payment.id, atMost: LiveSeats.longestWait)
            }
            let event = try receipt(visit).event(visit.words)
            return event.id == seen ? nil : event
        }
    }
}

extension NavigationEntry {
    package static let status = NavigationEntry(path: "/status") { $0.frame.status }
}

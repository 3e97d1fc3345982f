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

    package let entry: NavigationEntry? = NavigationEntry(path: "/status") { $0.frame.status }

    package var routes: [PageRoute] {
        [
            .page("/") { visit throws(PageRefusal) in try status(visit).response(to: visit) },
            .page("/status") { visit throws(PageRefusal) in try status(visit).response(to: visit) },
            .page("/status/events") { visit throws(PageRefusal) in try await statusEvent(visit) },
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
}

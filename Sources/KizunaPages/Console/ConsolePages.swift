package import KizunaSwitch
import KizunaWeb

/// The operators' console.
///
/// Everything here is shown to people who have signed in, and every change is done as the person who asks for it: the
/// switch itself refuses what one person may not do alone.
package struct ConsolePages: PageSection {
    let engine: Switch
    let door: ConsoleDoor
    let monitor: FlowMonitor
    private let told = ToldOverviews()
    private let chaos: (any ChaosControls)?

    /// - Parameter chaos: what a demonstration lets people do to its banks.
    package init(_ engine: Switch, door: ConsoleDoor, chaos: (any ChaosControls)? = nil) {
        self.chaos = chaos
        self.engine = engine
        self.door = door
        monitor = FlowMonitor(engine)
    }

    package let entry: NavigationEntry? = .console

    package var routes: [PageRoute] {
        door.routes
            + [
                door.page("/console") { visit throws(PageRefusal) in try overview(visit) },
                door.events("/console/events") { visit throws(PageRefusal) in try await overviewEvents(visit) },
            ]
            + PaymentPages(engine: engine, door: door).routes
            + ExceptionPages(engine: engine, door: door).routes
            + DisputePages(engine: engine, door: door).routes
            + ParticipantPages(engine: engine, door: door).routes
            + AccessPages(engine: engine, door: door).routes
            + MerchantPages(engine: engine, door: door).routes
            + RatePages(engine: engine, door: door).routes
            + HealthPages(engine: engine, door: door).routes
            + AuditPages(engine: engine, door: door).routes
            + (chaos.map { ChaosPages(engine: engine, door: door, controls: $0).routes } ?? [])
    }

    private func overview(_ visit: ConsoleVisit) throws(PageRefusal) -> HTTPResponse {
        let overview: FlowMonitor.Overview
        do throws(StoreError) { overview = try monitor.overview() } catch { throw .unavailable }
        let event = OverviewPage(overview: overview, site: visit.site).event
        return visit.page(.overview, Part.live(OverviewPage.eventsPath, id: event.id, event.content))
    }

    private func overviewEvents(_ visit: ConsoleVisit) async throws(PageRefusal) -> HTTPResponse {
        try await visit.visit.live.hold { () throws(PageRefusal) in
            do throws(StoreError) {
                let next = try await monitor.overview(after: visit.visit.lastEvent, atMost: LiveSeats.longestWait)
                return next.map { told.response(to: $0, in: visit.site) }
            } catch {
                throw .unavailable
            }
        }
    }
}

extension NavigationEntry {
    package static let console = NavigationEntry(path: "/console") { $0.console.title }
}

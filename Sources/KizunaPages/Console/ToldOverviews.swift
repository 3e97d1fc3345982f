import KizunaWeb
import Synchronization

/// The latest moment as its viewers are told of it: written once in each language, however many watch.
final class ToldOverviews: Sendable {
    private struct Told {
        let id: String
        let response: HTTPResponse
    }

    private let latest = Mutex<[Language: Told]>([:])

    func response(to overview: FlowMonitor.Overview, in site: Words) -> HTTPResponse {
        latest.withLock { latest in
            if let told = latest[site.language], told.id == overview.id { return told.response }
            let event = OverviewPage(overview: overview, site: site).event
            let told = Told(id: event.id, response: event.response)
            latest[site.language] = told
            return told.response
        }
    }
}

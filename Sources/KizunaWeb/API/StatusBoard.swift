package import KizunaMoney
package import KizunaPayments
package import KizunaSwitch
import Synchronization

/// How the switch is doing, read at most once a second: anybody may ask, as often as they like.
package final class StatusBoard: Sendable {
    private static let freshness = Duration.seconds(1)

    package struct Facts: Sendable {
        package let at: Timestamp
        package let links: [CountryLinks]
        package let payments: [PaymentState: Int]
        /// How many alerts operators have to look at.
        package let openAlerts: Int
    }

    /// How many participants of a country take part now.
    package struct CountryLinks: Sendable {
        package let country: Country
        package var active = 0
        package var suspended = 0
    }

    private let engine: Switch
    private let last = Mutex<Facts?>(nil)

    package init(_ engine: Switch) { self.engine = engine }

    package func facts() throws(Problem) -> Facts {
        let now = engine.clock.now()
        if let known = last.withLock({ $0 }), now.since(known.at) < StatusBoard.freshness, now >= known.at {
            return known
        }
        let facts: Facts
        do throws(StoreError) {
            facts = try engine.store.read { reader throws(StoreError) in
                Facts(
                    at: now,
                    links: StatusBoard.links(of: try reader.participants()),
                    payments: try reader.paymentCounts(),
                    openAlerts: try reader.openAlertCount()
                )
            }
        } catch {
            throw Problem(error)
        }
        last.withLock { $0 = facts }
        return facts
    }

    private static func links(of participants: [Participant]) -> [CountryLinks] {
        Country.allCases.map { country in
            let there = participants.filter { $0.country == country }
            let active = there.count { $0.status == .active }
            return CountryLinks(country: country, active: active, suspended: there.count - active)
        }
    }
}

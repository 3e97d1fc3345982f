import KizunaLedger
import KizunaMoney
import KizunaPayments
package import KizunaSwitch
import Synchronization

/// What the switch is doing, looked at now and then and kept for a while, for everybody who watches.
///
/// However many watch, each moment is read and counted once. Nothing is read while nobody watches.
package final class FlowMonitor: Sendable {
    /// How far apart two moments are at least.
    package static let interval = Duration.seconds(2)
    /// Ten minutes.
    static let mostSamples = 300

    /// What the engine had counted at a moment.
    struct Sample: Sendable {
        let at: Timestamp
        let arrivals: [Meters.Arrival: Int]
        let decisionTimes: Histogram
    }

    /// One moment with what led to it.
    struct Overview: Sendable {
        /// The earliest first; at least one.
        let samples: [Sample]
        let accounts: [Account]
        /// At most ``FlowMonitor/mostCounted`` of each.
        let openCases: Int
        let escalatedDisputes: Int
        let openAlerts: Int
        let submissions: Int
        let messages: Int
        /// How late the most overdue message is.
        let courierLag: Duration

        var at: Timestamp { samples.last?.at ?? Timestamp(milliseconds: 0) }
        var id: String { "\(at.milliseconds)" }
    }

    static let mostCounted = 100

    private struct State {
        var samples: [Sample] = []
        var latest: Overview?
        var isLooking = false
    }

    private let engine: Switch
    private let state = Mutex(State())

    package init(_ engine: Switch) { self.engine = engine }

    /// The latest moment, which is looked at now where the one before is old enough and nobody else is looking.
    func overview() throws(StoreError) -> Overview {
        let now = engine.clock.now()
        let known = state.withLock { state -> Overview? in
            if let latest = state.latest, state.isLooking || now.since(latest.at) < FlowMonitor.interval {
                return latest
            }
            state.isLooking = true
            return nil
        }
        if let known { return known }
        defer { state.withLock { $0.isLooking = false } }
        return try look(at: now)
    }

    /// A moment other than the one that somebody has, as soon as there is one; `nil` when the wait is over.
    func overview(after id: String?, atMost limit: Duration) async throws(StoreError) -> Overview? {
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end, !Task.isCancelled {
            let overview = try overview()
            if overview.id != id { return overview }
            try? await Task.sleep(for: pause(after: overview))
        }
        return nil
    }

    /// Until the next moment can be looked at, and for most somewhat longer: if all who watch were told at once,
    /// payments would wait behind them.
    private func pause(after overview: Overview) -> Duration {
        let age = min(max(engine.clock.now().since(overview.at), .zero), FlowMonitor.interval)
        return FlowMonitor.interval - age + FlowMonitor.interval * Double.random(in: 0...0.4)
    }

    private func look(at now: Timestamp) throws(StoreError) -> Overview {
        let figures = engine.meters.figures
        let sample = Sample(at: now, arrivals: figures.arrivals, decisionTimes: figures.decisionTimes)
        let samples = state.withLock { state in
            state.samples.append(sample)
            if state.samples.count > FlowMonitor.mostSamples { state.samples.removeFirst() }
            return state.samples
        }
        let backlog = engine.backlog
        let overview = try engine.store.read { reader throws(StoreError) in
            let due = try reader.dueMessages(at: now, limit: 1).first?.dueAt
            return Overview(
                samples: samples,
                accounts: try reader.accounts(of: nil),
                openCases: try reader.openExceptionCases(after: nil, limit: FlowMonitor.mostCounted).count,
                escalatedDisputes: try reader.disputes(
                    of: nil,
                    in: .escalated,
                    after: nil,
                    limit: FlowMonitor.mostCounted
                ).count,
                openAlerts: try reader.openAlertCount(),
                submissions: backlog.submissions,
                messages: backlog.messages,
                courierLag: due.map { max(.zero, now.since($0)) } ?? .zero
            )
        }
        state.withLock { $0.latest = overview }
        return overview
    }
}

extension FlowMonitor.Overview {
    /// Payments a second that came into a state between two moments, of one country's payers or of all.
    func rate(
        of state: PaymentState,
        from country: Country? = nil,
        between before: FlowMonitor.Sample,
        and after: FlowMonitor.Sample
    ) -> Double {
        let seconds = after.at.since(before.at).seconds
        guard seconds > 0 else { return 0 }
        let count = { (sample: FlowMonitor.Sample) in
            sample.arrivals.reduce(0) { sum, arrival in
                let counts =
                    arrival.key.state == state && country ?? arrival.key.payerCountry == arrival.key.payerCountry
                return counts ? sum + arrival.value : sum
            }
        }
        return Double(count(after) - count(before)) / seconds
    }

    /// The moment about so long ago.
    func sample(ago: Duration) -> FlowMonitor.Sample? {
        samples.first { at.since($0.at) <= ago }
    }

    /// How long payments took from their submission to their end, over a time: the share of them that took no longer.
    ///
    /// - Returns: seconds, to the histogram's grain; `nil` when no payment ended.
    func decisionTime(share: Double, over time: Duration) -> Double? {
        guard let before = sample(ago: time), let after = samples.last else { return nil }
        let counts = zip(after.decisionTimes.counts, before.decisionTimes.counts).map { $0 - $1 }
        let all = counts.reduce(0, +)
        guard all > 0 else { return nil }
        let wanted = Double(all) * share
        var sum = 0
        for (place, count) in counts.enumerated() {
            sum += count
            guard Double(sum) >= wanted else { continue }
            return place < after.decisionTimes.bounds.count ? after.decisionTimes.bounds[place] : .infinity
        }
        return nil
    }
}

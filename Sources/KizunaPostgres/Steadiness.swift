/// Whether a node may judge the others: who was away itself does not know who else was.
///
/// A server, a disk or a machine that stands still for some seconds makes all nodes look silent. So a node gives none
/// up before its own pulses have come in time for a while, in which the others show themselves too.
struct Steadiness {
    /// Longer than one pulse, by as much as a loaded machine may take for it.
    private static let longestGap = Duration.seconds(2)
    /// Time for two pulses of every other node.
    private static let probation = Duration.seconds(2)

    /// The first and the last of the pulses that have come one after the other in time.
    private var pulses: (first: ContinuousClock.Instant, last: ContinuousClock.Instant)?

    /// Notes that the server has seen a pulse.
    ///
    /// - Returns: whether this node may judge.
    mutating func beat(at now: ContinuousClock.Instant) -> Bool {
        var first = now
        if let pulses, pulses.last.duration(to: now) <= Steadiness.longestGap { first = pulses.first }
        pulses = (first, now)
        return first.duration(to: now) >= Steadiness.probation
    }

    /// Notes that a pulse was not seen.
    mutating func miss() { pulses = nil }
}

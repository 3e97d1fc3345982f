import KizunaLedger
import KizunaMoney
import KizunaSwitch

/// A new message goes out as soon as it is on disk, and does not wait until somebody looks at what is due.
final class DispatchAuditor: Auditor {
    private struct Written {
        let at: Int64
        let process: Int
        let excuses: Int64
    }

    /// The most under way to one receiver before others wait for their turn: well below the courier's own bound.
    private static let crowd = 64

    private unowned let world: World
    private var written: [UniqueID: Written] = [:]
    private var underWay: [ParticipantID: Int] = [:]

    init(_ world: World) { self.world = world }

    func committed(_ commit: Commit) {
        for change in commit.messages {
            written[change.key] = nil
            guard change.isNew, let message = change.row, message.standing == .sending,
                let due = message.dueAt, due <= commit.time, due <= world.clock.now()
            else { continue }
            written[change.key] = Written(at: world.now, process: world.alive, excuses: excuses)
        }
    }

    func sent(_ delivery: Delivery) {
        let receiver = delivery.message.destination
        let busy = underWay[receiver, default: 0]
        underWay[receiver] = busy + 1
        guard let message = written.removeValue(forKey: delivery.message.id), message.process == world.alive,
            message.excuses == excuses, busy < DispatchAuditor.crowd
        else { return }
        // One pause until those who hear of commits are told, one until the courier has its turn.
        if world.now - message.at > 2 * world.plan.tempo {
            world.violate("messages-go-out-at-once", "A \(delivery.message.kind) waited \(world.now - message.at) ms")
        }
    }

    func heard(_ outcome: DeliveryOutcome, to delivery: Delivery) {
        underWay[delivery.message.destination, default: 1] -= 1
    }

    /// What may keep a message until the next look: a commit that was reported as failed, a disk that could not be read,
    /// a clock that was put back. It grows with each.
    private var excuses: Int64 {
        let faults: [StoreFault] = [.commitUnconfirmed, .readFails]
        let failures = faults.reduce(0) { $0 + (world.faults[$1.rawValue] ?? 0) }
        return Int64(failures) + world.mischief.backwardShift
    }
}

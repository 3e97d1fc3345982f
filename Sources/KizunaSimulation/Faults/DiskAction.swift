/// The disk does something wrong at its next opportunity.
struct DiskAction: Action {
    let fault: StoreFault

    var title: String { "the disk: \(fault.rawValue)" }

    func perform(in world: World) {
        world.mischief.storeFaults.append(fault)
        world.troubleLasts(until: world.now)
    }
}

/// The process dies between two events, and comes back on what the disk has.
struct CrashAction: Action {
    /// For how long the switch is away, in milliseconds.
    let pause: Int64

    var title: String { "the switch dies and is back after \(pause) ms" }

    func perform(in world: World) {
        guard world.process != nil else { return }
        world.count(Fault.crash)
        world.crash(downFor: pause)
    }
}

/// Somebody puts the machine's clock forward or back.
struct ClockAction: Action {
    let milliseconds: Int64

    var title: String { "the clock jumps by \(milliseconds) ms" }

    func perform(in world: World) {
        world.count(milliseconds < 0 ? Fault.clockBack : .clockForward)
        world.jumpClock(by: milliseconds)
        world.troubleLasts(until: world.now)
    }
}

extension World {
    /// What waits for payments to end counts from here.
    func troubleLasts(until moment: Int64) {
        mischief.lastTroubleEnded = max(mischief.lastTroubleEnded, moment)
    }
}

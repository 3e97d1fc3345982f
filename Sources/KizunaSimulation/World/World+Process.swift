import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// The switch's processes in a world: started, looking at what is due, and dying.
extension World {
    /// The shortest pause between two looks at what is due, in milliseconds, as in production.
    private static let lookPause: Int64 = 100
    /// How long the machine waits before it starts again what did not start, in milliseconds.
    private static let restartPause: Int64 = 500

    func isAlive(_ number: Int) -> Bool { alive == number }

    /// Starts the switch on whatever the disk has; one that fails to start is started again.
    func boot() {
        processCount += 1
        let number = processCount
        alive = number
        note(.boot, UInt64(number))
        func lane() -> SimulatedLane {
            let lane = SimulatedLane(self, process: number, longestPause: plan.tempo)
            lanes.append(lane)
            return lane
        }
        do throws(StoreError) {
            process = Process(
                number: number,
                engine: try Switch(
                    store: SimulatedStore(self, process: number),
                    links: SimulatedLinks(self, process: number),
                    clock: clock,
                    digester: digester,
                    random: SeededDice(seed: SeededDice.mixed(plan.seed &+ UInt64(number))),
                    lanes: Lanes(worker: lane(), writer: lane(), replies: lane(), courier: lane())
                )
            )
        } catch {
            crash(downFor: World.restartPause)
            return
        }
        (lastLook, nextLook) = (nil, nil)
        planLook(after: 0)
    }

    /// The process dies at once: what it has not written is lost, what it was about to say is not said.
    func crash(downFor pause: Int64? = nil) {
        guard alive != 0 else { return }
        (process, alive, openKeys) = (nil, 0, [:])
        note(.crash)
        let restart = now + (pause ?? dice.number(100...5_000))
        mischief.lastTroubleEnded = max(mischief.lastTroubleEnded, restart)
        schedule(at: restart) { [self] in boot() }
    }

    /// Plans a look at what is due, unless an earlier one is planned.
    func planLook(after pause: Int64) {
        let earliest = lastLook.map { $0 + World.lookPause } ?? 0
        let moment = max(now + pause, earliest)
        if let nextLook, nextLook <= moment { return }
        nextLook = moment
        schedule(at: moment) { [self] in
            guard nextLook == moment else { return }
            (nextLook, lastLook) = (nil, now)
            process?.engine.look()
            if let due = agenda.earliest {
                planLook(after: max(World.lookPause, due.since(clock.now()).wholeMilliseconds))
            }
        }
    }
}

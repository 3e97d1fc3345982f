import KizunaSwitch

/// A lane of a process in a world: its jobs run on the world's time, in the order given, while the process lives.
final class SimulatedLane: Lane {
    private let world: World
    private let process: Int
    /// The longest that a job waits for its turn, in milliseconds.
    private let longestPause: Int64
    private let jobs = Jobs()

    /// Only the world's one thread touches it.
    private final class Jobs: @unchecked Sendable { var waiting: [@Sendable () -> Void] = [] }

    init(_ world: World, process: Int, longestPause: Int64) {
        self.world = world
        self.process = process
        self.longestPause = longestPause
    }

    func run(_ job: @escaping @Sendable () -> Void) {
        jobs.waiting.append(job)
        world.schedule(after: world.dice.number(0...longestPause)) { [self] in
            let job = jobs.waiting.removeFirst()
            if world.isAlive(process) { job() }
        }
    }

    /// Forgets the jobs that wait.
    func drop() { jobs.waiting = [] }
}

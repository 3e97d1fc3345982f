import Glibc

/// Durations of many like things, for percentiles.
struct Latencies: Sendable {
    private var nanoseconds: [Int64] = []

    mutating func add(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        nanoseconds.append(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }

    mutating func merge(_ other: Latencies) { nanoseconds += other.nanoseconds }

    var count: Int { nanoseconds.count }

    /// The percentiles in milliseconds, each the smallest value that so many do not exceed; 0 for none measured.
    func milliseconds(atPercentiles percentiles: [Double]) -> [Double] {
        let sorted = nanoseconds.sorted()
        return percentiles.map { percentile in
            guard !sorted.isEmpty else { return 0 }
            let rank = (percentile / 100 * Double(sorted.count)).rounded(.up)
            return Double(sorted[min(sorted.count - 1, max(0, Int(rank) - 1))]) / 1_000_000
        }
    }
}

/// What a measurement depends on besides the code.
struct MachineContext: Sendable {
    /// What kind of database it was.
    let database: String
    let cores: Int
    /// The one-minute load average when the measurement began.
    let loadAverage: Double
    /// How long one write with fsync takes on the database's disk, the median of 100, in microseconds.
    let syncMicroseconds: Double

    init(database: String, directory: String) {
        self.database = database
        cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        var loads = [0.0]
        loadAverage = getloadavg(&loads, 1) == 1 ? loads[0] : 0
        syncMicroseconds = MachineContext.measureSync(in: directory)
    }

    private static func measureSync(in directory: String) -> Double {
        let path = directory + "/kizuna-sync-\(getpid())"
        let file = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0o600)
        guard file >= 0 else { return 0 }
        defer {
            close(file)
            unlink(path)
        }
        let page = [UInt8](repeating: 1, count: 4_096)
        var times = Latencies()
        for _ in 0..<100 {
            let start = ContinuousClock.now
            guard write(file, page, page.count) == page.count, fdatasync(file) == 0 else { return 0 }
            times.add(start.duration(to: .now))
        }
        return times.milliseconds(atPercentiles: [50])[0] * 1_000
    }
}

/// Rounds for people; measurements have no more digits than that.
func rounded(_ value: Double, _ decimals: Int = 1) -> Double {
    let scale = [1.0, 10, 100, 1_000][min(max(decimals, 0), 3)]
    return (value * scale).rounded() / scale
}

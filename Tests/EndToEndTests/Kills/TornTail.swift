import Foundation

/// What a loss of power may leave behind the last whole commit of a log.
enum TornTail: CaseIterable {
    /// The file ends there, or within what came of the next commit.
    case cutOff
    /// Bytes that mean nothing.
    case garbage
    /// Sound frames of a commit whose last one is missing.
    case unfinished
    /// A commit that reached the disk up to somewhere within its last page.
    case halfPage
    /// A commit of which one bit did not reach the disk.
    case flippedBit

    /// Does it to the log of a database that nobody has open; touches nothing of what was acknowledged.
    ///
    /// - Returns: whether there was a log to do it to.
    func tear(logOf database: String, using dice: inout some RandomNumberGenerator) throws -> Bool {
        let url = URL(filePath: "\(database)-wal")
        guard let bytes = try? Data(contentsOf: url), let log = WriteAheadLog(bytes) else { return false }
        let file = try FileHandle(forUpdating: url)
        defer { try? file.close() }
        if self == .cutOff {
            try file.truncate(atOffset: UInt64(Int.random(in: log.commitsEnd...log.framesEnd, using: &dice)))
        } else {
            try file.seek(toOffset: UInt64(log.commitsEnd))
            try file.write(contentsOf: tail(of: log, using: &dice))
        }
        return true
    }

    private func tail(of log: WriteAheadLog, using dice: inout some RandomNumberGenerator) -> [UInt8] {
        let pages = (0..<Int.random(in: 1...4, using: &dice)).map { _ in Self.noise(log.pageBytes, using: &dice) }
        switch self {
        case .cutOff: return []
        case .garbage: return Self.noise(Int.random(in: 1...(3 * log.pageBytes), using: &dice), using: &dice)
        case .unfinished: return log.frames(of: pages, endsCommit: false)
        case .halfPage:
            return log.frames(of: pages, endsCommit: true).dropLast(Int.random(in: 1...log.pageBytes, using: &dice))
        case .flippedBit:
            var bytes = log.frames(of: pages, endsCommit: true)
            // In the last page: a flaw further in front would leave less to be found sound.
            let place = bytes.count - Int.random(in: 1...log.pageBytes, using: &dice)
            bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &dice)
            return bytes
        }
    }

    private static func noise(_ count: Int, using dice: inout some RandomNumberGenerator) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &dice) }
    }
}

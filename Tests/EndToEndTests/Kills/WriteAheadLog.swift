import Foundation

/// What lies in a write-ahead log of SQLite's ("WAL-mode File Format", 4.1 and 4.2): whole commits, and behind them
/// frames of a commit that had not ended.
///
/// Nothing behind the last whole commit was ever acknowledged: a commit is, once it has been synchronised, its last frame
/// included. After a loss of power a file system may have left anything there.
struct WriteAheadLog {
    static let headBytes = 32
    static let frameHeadBytes = 24
    private static let magic: UInt32 = 0x377F_0682

    let pageBytes: Int
    /// Where the last whole commit ends.
    private(set) var commitsEnd: Int
    /// Where the frames end that may belong to a commit which had not ended.
    private(set) var framesEnd: Int
    /// The pages of the database after the last whole commit.
    private(set) var databasePages: UInt32 = 0
    private let salts: [UInt8]
    private let isBigEndian: Bool
    /// The running checksum at the end of the last whole commit.
    private var checksumOfCommits: Checksum

    /// Reads a log; `nil` for one that SQLite would not look into either.
    init?(_ bytes: Data) {
        let bytes = [UInt8](bytes)
        guard bytes.count >= Self.headBytes, Self.word(bytes, 0) & ~1 == Self.magic else { return nil }
        pageBytes = Int(Self.word(bytes, 8))
        salts = Array(bytes[16..<24])
        isBigEndian = Self.word(bytes, 0) & 1 == 1
        var sum = Checksum(isBigEndian: isBigEndian)
        sum.add(bytes[0..<24])
        guard sum.bytes == Array(bytes[24..<32]) else { return nil }
        (commitsEnd, framesEnd, checksumOfCommits) = (Self.headBytes, Self.headBytes, sum)
        while let end = Self.endOfFrame(at: framesEnd, in: bytes, salts, pageBytes, &sum) {
            let pages = Self.word(bytes, framesEnd + 4)
            framesEnd = end
            if pages != 0 { (commitsEnd, checksumOfCommits, databasePages) = (end, sum, pages) }
        }
    }

    /// Where the frame that begins at a place ends, when it is sound.
    private static func endOfFrame(
        at place: Int,
        in bytes: [UInt8],
        _ salts: [UInt8],
        _ pageBytes: Int,
        _ sum: inout Checksum
    ) -> Int? {
        let end = place + frameHeadBytes + pageBytes
        guard end <= bytes.count, bytes[(place + 8)..<(place + 16)].elementsEqual(salts) else { return nil }
        var next = sum
        next.add(bytes[place..<(place + 8)])
        next.add(bytes[(place + frameHeadBytes)..<end])
        guard bytes[(place + 16)..<(place + 24)].elementsEqual(next.bytes) else { return nil }
        sum = next
        return end
    }

    /// Frames that follow the last whole commit as SQLite would have written them.
    ///
    /// - Parameter endsCommit: whether the last one says that a commit ends there.
    func frames(of pages: [[UInt8]], endsCommit: Bool) -> [UInt8] {
        var (sum, frames) = (checksumOfCommits, [UInt8]())
        for (number, page) in pages.enumerated() {
            let isLast = number == pages.count - 1
            let head = Self.bytes(2 + UInt32(number)) + Self.bytes(isLast && endsCommit ? databasePages : 0)
            sum.add(head[...])
            sum.add(page[...])
            frames += head + salts + sum.bytes + page
        }
        return frames
    }

    private static func word(_ bytes: [UInt8], _ place: Int) -> UInt32 {
        bytes[place..<(place + 4)].reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static func bytes(_ word: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) }
    }

    /// The running checksum of the format, section 4.2.
    private struct Checksum {
        let isBigEndian: Bool
        private var first: UInt32 = 0
        private var second: UInt32 = 0

        init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

        var bytes: [UInt8] { WriteAheadLog.bytes(first) + WriteAheadLog.bytes(second) }

        mutating func add(_ bytes: ArraySlice<UInt8>) {
            bytes.withUnsafeBytes { raw in
                for place in stride(from: 0, to: raw.count, by: 8) {
                    first &+= word(raw, place) &+ second
                    second &+= word(raw, place + 4) &+ first
                }
            }
        }

        private func word(_ raw: UnsafeRawBufferPointer, _ place: Int) -> UInt32 {
            let word = raw.loadUnaligned(fromByteOffset: place, as: UInt32.self)
            return isBigEndian ? UInt32(bigEndian: word) : UInt32(littleEndian: word)
        }
    }
}

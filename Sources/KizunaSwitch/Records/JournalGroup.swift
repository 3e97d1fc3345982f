package import KizunaLedger
package import KizunaMoney

/// The lines of one commit, sealed: a link of the chain that runs through the journal.
package struct JournalGroup: Sendable, Hashable {
    /// From 1, without a gap.
    package let number: Int64
    /// The place of its first line in the whole journal, from 1.
    package let firstPosition: Int64
    package let lineCount: Int64
    package let committedAt: Timestamp
    /// SHA-256 over the digest before and everything here, 32 bytes.
    package let digest: [UInt8]

    package init(
        number: Int64,
        firstPosition: Int64,
        lineCount: Int64,
        committedAt: Timestamp,
        digest: [UInt8]
    ) {
        self.number = number
        self.firstPosition = firstPosition
        self.lineCount = lineCount
        self.committedAt = committedAt
        self.digest = digest
    }

    /// Seals lines as the group that follows another, or as the first of all.
    package init(
        sealing lines: [Transfer],
        after previous: JournalGroup?,
        at committedAt: Timestamp,
        using digester: any Digester
    ) {
        number = (previous?.number ?? 0) + 1
        firstPosition = previous?.nextPosition ?? 1
        lineCount = Int64(lines.count)
        self.committedAt = committedAt
        digest = JournalGroup.digest(
            of: lines,
            number: number,
            firstPosition: firstPosition,
            at: committedAt,
            after: previous?.digest,
            using: digester
        )
    }

    /// The place of the first line behind the group. Wraps instead of trapping: a forged row must not stop an audit.
    package var nextPosition: Int64 { firstPosition &+ lineCount }

    /// Whether lines are those that were sealed, given the digest before.
    package func seals(_ lines: [Transfer], after previous: [UInt8]?, using digester: any Digester) -> Bool {
        lineCount == Int64(lines.count)
            && digest
                == JournalGroup.digest(
                    of: lines,
                    number: number,
                    firstPosition: firstPosition,
                    at: committedAt,
                    after: previous,
                    using: digester
                )
    }
}

extension JournalGroup {
    /// The bytes that are hashed say what the lines say, in the domain's own words: no number that a store gives to an
    /// account is among them, so every store of the same payments has the same chain.
    private static func digest(
        of lines: [Transfer],
        number: Int64,
        firstPosition: Int64,
        at committedAt: Timestamp,
        after previous: [UInt8]?,
        using digester: any Digester
    ) -> [UInt8] {
        let head = previous ?? [UInt8](repeating: 0, count: 32)
        let capacity = head.count + 4 * 8 + lines.count * largestLineBytes
        let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            var writer = ByteWriter(buffer)
            writer.write(head)
            writer.write(UInt64(bitPattern: number))
            writer.write(UInt64(bitPattern: firstPosition))
            writer.write(UInt64(lines.count))
            writer.write(UInt64(bitPattern: committedAt.milliseconds))
            for line in lines { writer.write(line) }
            count = writer.count
        }
        return digester.sha256(bytes)
    }

    /// Five words, the kind and both accounts.
    private static let largestLineBytes = 5 * 8 + 1 + 2 * (1 + ParticipantID.maximumLength + 3)
}

/// Writes into room that was reserved for it; numbers have their highest byte first.
private struct ByteWriter {
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0

    init(_ buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

    mutating func write(_ value: UInt64) {
        precondition(count + 8 <= buffer.count, "More is sealed than was reserved for")
        UnsafeMutableRawBufferPointer(buffer).storeBytes(of: value.bigEndian, toByteOffset: count, as: UInt64.self)
        count += 8
    }

    mutating func write(_ byte: UInt8) {
        buffer[count] = byte
        count += 1
    }

    mutating func write(_ bytes: some Collection<UInt8>) {
        count = buffer[count...].update(fromContentsOf: bytes)
    }

    mutating func write(_ line: Transfer) {
        write(line.transaction.high)
        write(line.transaction.low)
        write(UInt64(bitPattern: Int64(line.leg)))
        write(UInt8(truncatingIfNeeded: line.kind.rawValue))
        write(line.debit)
        write(line.credit)
        write(UInt64(bitPattern: line.minorUnits))
        write(UInt64(bitPattern: line.at.milliseconds))
    }

    /// The owner's length stands before its name, so that no two accounts write the same bytes.
    private mutating func write(_ account: AccountID) {
        let owner = account.owner.description.utf8
        write(UInt8(truncatingIfNeeded: owner.count))
        write(owner)
        write(UInt8(truncatingIfNeeded: account.role.rawValue))
        write(UInt8(truncatingIfNeeded: account.currency.numeric >> 8))
        write(UInt8(truncatingIfNeeded: account.currency.numeric))
    }
}

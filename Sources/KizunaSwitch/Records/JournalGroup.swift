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
        var bytes = previous ?? [UInt8](repeating: 0, count: 32)
        bytes.reserveCapacity(bytes.count + 32 + lines.count * 128)
        bytes.append(bigEndian: number)
        bytes.append(bigEndian: firstPosition)
        bytes.append(bigEndian: Int64(lines.count))
        bytes.append(bigEndian: committedAt.milliseconds)
        for line in lines { bytes.append(line) }
        return digester.sha256(bytes)
    }
}

extension [UInt8] {
    fileprivate mutating func append(bigEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }

    fileprivate mutating func append(_ line: Transfer) {
        append(bigEndian: line.transaction.high)
        append(bigEndian: line.transaction.low)
        append(bigEndian: Int64(line.leg))
        append(UInt8(truncatingIfNeeded: line.kind.rawValue))
        append(line.debit)
        append(line.credit)
        append(bigEndian: line.minorUnits)
        append(bigEndian: line.at.milliseconds)
    }

    /// The owner's length stands before its name, so that no two accounts write the same bytes.
    private mutating func append(_ account: AccountID) {
        let owner = account.owner.description.utf8
        append(UInt8(truncatingIfNeeded: owner.count))
        append(contentsOf: owner)
        append(UInt8(truncatingIfNeeded: account.role.rawValue))
        append(bigEndian: UInt16(truncatingIfNeeded: account.currency.numeric))
    }
}

package import KizunaLedger

/// A journal that can be read from its beginning, piece by piece.
package protocol JournalSource {
    /// Every group in the order of its number.
    func forEachGroup(_ body: (JournalGroup) throws(StoreError) -> Void) throws(StoreError)

    /// The lines that stand at these positions, in order; those that are missing are left out.
    func forEachLine(
        at positions: Range<Int64>,
        _ body: (Transfer) throws(StoreError) -> Void
    ) throws(StoreError)
}

extension JournalSource {
    /// Gives every line to the audit in the order of writing and checks the chain on the way.
    ///
    /// A break is noted once, at the first group that cannot be believed; the walk goes on from what the next group
    /// says. Memory grows with the largest group, not with the journal.
    package func walk(into audit: inout Audit, using digester: any Digester) throws(StoreError) {
        var walk = JournalWalk()
        try forEachGroup { group throws(StoreError) in
            try walk.take(group, from: self, into: &audit, using: digester)
        }
        try walk.takeRest(from: self, into: &audit)
    }
}

/// Where a walk through the journal has come to.
private struct JournalWalk {
    private var expectedNumber: Int64 = 1
    private var nextPosition: Int64 = 1
    private var digest: [UInt8]?

    mutating func take(
        _ group: JournalGroup,
        from source: some JournalSource,
        into audit: inout Audit,
        using digester: any Digester
    ) throws(StoreError) {
        let follows = group.number == expectedNumber && group.firstPosition == nextPosition
        if !follows { audit.note(.chainBroken(group: expectedNumber)) }
        try takeStrays(before: group.firstPosition, from: source, into: &audit)

        var lines: [Transfer] = []
        let end = max(group.firstPosition, group.nextPosition)
        try source.forEachLine(at: group.firstPosition..<end) { line throws(StoreError) in
            audit.add(line)
            lines.append(line)
        }
        if follows, !group.seals(lines, after: digest, using: digester) {
            audit.note(.chainBroken(group: group.number))
        }
        expectedNumber = group.number &+ 1
        nextPosition = end
        digest = group.digest
    }

    /// Lines behind the last group belong to none: their group is missing.
    mutating func takeRest(from source: some JournalSource, into audit: inout Audit) throws(StoreError) {
        let known = audit.transfers
        try takeStrays(before: .max, from: source, into: &audit)
        if audit.transfers != known { audit.note(.chainBroken(group: expectedNumber)) }
    }

    /// Lines that no group seals count all the same: a balance may rest on them.
    private func takeStrays(
        before position: Int64,
        from source: some JournalSource,
        into audit: inout Audit
    ) throws(StoreError) {
        guard nextPosition < position else { return }
        try source.forEachLine(at: nextPosition..<position) { line throws(StoreError) in audit.add(line) }
    }
}

import KizunaLedger
import KizunaMoney
import KizunaSwitch

/// The journal and the chain that seals it.
///
/// All nodes write one chain. Its head is one row: whoever commits lines locks it last of all, so that nodes wait for
/// each other only from there to the end of the commit.
enum JournalTable {
    static let lockHead = Statement("SELECT number, next_position, digest FROM journal_head FOR UPDATE")
    private static let moveHead = Statement(
        "UPDATE journal_head SET number = $1::int8, next_position = $2::int8, digest = $3::bytea"
    )
    private static let insertLines = Statement(
        """
        INSERT INTO journal (position, transaction_id, leg, is_end, kind, debit, credit, minor_units, at)
        SELECT $1::int8 + u.place - 1, u.transaction_id, u.leg, u.kind > 2, u.kind, u.debit, u.credit, u.minor_units, u.at
        FROM unnest(\(ColumnText.arrays(lines.map(\.type), from: 2))) WITH ORDINALITY
            AS u(transaction_id, leg, kind, debit, credit, minor_units, at, place)
        """
    )
    private static let insertGroup = Statement(
        """
        INSERT INTO journal_groups (number, first_position, line_count, committed_at, digest)
        VALUES ($1::int8, $2::int8, $3::int8, $4::int8, $5::bytea)
        """
    )

    private static let lines: [Column<Transfer>] = [
        Column("transaction_id", .uuid) { $0.add($1.transaction) },
        Column("leg", .int4) { $0.add($1.leg) },
        Column("kind", .int2) { $0.add($1.kind) },
        Column("debit", .int4) { $0.add($1.debit) },
        Column("credit", .int4) { $0.add($1.credit) },
        Column("minor_units", .int8) { $0.add($1.minorUnits) },
        Column("at", .int8) { $0.add($1.at) },
    ]

    /// The link that a group is to follow, as the locked head says it; `nil` for the first group of all.
    static func previousGroup(_ head: Rows) throws(StoreError) -> JournalGroup? {
        let group = try head.first { columns throws(StoreError) in
            JournalGroup(
                number: columns.int64(),
                firstPosition: columns.int64(),
                lineCount: 0,
                committedAt: Timestamp(milliseconds: 0),
                digest: columns.bytes()
            )
        }
        guard let group else { throw .unreadable("a journal without its head") }
        return group.number == 0 ? nil : group
    }

    /// Adds lines, their seal and the head that follows.
    static func write(_ lines: [Transfer], sealedAs group: JournalGroup, to commit: inout CommitCommands) {
        let orphan = StoreError.brokenRule("A line names accounts that have been opened")
        commit.add(insertLines, touching: lines.count, otherwise: orphan) { parameters in
            parameters.add(group.firstPosition)
            parameters.add(self.lines, of: lines)
        }
        commit.add(insertGroup) { parameters in
            parameters.add(group.number)
            parameters.add(group.firstPosition)
            parameters.add(group.lineCount)
            parameters.add(group.committedAt.milliseconds)
            parameters.add(group.digest)
        }
        commit.add(moveHead) { parameters in
            parameters.add(group.number)
            parameters.add(group.nextPosition)
            parameters.add(group.digest)
        }
    }
}

extension Query where Row == Transfer {
    static let journal = Query(
        "j.transaction_id, j.leg, j.kind, j.debit, j.credit, j.minor_units, j.at",
        from: "journal AS j"
    ) { columns, names throws(StoreError) in
        Transfer(
            transaction: try columns.uniqueID(),
            leg: columns.int(),
            kind: try columns.value(),
            debit: try names.account(columns.int64()),
            credit: try names.account(columns.int64()),
            minorUnits: columns.int64(),
            at: columns.timestamp()
        )
    }
}

extension Lookup where Key == HoldID, Row == Transfer {
    /// Lines that opened a hold which has not ended: of a leg, what was written last.
    static let openHolds = Lookup(
        Statement(
            """
            SELECT \(Query.journal.columns) FROM unnest($1::uuid[], $2::int4[]) AS u(transaction_id, leg), LATERAL (
                SELECT * FROM journal WHERE transaction_id = u.transaction_id AND leg = u.leg
                    AND transaction_id BETWEEN $3::uuid AND $4::uuid
                ORDER BY is_end DESC LIMIT 1
            ) AS j WHERE j.kind = 2
            """
        ),
        by: [
            Column("transaction_id", .uuid) { $0.add($1.transaction) }, Column("leg", .int4) { $0.add($1.leg) },
        ],
        partitionedBy: { $0.transaction },
        key: { $0.holdID },
        Query.journal.read
    )
}

extension Query where Row == JournalGroup {
    static let groups = Query(
        "number, first_position, line_count, committed_at, digest",
        from: "journal_groups"
    ) { columns, _ throws(StoreError) in
        JournalGroup(
            number: columns.int64(),
            firstPosition: columns.int64(),
            lineCount: columns.int64(),
            committedAt: columns.timestamp(),
            digest: columns.bytes()
        )
    }
}

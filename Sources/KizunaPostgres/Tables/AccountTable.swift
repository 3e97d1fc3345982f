import KizunaLedger
import KizunaSwitch

/// Accounts. Balances are changed by differences under the row's lock, so that a payment at one node needs no other to
/// stand still; the database keeps the caps.
enum AccountTable {
    private static let insert = Statement(
        """
        INSERT INTO accounts
            (number, owner, role, currency, net_debit_cap, debits_posted, credits_posted, debits_held, credits_held)
        SELECT * FROM unnest(\(ColumnText.arrays(new.map(\.type))))
        """
    )
    private static let update = Statement(
        """
        UPDATE accounts AS t SET
            net_debit_cap = CASE WHEN u.moves_cap THEN u.net_debit_cap ELSE t.net_debit_cap END,
            debits_posted = t.debits_posted + u.debits_posted, credits_posted = t.credits_posted + u.credits_posted,
            debits_held = t.debits_held + u.debits_held, credits_held = t.credits_held + u.credits_held
        FROM unnest($1::int4[], $2::bool[], $3::int8[], $4::int8[], $5::int8[], $6::int8[], $7::int8[])
            AS u(number, moves_cap, net_debit_cap, debits_posted, credits_posted, debits_held, credits_held)
        WHERE t.number = u.number
        """
    )

    private static let new: [Column<Account>] = [
        Column("number", .int4) { $0.add($1.id) },
        Column("owner", .int4) { $0.add($1.id.owner) },
        Column("role", .int2) { $0.add($1.id.role) },
        Column("currency", .int2) { $0.add($1.id.currency) },
        Column("net_debit_cap", .int8) { $0.add($1.netDebitCapMinorUnits) },
        Column("debits_posted", .int8) { $0.add($1.debitsPosted) },
        Column("credits_posted", .int8) { $0.add($1.creditsPosted) },
        Column("debits_held", .int8) { $0.add($1.debitsHeld) },
        Column("credits_held", .int8) { $0.add($1.creditsHeld) },
    ]

    /// How an account moves in a commit.
    private struct Move {
        let account: Account
        let before: Account
    }

    private static let moved: [Column<Move>] = [
        Column("number", .int4) { $0.add($1.account.id) },
        Column("moves_cap", .bool) { $0.add($1.account.netDebitCapMinorUnits != $1.before.netDebitCapMinorUnits) },
        Column("net_debit_cap", .int8) { $0.add($1.account.netDebitCapMinorUnits) },
        Column("debits_posted", .int8) { $0.add($1.account.debitsPosted &- $1.before.debitsPosted) },
        Column("credits_posted", .int8) { $0.add($1.account.creditsPosted &- $1.before.creditsPosted) },
        Column("debits_held", .int8) { $0.add($1.account.debitsHeld &- $1.before.debitsHeld) },
        Column("credits_held", .int8) { $0.add($1.account.creditsHeld &- $1.before.creditsHeld) },
    ]

    /// Adds accounts that are opened.
    static func open(_ changes: [RecordTable<AccountID, Account>.Change], in commit: inout CommitCommands)
        throws(StoreError)
    {
        var opened: [Account] = []
        for change in changes {
            guard let account = change.row else { throw .brokenRule("An account is never removed") }
            if change.isNew { opened.append(account) }
        }
        let twice = StoreError.brokenRule("An account is opened once")
        commit.add(insert, touching: opened.count, otherwise: twice) { $0.add(new, of: opened) }
    }

    /// Adds what moves on accounts that are open; to be done under the journal's lock.
    static func move(_ changes: [RecordTable<AccountID, Account>.Change], in commit: inout CommitCommands) {
        let moves = changes.compactMap { change -> Move? in
            guard let account = change.row, let before = change.stored else { return nil }
            return Move(account: account, before: before)
        }
        let missing = StoreError.brokenRule("A line names accounts that have been opened")
        commit.add(update, touching: moves.count, otherwise: missing) { $0.add(moved, of: moves) }
    }
}

extension Query where Row == Account {
    static let accounts = Query(
        "number, net_debit_cap, debits_posted, credits_posted, debits_held, credits_held",
        from: "accounts"
    ) { columns, names throws(StoreError) in
        Account(
            id: try names.account(columns.int64()),
            netDebitCapMinorUnits: columns.optionalInt64(),
            debitsPosted: columns.int64(),
            creditsPosted: columns.int64(),
            debitsHeld: columns.int64(),
            creditsHeld: columns.int64()
        )
    }
}

extension Lookup where Key == AccountID, Row == Account {
    static let accounts = Lookup(
        .accounts,
        by: [Column("number", .int4) { $0.add($1) }],
        matching: ["number"]
    ) { $0.id }
}

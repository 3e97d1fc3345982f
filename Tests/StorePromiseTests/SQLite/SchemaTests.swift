import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaSQLite

/// The database itself refuses what must not be, whoever asks.
@Suite struct SchemaTests {
    private let fixture: SQLiteFixture

    init() throws {
        fixture = try SQLiteFixture()
        try RandomTraffic(store: fixture.store, seed: 7).run(groups: 40)
        fixture.close()
    }

    private static let refused = [
        "UPDATE journal SET minor_units = minor_units + 1",
        "UPDATE journal SET at = 0 WHERE position = 1",
        "DELETE FROM journal WHERE position = 1",
        "DELETE FROM journal",
        "INSERT OR REPLACE INTO journal SELECT position, transaction_id, 9, 1, debit, credit, 1, 0 FROM journal LIMIT 1",
        "UPDATE journal_ends SET kind = 4",
        "DELETE FROM journal_ends",
        "UPDATE journal_groups SET digest = zeroblob(32)",
        "DELETE FROM journal_groups",
        // A second opening of a leg, a second end of a hold, the end of what is no hold.
        "INSERT INTO journal SELECT 100000, transaction_id, leg, kind, debit, credit, minor_units, at FROM journal LIMIT 1",
        "INSERT INTO journal_ends SELECT 100000, opening, 4, at FROM journal_ends LIMIT 1",
        "INSERT INTO journal_ends SELECT 100000, position, 3, at FROM journal WHERE kind = 1 LIMIT 1",
        // A line that moves nothing, between currencies, or from nowhere.
        "INSERT INTO journal SELECT 100000, zeroblob(16), 1, 1, debit, credit, 0, at FROM journal LIMIT 1",
        "INSERT INTO journal SELECT 100000, zeroblob(16), 1, 1, debit, debit, 1, at FROM journal LIMIT 1",
        """
        INSERT INTO journal SELECT 100000, zeroblob(16), 1, 1, debit, (SELECT number FROM accounts
            WHERE currency <> journal.debit % 1000), 1, at FROM journal LIMIT 1
        """,
        "INSERT INTO journal SELECT 100000, zeroblob(16), 1, 1, debit, 999999000 + debit % 1000, 1, at FROM journal LIMIT 1",
        "INSERT INTO journal SELECT 100000, x'00', 1, 1, debit, credit, 1, at FROM journal LIMIT 1",
        "UPDATE accounts SET debits_posted = -1",
        "UPDATE accounts SET currency = 840 WHERE currency = 392",
        "UPDATE accounts SET debits_held = net_debit_cap + credits_posted - debits_posted + 1",
        "DELETE FROM accounts WHERE number = (SELECT debit FROM journal LIMIT 1)",
        "DELETE FROM participants",
        "DELETE FROM quotes WHERE number = (SELECT quote FROM payments LIMIT 1)",
        "UPDATE payments SET state = 99",
        "UPDATE payments SET quote = (SELECT quote FROM payments LIMIT 1)",
        "UPDATE payments SET refund_parts = 1, refunded_by_merchant = 1 << 60",
        "INSERT INTO uetrs SELECT uetr, id FROM payments LIMIT 1",
        "UPDATE payments SET submitted_at = 'yesterday'",
        "INSERT INTO messages SELECT zeroblob(16), 1, 1, NULL, NULL, zeroblob(16), NULL, NULL, 1, 1, 1, 1, 1",
    ]

    @Test(arguments: refused)
    func refuses(sql: String) throws {
        let connection = try Connection.writing(to: fixture.path, .impatient)
        let error = #expect(throws: StoreError.self) { try connection.execute(sql) }
        #expect(error?.code == .constraint)
        try fixture.reopen()
        #expect(try fixture.audit().violations == [])
    }

    /// Whoever has the file at hand, and forgets that it is not his to change.
    @Test(
        arguments: [
            "UPDATE audit_log SET person = 'nobody'", "DELETE FROM audit_log", "DELETE FROM audit_log WHERE at = 2",
            "UPDATE shop_freezes SET lifted_by = frozen_by, lifted_at = 1, lift_reason = 'x'",
            "UPDATE shop_freezes SET lifted_by = 'yuki'",
        ]
    )
    func theLogsRowsAreKept(sql: String) throws {
        let connection = try Connection.writing(to: fixture.path, .impatient)
        try connection.execute(
            """
            INSERT INTO audit_log VALUES (zeroblob(16), 2, 'sokha', 1, NULL, NULL);
            INSERT INTO shop_freezes SELECT id, 'sokha', 1, 'x', NULL, NULL, NULL FROM merchants LIMIT 1;
            """
        )
        let error = #expect(throws: StoreError.self) { try connection.execute(sql) }
        #expect(error?.code == .constraint)
    }

    @Test func everyReferenceHolds() throws {
        let connection = try Connection.reading(from: fixture.path)
        #expect(try connection.number("SELECT count(*) FROM pragma_foreign_key_check") == 0)
        #expect(try connection.text("PRAGMA integrity_check") == "ok")
    }

    /// Values that the checks would refuse, as a damaged or forged file has them, are reported and not trusted.
    @Test(
        arguments: [
            ("UPDATE payments SET state = 99", "a number for PaymentState"),
            ("UPDATE quotes SET payer_currency = 1", "a currency"),
            ("UPDATE quotes SET rate_decimals = 11", "a rate"),
            ("UPDATE payments SET reason = 'bad mood'", "a reason"),
            ("UPDATE payments SET merchant = x'00'", "an id"),
            ("UPDATE parties SET payer_name = CAST(x'FF' AS TEXT)", "a text"),
            ("UPDATE parties SET merchant_key = 'cash'", "a shop's key"),
            ("UPDATE participants SET country = 'XX'", "a country"),
            ("UPDATE institutions SET id = 'Not an id' WHERE number = (SELECT issuer FROM payments)", "an institution"),
            ("UPDATE payments SET issuer = 4711", "an institution"),
            ("UPDATE refunds SET reason = 'WHY'", "a refund's reason"),
            ("UPDATE journal SET debit = 4711", "an account"),
        ]
    )
    func reportsWhatMakesNoSense(sql: String, words: String) throws {
        let connection = try Connection(path: fixture.path, for: .writing)
        try connection.execute(
            "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; DROP TRIGGER journal_is_not_changed; \(sql)"
        )
        let store = try SQLiteStore(readingOnly: fixture.path, digester: OpenSSLDigester())
        let error = #expect(throws: StoreError.self) {
            try store.read { reader throws(StoreError) in try readAll(reader) }
        }
        #expect(error?.code == .corrupt)
        #expect(error?.message.contains(words) == true, "\(String(describing: error))")
    }

    private func readAll(_ reader: any StoreReader) throws(StoreError) {
        _ = try reader.participants()
        for number in try Connection.reading(from: fixture.path).ids(of: "payments") {
            let payment = try reader.payment(PaymentID(number))
            _ = try reader.parties(of: PaymentID(number))
            if let payment { _ = try reader.quote(payment.quote) }
            _ = try reader.refunds(of: PaymentID(number))
        }
        var audit = Audit()
        try reader.audit(&audit)
    }
}

extension Connection {
    fileprivate func ids(of table: String) throws(StoreError) -> [UniqueID] {
        try prepare("SELECT id FROM \(table)").all { columns throws(StoreError) in try columns.uniqueID() }
    }
}

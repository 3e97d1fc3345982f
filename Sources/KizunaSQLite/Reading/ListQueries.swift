import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Lists for pages and the API.
final class ListQueries {
    private let institutions: Institutions
    private let selectRefunds: Statement
    private let selectMerchant: Statement
    private let selectMerchants: Statement
    private let selectParticipants: Statement
    private let selectAccounts: Statement
    private let selectOwnAccounts: Statement
    private let selectKeys: Statement
    private let rates: RateTable
    private let fees: FeeRuleTable
    private let rests: RoundingRestTable
    private let selectPairs: Statement
    private let selectOpenCases: Statement

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        selectRefunds = try connection.prepare(
            "SELECT \(Refund.columnList) FROM refunds WHERE payment = ? ORDER BY part"
        )
        selectMerchant = try connection.prepare("SELECT \(Merchant.columnList) FROM merchants WHERE id = ?")
        selectMerchants = try connection.prepare(
            "SELECT \(Merchant.columnList) FROM merchants WHERE acquirer = ? AND id > ? ORDER BY id LIMIT ?"
        )
        selectParticipants = try connection.prepare(
            """
            SELECT \(Participant.columnList) FROM participants JOIN institutions USING (number)
            ORDER BY institutions.id
            """
        )
        selectAccounts = try connection.prepare("SELECT \(Account.columnList) FROM accounts")
        selectOwnAccounts = try connection.prepare("SELECT \(Account.columnList) FROM accounts WHERE owner = ?")
        selectKeys = try connection.prepare(
            "SELECT \(APIKey.columnList) FROM api_keys ORDER BY id"
        )
        rates = try RateTable(connection, institutions)
        fees = try FeeRuleTable(connection, institutions)
        rests = try RoundingRestTable(connection, institutions)
        selectPairs = try connection.prepare("SELECT DISTINCT payer_currency, merchant_currency FROM rates")
        selectOpenCases = try connection.prepare(
            """
            SELECT \(ExceptionCase.columnList) FROM exception_cases
            WHERE closed_at IS NULL AND payment > ? ORDER BY payment LIMIT ?
            """
        )
    }

    func openExceptionCases(after: PaymentID?, limit: Int) throws(StoreError) -> [ExceptionCase] {
        try selectOpenCases.all({
            if let after { $0.add(after) } else { $0.add([] as [UInt8]) }
            $0.add(max(0, limit))
        }) { columns throws(StoreError) in try ExceptionCase(&columns) }
    }

    func refunds(of payment: PaymentID) throws(StoreError) -> [Refund] {
        try selectRefunds.all({ $0.add(payment) }) { columns throws(StoreError) in
            try Refund(&columns, institutions)
        }
    }

    func merchant(_ id: MerchantID) throws(StoreError) -> Merchant? {
        try selectMerchant.first({ $0.add(id) }) { columns throws(StoreError) in try Merchant(&columns, institutions) }
    }

    func merchants(
        of acquirer: ParticipantID,
        after: MerchantID?,
        limit: Int
    ) throws(StoreError) -> [Merchant] {
        guard let acquirer = try institutions.number(acquirer) else { return [] }
        return try selectMerchants.all({
            $0.add(acquirer)
            // Every id is behind no bytes at all.
            if let after { $0.add(after) } else { $0.add([] as [UInt8]) }
            $0.add(max(0, limit))
        }) { columns throws(StoreError) in try Merchant(&columns, institutions) }
    }

    func participants() throws(StoreError) -> [Participant] {
        try selectParticipants.all { columns throws(StoreError) in try Participant(&columns, institutions) }
    }

    func accounts(of owner: ParticipantID?) throws(StoreError) -> [Account] {
        let accounts: [Account]
        if let owner {
            guard let number = try institutions.number(owner) else { return [] }
            accounts = try selectOwnAccounts.all({ $0.add(number) }) { columns throws(StoreError) in
                try Account(&columns, institutions)
            }
        } else {
            accounts = try selectAccounts.all { columns throws(StoreError) in try Account(&columns, institutions) }
        }
        return accounts.sorted { $0.id < $1.id }
    }

    func apiKeys() throws(StoreError) -> [APIKey] {
        try selectKeys.all { columns throws(StoreError) in try APIKey(&columns, institutions) }
    }

    func rateBoards() throws(StoreError) -> [RateBoard] {
        let pairs = try selectPairs.all { columns throws(StoreError) in
            CurrencyPair(payer: try columns.currency(), merchant: try columns.currency())
        }
        var boards: [RateBoard] = []
        for pair in pairs.sorted(by: { ($0.payer, $0.merchant) < ($1.payer, $1.merchant) }) {
            if let board = try rates.board(pair) { boards.append(board) }
        }
        return boards
    }

    func roundingRests(of provider: ParticipantID) throws(StoreError) -> [RoundingRest] {
        try rests.rests(of: provider).sorted { $0.key.currency < $1.key.currency }
    }

    func feeTables() throws(StoreError) -> [FeeTable] {
        var tables: [FeeTable] = []
        for corridor in Corridor.all {
            if let table = try fees.table(corridor.id) { tables.append(table) }
        }
        return tables
    }
}

import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaQR
import KizunaSwitch

/// The questions of the facade: what became of a code, or of a payment that is known by one of its names.
struct BakongDesk: Sendable {
    let engine: Switch
    let settings: BakongSettings

    init(_ engine: Switch, settings: BakongSettings) {
        self.engine = engine
        self.settings = settings
    }

    var operations: [BakongOperation] {
        [
            check("md5") { body throws(BakongError) in .md5(try BakongBody.text(body, "md5", longest: 255)) },
            check("hash") { body throws(BakongError) in .hash(try BakongBody.text(body, "hash", longest: 255)) },
            check("short_hash") { body throws(BakongError) in .shortHash(try ShortHash(body)) },
            check("instruction_ref") { body throws(BakongError) in
                .instruction(try BakongBody.text(body, "instructionRef", longest: 255))
            },
            check("external_ref") { body throws(BakongError) in
                .payment(try BakongBody.text(body, "externalRef", longest: 255))
            },
            list("md5", under: "md5List") { .md5($0) },
            list("hash", under: "hashList") { .hash($0) },
        ]
            + ["check_bakong_account", "check_account_exist", "check_account_by_id"].map { name in
                BakongOperation(name, .optionalToken) { body throws(BakongError) in try checkAccount(body) }
            }
    }

    // MARK: One payment

    private func check(
        _ name: String,
        _ read: @escaping @Sendable (JSON) throws(BakongError) -> BakongQuestion
    ) -> BakongOperation {
        BakongOperation("check_transaction_by_\(name)") { body throws(BakongError) in
            switch try answers(to: [try read(body)])[0] {
            case .paid(let facts): return BakongAnswer(message: BakongDesk.found, data: json(facts))
            case .notFound: throw .notFound
            case .failed: throw .failed
            case .reusable: throw .staticCode
            }
        }
    }

    private static let found = "Getting transaction successfully."

    /// Where each stands, all at one moment.
    private func answers(to questions: [BakongQuestion]) throws(BakongError) -> [BakongStanding] {
        try read { reader throws(StoreError) in
            var standings: [BakongStanding] = []
            for question in questions { standings.append(try reader.standing(of: question, digester: engine.digester)) }
            return standings
        }
    }

    // MARK: Lists

    private func list(
        _ name: String,
        under longName: String,
        _ question: @escaping @Sendable (String) -> BakongQuestion
    ) -> BakongOperation {
        BakongOperation("check_transaction_by_\(name)_list") { body throws(BakongError) in
            let texts = try BakongBody.list(body, longName, name)
            let standings = try answers(to: texts.map(question))
            let entries = zip(texts, standings).map { entry(name, $0, $1) }
            return BakongAnswer(message: "Getting transaction data successfully.", data: .array(entries))
        }
    }

    /// Some clients read `data`, others `transaction`.
    private func entry(_ name: String, _ question: String, _ standing: BakongStanding) -> JSON {
        let (status, message, data): (String, String, JSON) =
            switch standing {
            case .paid(let facts): ("SUCCESS", BakongDesk.found, json(facts))
            case .notFound: ("NOT_FOUND", BakongError.notFound.message, .null)
            case .failed: ("FAILED", BakongError.failed.message, .null)
            case .reusable: ("STATIC_QR", BakongError.staticCode.message, .null)
            }
        return .object([
            JSON.Member(name: name, value: .string(question)), JSON.Member(name: "status", value: .string(status)),
            JSON.Member(name: "message", value: .string(message)), JSON.Member(name: "data", value: data),
            JSON.Member(name: "transaction", value: data),
        ])
    }

    // MARK: Accounts

    private static let shortestAccount = 3

    private func checkAccount(_ body: JSON) throws(BakongError) -> BakongAnswer {
        let text = try BakongBody.text(body, "accountId", longest: 255)
        guard text.utf8.count >= BakongDesk.shortestAccount, let account = BakongAccount(text) else {
            throw .accountInvalid
        }
        let isKnown = try read { reader throws(StoreError) in
            try reader.hasMerchant(bakongAccount: account.description)
        }
        guard isKnown else { throw .accountNotFound }
        return BakongAnswer(message: "Account ID exists")
    }

    func read<Answer>(_ body: (any StoreReader) throws(StoreError) -> Answer) throws(BakongError) -> Answer {
        do throws(StoreError) { return try engine.store.read(body) } catch { throw .serverUnavailable }
    }

    private func json(_ facts: BakongFacts) -> JSON {
        facts.json(settlementAccount: settings.settlementAccount, digester: engine.digester)
    }
}

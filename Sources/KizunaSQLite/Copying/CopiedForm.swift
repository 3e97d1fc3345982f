import KizunaSwitch

/// How a table that is copied stands in this database: what its columns are read as, and what adds a row.
///
/// Most tables stand here as they are copied. A quote has a number here, by which others name it; an answer's parts
/// share columns; a hold's end names its opening.
struct CopiedForm {
    let select: String
    /// Each runs once for every row; the row's values are its parameters, in the order of the table's columns.
    let insertions: [String]

    init(of table: CopiedTable) {
        let source = table.name == "journal" ? "journal_lines" : table.name
        let columns = table.columns.map { CopiedForm.reading[table.name]?[$0.name] ?? $0.name }
        let order = table.order.isEmpty ? "" : " ORDER BY \(table.order.joined(separator: ", "))"
        select = "SELECT \(columns.joined(separator: ", ")) FROM \(source)\(order)"
        insertions = CopiedForm.insertions(into: table)
    }

    /// What stands here in another form, read as it is copied.
    private static let reading: [String: [String: String]] = [
        "payments": ["quote": "(SELECT id FROM quotes WHERE number = payments.quote)"],
        "bridges": ["quote": "(SELECT id FROM quotes WHERE number = bridges.quote)"],
        "idempotency": [
            "answer_id": "iif(typeof(answer) = 'blob', answer, NULL)",
            "answer_text": """
            CASE WHEN answer_kind IN (\(kindsWithTextInDetail)) THEN detail
                WHEN typeof(answer) <> 'blob' THEN CAST(answer AS TEXT) END
            """,
            "detail": "iif(answer_kind IN (\(kindsWithTextInDetail)), NULL, detail)",
        ],
    ]

    /// Events of disputes and webhooks: their answers are an id and a number.
    private static let kindsWithTextInDetail = "10, 20"
    /// Rates that were published: their answer is a number.
    private static let kindWithNumber = 6

    private static func insertions(into table: CopiedTable) -> [String] {
        let names = table.columns.map(\.name)
        func value(_ column: String) -> String { table.place(of: column).map { "?\($0 + 1)" } ?? "NULL" }
        /// - Parameter form: the columns that are called otherwise here or hold something else.
        func insertion(_ form: [String: (column: String, value: String)], leavingOut: Set<String> = []) -> String {
            let kept = names.filter { !leavingOut.contains($0) }.map { form[$0] ?? ($0, value($0)) }
            let (columns, values) = (kept.map(\.column), kept.map(\.value))
            return """
                INSERT INTO \(table.name) (\(columns.joined(separator: ", "))) VALUES (\(values.joined(separator: ", ")))
                """
        }
        switch table.name {
        case "payments", "bridges":
            return [insertion(["quote": ("quote", "(SELECT number FROM quotes WHERE id = \(value("quote")))")])]
        case "payment_counts":
            return [insertion([:]) + " ON CONFLICT (state) DO UPDATE SET payments = excluded.payments"]
        case "idempotency":
            let answer = """
                CASE WHEN \(value("answer_id")) IS NOT NULL THEN \(value("answer_id"))
                    WHEN \(value("answer_kind")) = \(kindWithNumber) THEN CAST(\(value("answer_text")) AS INTEGER)
                    ELSE \(value("answer_text")) END
                """
            let detail = """
                iif(\(value("answer_kind")) IN (\(kindsWithTextInDetail)), \(value("answer_text")), \(value("detail")))
                """
            return [
                insertion(["answer_id": ("answer", answer), "detail": ("detail", detail)], leavingOut: ["answer_text"])
            ]
        case "journal": return journalInsertions(value)
        default: return [insertion([:])]
        }
    }

    /// One line comes to one of two tables.
    private static func journalInsertions(_ value: (String) -> String) -> [String] {
        let columns = ["position", "transaction_id", "leg", "kind", "debit", "credit", "minor_units", "at"]
        return [
            """
            INSERT INTO journal (\(columns.joined(separator: ", ")))
            SELECT \(columns.map(value).joined(separator: ", ")) WHERE \(value("kind")) <= 2
            """,
            """
            INSERT INTO journal_ends (position, opening, kind, at)
            SELECT \(value("position")),
                (SELECT position FROM journal WHERE transaction_id = \(value("transaction_id")) AND leg = \(value("leg"))),
                \(value("kind")), \(value("at"))
            WHERE \(value("kind")) > 2
            """,
        ]
    }
}

import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// Lines of the tariffs as comma-separated values (RFC 4180, without quotation marks: no field needs any).
enum FeeFile {
    /// As many bytes as two full tariffs of long lines have.
    static let largestBytes = 1 << 20

    static let columns = [
        "kind", "payer_country", "merchant_country", "participant", "currency", "categories", "from", "from_currency",
        "basis_points", "flat", "effective_from",
    ]

    /// Reads a file with its header.
    ///
    /// - Throws: ``Refusal`` that names the line, the column, and what would be right.
    static func read(_ bytes: [UInt8]) throws -> [RecordFee] {
        guard bytes.count <= largestBytes else {
            throw Refusal(.limitExceeded, "the file has more than \(largestBytes) bytes")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Refusal(.missingData, "the file is not UTF-8")
        }
        let body = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
        let lines = body.split(omittingEmptySubsequences: false) { $0.isNewline }
        guard let header = lines.first, header.split(separator: ",").map(String.init) == columns else {
            throw Refusal(.missingData, "line 1: the header must be \(columns.joined(separator: ","))")
        }
        return try lines.enumerated().dropFirst().filter { !$0.element.isEmpty }.map { place, line in
            try FeeLine(line, number: place + 1).fee()
        }
    }

    /// Writes tariffs so that ``read(_:)`` gives the same lines again.
    static func write(_ tables: [FeeTable]) -> String {
        let lines = tables.flatMap { table in table.rules.map { write($0, of: table.corridor) } }
        return ([columns.joined(separator: ",")] + lines).map { $0 + "\n" }.joined()
    }

    private static func write(_ rule: FeeRule, of corridor: CorridorID) -> String {
        let scope = rule.scope
        return [
            scope.kind.name, corridor.payer.rawValue, corridor.merchant.rawValue, scope.participant?.description ?? "",
            scope.currency?.code ?? "", scope.categories.map(text) ?? "", scope.from?.majorUnits ?? "",
            scope.from?.currency.code ?? "", rule.terms.map { String($0.basisPoints) } ?? "none",
            rule.terms?.flat?.majorUnits ?? "", rule.effectiveFrom.rfc3339,
        ].joined(separator: ",")
    }

    private static func text(_ categories: ClosedRange<Int>) -> String {
        let code = { (number: Int) in String(String(10_000 + number).dropFirst()) }
        return categories.count == 1
            ? code(categories.lowerBound) : "\(code(categories.lowerBound))-\(code(categories.upperBound))"
    }
}

/// One line of a file, or the flags of `kizuna fees set` as one.
struct FeeLine {
    private let fields: [String]
    private let number: Int

    init(_ line: some StringProtocol, number: Int) throws {
        fields = String(line).split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
        self.number = number
        guard fields.count == FeeFile.columns.count else {
            throw Refusal(
                .missingData,
                "line \(number): there are \(fields.count) fields where \(FeeFile.columns.count) belong"
            )
        }
    }

    func fee() throws -> RecordFee {
        guard let kind = FeeRule.Kind(name: fields[0]) else {
            let names = FeeRule.Kind.allCases.map(\.name).joined(separator: ", ")
            throw wrong(0, "must be one of \(names)")
        }
        let corridor = CorridorID(payer: try country(1), merchant: try country(2))
        guard corridor.payer != corridor.merchant else { throw wrong(2, "must be the other country") }
        let currency = try currency(4)
        let scope = FeeRule.Scope(
            kind,
            participant: try participant(3),
            currency: currency,
            categories: try categories(5),
            from: try amount(6, in: try self.currency(7), named: 7)
        )
        return RecordFee(
            corridor: corridor,
            scope: scope,
            terms: try terms(in: currency),
            effectiveFrom: try moment(10),
            line: number
        )
    }

    private func terms(in currency: Currency?) throws -> FeeTerms? {
        guard fields[8] != "none" else {
            guard fields[9].isEmpty else { throw wrong(9, "must be empty where basis_points is none") }
            return nil
        }
        guard let basisPoints = Int64(fields[8]), 0...FeeTerms.largestBasisPoints ~= basisPoints else {
            throw wrong(8, "must be 0 to \(FeeTerms.largestBasisPoints), or none")
        }
        return FeeTerms(basisPoints: basisPoints, flat: try amount(9, in: currency, named: 4))
    }

    private func country(_ column: Int) throws -> Country {
        guard let country = Country(rawValue: fields[column]) else { throw wrong(column, "must be KH or JP") }
        return country
    }

    private func participant(_ column: Int) throws -> ParticipantID? {
        guard !fields[column].isEmpty else { return nil }
        guard let id = ParticipantID(fields[column]) else { throw wrong(column, "must be a participant's id or empty") }
        return id
    }

    private func currency(_ column: Int) throws -> Currency? {
        guard !fields[column].isEmpty else { return nil }
        guard let currency = Currency(code: fields[column]) else {
            throw wrong(column, "must be a currency such as JPY, or empty")
        }
        return currency
    }

    private func categories(_ column: Int) throws -> ClosedRange<Int>? {
        guard !fields[column].isEmpty else { return nil }
        let ends = fields[column].split(separator: "-", omittingEmptySubsequences: false)
        let codes = ends.compactMap { $0.utf8.count == 4 ? Int($0) : nil }.filter { 0...9_999 ~= $0 }
        guard 1...2 ~= ends.count, codes.count == ends.count, let first = codes.first, let last = codes.last,
            first <= last
        else { throw wrong(column, "must be a category such as 5812, a range such as 5811-5814, or empty") }
        return first...last
    }

    private func amount(_ column: Int, in currency: Currency?, named currencyColumn: Int) throws -> Money? {
        guard !fields[column].isEmpty else { return nil }
        guard let currency else {
            throw wrong(currencyColumn, "must name the currency of \(FeeFile.columns[column])")
        }
        guard let money = try? Money(majorUnits: fields[column], currency: currency), money.isPositive, money.isPayable
        else { throw wrong(column, "must be an amount of \(currency) above zero, or empty") }
        return money
    }

    private func moment(_ column: Int) throws -> Timestamp? {
        guard !fields[column].isEmpty else { return nil }
        guard let moment = Timestamp(rfc3339: fields[column]) else {
            throw wrong(column, "must be a time in UTC such as 2027-01-01T00:00:00Z, or empty for now")
        }
        return moment
    }

    private func wrong(_ column: Int, _ sentence: String) -> Refusal {
        Refusal(.missingData, "line \(number), column \(column + 1): \(FeeFile.columns[column]) \(sentence)")
    }
}

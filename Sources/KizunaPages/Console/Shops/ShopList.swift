import KizunaLedger
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// A file of shops, line by line: what each registers, or what is wrong with it. The checks are those of
/// `POST /v1/merchants`, whose members the columns are.
struct ShopList: Sendable {
    /// A column of the file.
    enum Column: String, CaseIterable, Sendable {
        case scheme, account, merchantId, storeId, level2, level3, level4
        case name, localName, city, categoryCode, acceptsForeignPayers

        /// Whether it is a member of the object `code`.
        fileprivate var isOfCode: Bool {
            switch self {
            case .scheme, .account, .merchantId, .storeId, .level2, .level3, .level4: true
            case .name, .localName, .city, .categoryCode, .acceptsForeignPayers: false
            }
        }

        /// Whether every shop has it, whichever scheme its codes are of.
        fileprivate var isOfEveryShop: Bool {
            switch self {
            case .scheme, .name, .city, .categoryCode, .acceptsForeignPayers: true
            case .account, .merchantId, .storeId, .level2, .level3, .level4, .localName: false
            }
        }
    }

    /// What is wrong with a file, where, and what stands there.
    struct Fault: Error, Hashable {
        enum Kind: Sendable, Hashable {
            case notUTF8
            case quote
            case tooLong(bytes: Int)
            case tooMany(shops: Int)
            case noShops
            case unknownColumn
            case columnTwice
            case columnMissing
            case fieldCount(Int, expected: Int)
            /// The field must be there.
            case missing
            /// The field is not as its column must be.
            case invalid
            /// The other scheme's codes have that.
            case ofOtherScheme
            /// The same shop stands in an earlier line.
            case repeated(line: Int)
            case otherCountry
            case otherBank
        }

        let kind: Kind
        /// Counted from 1; `nil` for the whole file.
        var line: Int?
        var column: String?
        var found: String?
    }

    /// A shop that the file names, and what would become of it.
    struct Entry: Sendable {
        enum Standing: Sendable, Hashable { case added, changed, unchanged }

        let line: Int
        let shop: RegisterMerchant
        var standing = Standing.added
    }

    /// More than as many shops with long names have.
    static let mostBytes = 128 * 1_024

    private(set) var entries: [Entry] = []
    private(set) var faults: [Fault] = []

    /// Reads a file; every line that is wrong is told with its first fault.
    init(_ bytes: [UInt8]) {
        do throws(Fault) {
            try read(ShopList.rows(bytes))
        } catch {
            faults.append(error)
        }
    }

    private static func rows(_ bytes: [UInt8]) throws(Fault) -> [CommaSeparated.Row] {
        guard bytes.count <= mostBytes else { throw Fault(kind: .tooLong(bytes: mostBytes)) }
        do throws(CommaSeparated.Fault) {
            return try CommaSeparated(bytes, most: ImportShops.most + 1).rows
        } catch {
            switch error {
            case .notUTF8: throw Fault(kind: .notUTF8)
            case .quote(let line): throw Fault(kind: .quote, line: line)
            case .tooMany: throw Fault(kind: .tooMany(shops: ImportShops.most))
            }
        }
    }

    private mutating func read(_ rows: [CommaSeparated.Row]) throws(Fault) {
        guard let header = rows.first else { throw Fault(kind: .noShops) }
        guard let columns = readHeader(header) else { return }
        for row in rows.dropFirst() { read(row, columns) }
        guard !entries.isEmpty || !faults.isEmpty else { throw Fault(kind: .noShops) }
        findRepeats()
    }

    private mutating func refuse(
        _ kind: Fault.Kind,
        _ line: Int? = nil,
        _ column: String? = nil,
        _ found: String? = nil
    ) {
        faults.append(Fault(kind: kind, line: line, column: column, found: found))
    }

    /// What the columns are; `nil` when the header is wrong.
    private mutating func readHeader(_ header: CommaSeparated.Row) -> [Column]? {
        var columns: [Column] = []
        for name in header.fields {
            guard let column = Column(rawValue: name) else {
                refuse(.unknownColumn, header.line, nil, name)
                continue
            }
            if columns.contains(column) { refuse(.columnTwice, header.line, name) }
            columns.append(column)
        }
        for column in Column.allCases where column.isOfEveryShop && !columns.contains(column) {
            refuse(.columnMissing, header.line, column.rawValue)
        }
        return faults.isEmpty ? columns : nil
    }

    private mutating func read(_ row: CommaSeparated.Row, _ columns: [Column]) {
        guard row.fields.count == columns.count else {
            return refuse(.fieldCount(row.fields.count, expected: columns.count), row.line)
        }
        let fields = zip(columns, row.fields).filter { !$0.1.isEmpty }
        do throws(Problem) {
            entries.append(Entry(line: row.line, shop: try RegisterMerchant(ShopList.request(fields))))
        } catch {
            let column = error.lastName
            let kind: Fault.Kind =
                switch error.code {
                case .refusal(.missingData): .missing
                case .request(.unknownField): .ofOtherScheme
                default: .invalid
                }
            refuse(kind, row.line, column, fields.first { $0.0.rawValue == column }?.1)
        }
    }

    /// The body that an acquirer would send.
    private static func request(_ fields: [(Column, String)]) -> JSON {
        let members = { (isOfCode: Bool) in
            fields.filter { $0.0.isOfCode == isOfCode }.map { column, text in
                JSON.Member(name: column.rawValue, value: value(of: column, text))
            }
        }
        return .object([JSON.Member(name: "code", value: .object(members(true)))] + members(false))
    }

    private static func value(of column: Column, _ text: String) -> JSON {
        guard column == .acceptsForeignPayers, let truth = Bool(text) else { return .string(text) }
        return .bool(truth)
    }

    private mutating func findRepeats() {
        var lines: [MerchantKey: Int] = [:]
        for entry in entries {
            if let line = lines[entry.shop.key] {
                refuse(.repeated(line: line), entry.line, nil, entry.shop.key.text)
            } else {
                lines[entry.shop.key] = entry.line
            }
        }
    }

    /// Finds out what would become of each shop, were an acquirer to register it.
    mutating func compare(for acquirer: Participant, _ reader: any StoreReader) throws(StoreError) {
        for place in entries.indices {
            let (line, shop) = (entries[place].line, entries[place].shop)
            guard shop.key.country == acquirer.country else {
                refuse(.otherCountry, line, nil, shop.key.text)
                continue
            }
            guard let known = try reader.merchant(shop.key) else { continue }
            guard known.acquirer == acquirer.id else {
                refuse(.otherBank, line, nil, shop.key.text)
                continue
            }
            entries[place].standing = shop.isKnown(as: known) ? .unchanged : .changed
        }
        faults.sort { ($0.line ?? 0) < ($1.line ?? 0) }
    }

    func count(_ standing: Entry.Standing) -> Int { entries.count(where: { $0.standing == standing }) }
}

extension Problem {
    /// The member that the fault is in.
    fileprivate var lastName: String? {
        guard case .pointer(let pointer) = place else { return nil }
        return pointer.split(separator: "/").last.map(String.init)
    }
}

extension RegisterMerchant {
    /// Whether a shop is known exactly so.
    fileprivate func isKnown(as known: Merchant) -> Bool {
        (name, localName, city, categoryCode) == (known.name, known.localName, known.city, known.categoryCode)
            && acceptsForeignPayers == known.acceptsForeignPayers
    }
}

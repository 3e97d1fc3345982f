import KizunaMoney
import KizunaQR

/// The flags of `kizuna qr encode khqr`.
enum KHQRFlags {
    private static let account = Flag("--account", "NAME@BANK", help: "the Bakong account to pay; needed")
    private static let information = Flag(
        "--account-information",
        "TEXT",
        help: "an individual's phone or account number"
    )
    private static let merchantID = Flag(
        "--merchant-id",
        "ID",
        help: "the merchant's number at its bank: makes a merchant's code"
    )
    private static let acquirer = Flag("--acquirer", "BANK", help: "the bank's name; a merchant's code needs it")
    private static let currency = Flag("--currency", "KHR|USD", help: "riel or US dollar; default KHR")
    private static let language = Flag("--language", "CODE", help: "the language of local script; default km")
    private static let cityLocal = Flag("--city-local", "TEXT", help: "the city in local script, at most 15 characters")
    private static let unionPay = Flag("--union-pay", "ACCOUNT", help: "a UnionPay account beside it, with riel only")
    private static let expiresIn = Flag(
        "--expires-in",
        "SECONDS",
        help: "how long a code with an amount lives; default 600"
    )
    private static let at = Flag("--at", "MS", help: "when the code is made, milliseconds since 1970; default now")

    /// The flags that say what the code says.
    static let draftFlags =
        [
            account, information, merchantID, acquirer, EncodeFlags.name, EncodeFlags.city, currency,
            EncodeFlags.amount, EncodeFlags.category,
        ] + EncodeFlags.additional.map(\.flag) + [language, EncodeFlags.nameLocal, cityLocal, unionPay, expiresIn, at]

    static let verb = Verb(
        "qr encode khqr",
        summary: "Writes a KHQR: static without an amount, dynamic with one.",
        flags: draftFlags + PictureFlags.all + [EncodeFlags.json],
        examples: [
            "kizuna qr encode khqr --account sok_dara@aclb --name 'Sok Dara' --terminal",
            "kizuna qr encode khqr --account kizuna_cafe@aclb --merchant-id KZN000123 \\\n"
                + "      --acquirer 'ACLEDA Bank Plc' --name 'Kizuna Cafe' --amount 12500 --bill '#A-77' --json",
        ]
    )

    /// How long a dynamic code lives unless it is said.
    private static let usualLifeSeconds: Int64 = 600
    /// The longest life that can be asked for: ten years.
    private static let longestLifeSeconds: Int64 = 10 * 365 * 86_400

    /// - Parameter now: when the code is made, unless `--at` says otherwise.
    static func draft(_ arguments: Arguments, now: Timestamp) throws(UsageError) -> KHQRDraft {
        guard let account = BakongAccount(try arguments.required(account)) else {
            throw arguments.error("--account takes name@bank, at most \(BakongAccount.longestCharacters) characters")
        }
        var draft = KHQRDraft(
            account: account,
            holder: try holder(arguments),
            name: try arguments.required(EncodeFlags.name)
        )
        if let city = arguments[EncodeFlags.city] { draft.city = city }
        if let category = arguments[EncodeFlags.category] { draft.category = category }
        let currency = try currency(arguments)
        draft.price = try EncodeFlags.amount(arguments, in: currency).map { .fixed($0) } ?? .payerTypes(currency)
        draft.unionPayAccount = arguments[unionPay]
        draft.additional = EncodeFlags.additional(arguments)
        draft.local = try local(arguments)
        draft.validity = try validity(arguments, now: now)
        return draft
    }

    private static func holder(_ arguments: Arguments) throws(UsageError) -> KHQR.Holder {
        guard let id = arguments[merchantID] else {
            return .individual(information: arguments[information], bank: arguments[acquirer])
        }
        guard !arguments.has(information) else {
            throw arguments.error(
                "--account-information goes with an individual's code, --merchant-id with a merchant's"
            )
        }
        return .merchant(id: id, bank: try arguments.required(acquirer))
    }

    private static func currency(_ arguments: Arguments) throws(UsageError) -> Currency {
        switch arguments[currency]?.uppercased() {
        case nil, "KHR", "116": return .khr
        case "USD", "840": return .usd
        default: throw arguments.error("--currency takes KHR or USD")
        }
    }

    private static func local(_ arguments: Arguments) throws(UsageError) -> KHQRDraft.LocalText? {
        guard let name = arguments[EncodeFlags.nameLocal] else {
            guard !arguments.has(language), !arguments.has(cityLocal) else {
                throw arguments.error("--language and --city-local go with --name-local")
            }
            return nil
        }
        return KHQRDraft.LocalText(language: arguments[language] ?? "km", name: name, city: arguments[cityLocal])
    }

    private static func validity(_ arguments: Arguments, now: Timestamp) throws(UsageError) -> KHQRDraft.Validity? {
        let at = try arguments.integer(at, in: 0...QRDecode.latestMilliseconds).map(Timestamp.init(milliseconds:))
        let life = try arguments.integer(expiresIn, in: 1...longestLifeSeconds)
        guard arguments.has(EncodeFlags.amount) else {
            guard life == nil else { throw arguments.error("--expires-in goes with --amount") }
            return nil
        }
        let created = at ?? now
        let milliseconds = created.milliseconds + (life ?? usualLifeSeconds) * 1_000
        return KHQRDraft.Validity(created: created, expires: Timestamp(milliseconds: milliseconds))
    }
}

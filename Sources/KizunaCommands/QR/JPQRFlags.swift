import KizunaMoney
import KizunaQR

/// The flags of `kizuna qr encode jpqr`.
enum JPQRFlags {
    private static let store = Flag(
        "--store-id",
        "ID",
        help: "the store identifier's first level, 13 characters; needed"
    )
    private static let level2 = Flag("--level2", "ID", help: "its second level, 4 characters; needed")
    private static let level3 = Flag("--level3", "ID", help: "its third level, 6 characters; needed")
    private static let level4 = Flag("--level4", "ID", help: "its fourth level, 6 characters; needed")
    private static let postal = Flag("--postal", "CODE", help: "the postal code, 7 digits; needed")

    /// The flags that say what the code says.
    static let draftFlags =
        [store, level2, level3, level4, EncodeFlags.name, EncodeFlags.city, postal, EncodeFlags.nameLocal]
        + [EncodeFlags.amount, EncodeFlags.category] + EncodeFlags.additional.map(\.flag)

    static let verb = Verb(
        "qr encode jpqr",
        summary: "Writes a Japanese store's code; name, city and local name are needed.",
        flags: draftFlags + PictureFlags.all + [EncodeFlags.json],
        examples: [
            "kizuna qr encode jpqr --store-id 0000000000001 --level2 0001 --level3 000001 \\\n"
                + "      --level4 000001 --name 'KIZUNA SHOTEN' --city CHIYODA-KU --postal 1000001 \\\n"
                + "      --name-local きずな商店 --png shop.png"
        ]
    )

    static func draft(_ arguments: Arguments) throws(UsageError) -> JPQRDraft {
        let identifier = StoreIdentifier(
            level1: try arguments.required(store),
            level2: try arguments.required(level2),
            level3: try arguments.required(level3),
            level4: try arguments.required(level4)
        )
        guard let identifier else {
            throw arguments.error("--store-id, --level2, --level3 and --level4 take 13, 4, 6 and 6 letters or digits")
        }
        var draft = JPQRDraft(
            store: identifier,
            name: try arguments.required(EncodeFlags.name),
            city: try arguments.required(EncodeFlags.city),
            postalCode: try arguments.required(postal),
            localName: try arguments.required(EncodeFlags.nameLocal)
        )
        if let category = arguments[EncodeFlags.category] { draft.category = category }
        draft.amount = try EncodeFlags.amount(arguments, in: .jpy)
        draft.additional = EncodeFlags.additional(arguments)
        return draft
    }
}

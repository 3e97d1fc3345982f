import KizunaPrint
import KizunaQR
import KizunaQRImage

/// `kizuna qr stand khqr|jpqr`: the sheet on the counter.
struct QRStand {
    let command: QRCommand

    private static let paper = Flag(
        "--paper",
        "a6|tent",
        help: "a card of A6, or an A4 sheet folded into a roof; default a6"
    )
    private static let svg = Flag("--svg", "F", help: "write it as SVG, which names its fonts")
    private static let pdf = Flag("--pdf", "F", help: "write it as PDF, which brings its letters")
    private static let flags = [paper, svg, pdf, PictureFlags.correction]

    static let khqr = Verb(
        "qr stand khqr",
        summary: "Prints a KHQR for the counter; --svg or --pdf is needed. The code is that of kizuna qr encode khqr.",
        flags: KHQRFlags.draftFlags + flags,
        examples: [
            "kizuna qr stand khqr --account sok_dara@aclb --name 'Sok Dara' --pdf stand.pdf",
            "kizuna qr stand khqr --account kizuna_cafe@aclb --merchant-id KZN000123 \\\n"
                + "      --acquirer 'ACLEDA Bank Plc' --name 'Kizuna Cafe' --name-local 'គីហ្សូណា កាហ្វេ' \\\n"
                + "      --city-local ភ្នំពេញ --paper tent --pdf tent.pdf --svg tent.svg",
        ]
    )

    static let jpqr = Verb(
        "qr stand jpqr",
        summary: "Prints a JPQR for the counter; --svg or --pdf is needed. The code is that of kizuna qr encode jpqr.",
        flags: JPQRFlags.draftFlags + flags,
        examples: [
            "kizuna qr stand jpqr --store-id 0000000000001 --level2 0001 --level3 000001 \\\n"
                + "      --level4 000001 --name 'KIZUNA SHOTEN' --city CHIYODA-KU --postal 1000001 \\\n"
                + "      --name-local きずな商店 --pdf stand.pdf"
        ]
    )

    func run(_ arguments: [String]) throws -> Int32 {
        let draft = DraftCommand(command: command, name: "qr stand", khqr: Self.khqr, jpqr: Self.jpqr)
        return try draft.run(arguments) { arguments, write in
            guard arguments.has(Self.svg) || arguments.has(Self.pdf) else {
                throw arguments.error("say where to write it: --svg F, --pdf F or both")
            }
            let paper = try Self.paper(arguments)
            let stand = try Self.stand(try write(), arguments)
            if let path = arguments[Self.svg] { try FileBytes.write(Array(try stand.svg(on: paper).utf8), to: path) }
            if let path = arguments[Self.pdf] { try FileBytes.write(try stand.pdf(on: paper), to: path) }
        }
    }

    private static func paper(_ arguments: Arguments) throws(UsageError) -> StandPaper {
        guard let text = arguments[paper] else { return .a6 }
        guard let paper = StandPaper(rawValue: text.lowercased()) else {
            throw arguments.error("--paper takes a6 or tent")
        }
        return paper
    }

    private static func stand(_ payload: MerchantPayload, _ arguments: Arguments) throws -> Stand {
        Stand(payload, try PictureFlags.symbol(payload, arguments))
    }
}

extension Stand {
    /// The sheet of a code, which says nothing else than the code does.
    init(_ payload: MerchantPayload, _ symbol: QRSymbol) {
        self.init(
            scheme: payload.scheme == .jpqrMerchant ? .jpqr : .khqr,
            code: CodeSquare(width: symbol.width, modules: symbol.modules),
            name: payload.name ?? ""
        )
        localName = payload.localName
        city = payload.city
        localCity = payload.localCity
        amount = payload.amount
    }
}

import KizunaMoney
import KizunaQR
import KizunaWeb

/// `kizuna qr encode khqr|jpqr`: the text of a code, and pictures of it.
struct QREncode {
    let command: QRCommand

    func run(_ arguments: [String]) throws -> Int32 {
        let draft = DraftCommand(command: command, name: "qr encode", khqr: KHQRFlags.verb, jpqr: JPQRFlags.verb)
        return try draft.run(arguments) { arguments, write in
            try PictureFlags.check(arguments)
            let asJSON = arguments.has(EncodeFlags.json)
            do {
                let payload = try write()
                try PictureFlags.draw(payload, arguments, on: command.console)
                command.console.write(asJSON ? written(payload) : payload.text + "\n")
            } catch let fault as QRFault {
                if asJSON { command.console.write(refused(fault)) }
                throw fault
            }
        }
    }

    private func written(_ payload: MerchantPayload) -> String {
        let answer = JSON.object([
            .init(name: "payload", value: .string(payload.text)),
            .init(name: "md5", value: .string(command.md5(payload.utf8))),
        ])
        return String(decoding: answer.encoded, as: UTF8.self) + "\n"
    }

    private func refused(_ fault: QRFault) -> String {
        let answer = JSON.object([
            .init(name: "ok", value: .bool(false)), .init(name: "error", value: .string(fault.name)),
            .init(name: "also", value: .array(fault.also.map { .string($0.name) })),
            .init(name: "message", value: .string(fault.message)),
        ])
        return String(decoding: answer.encoded, as: UTF8.self) + "\n"
    }
}

/// The flags that both kinds of code share.
enum EncodeFlags {
    static let name = Flag("--name", "TEXT", help: "the merchant's name in Latin letters, 25 at most; needed")
    static let city = Flag("--city", "TEXT", help: "the city in Latin letters, at most 15 characters")
    static let amount = Flag("--amount", "N", help: "the amount, such as 1500 or 12.75; without it the payer types it")
    static let category = Flag("--category", "CODE", help: "the merchant category, four digits; default 5999")
    static let nameLocal = Flag("--name-local", "TEXT", help: "the name in local script, at most 25 characters")
    static let json = Flag("--json", help: "the text and its MD5 as one JSON object")

    /// The fields of 62, each at most 25 characters.
    static let additional: [(flag: Flag, field: AdditionalField)] = [
        (Flag("--bill", "TEXT", help: "the bill number"), .billNumber),
        (Flag("--mobile", "TEXT", help: "the mobile number"), .mobileNumber),
        (Flag("--store", "TEXT", help: "the store label"), .storeLabel),
        (Flag("--terminal-label", "TEXT", help: "the terminal label"), .terminalLabel),
        (Flag("--reference", "TEXT", help: "the reference label"), .referenceLabel),
        (Flag("--purpose", "TEXT", help: "the purpose of the payment"), .purpose),
    ]

    static func additional(_ arguments: Arguments) -> [AdditionalField: String] {
        var fields: [AdditionalField: String] = [:]
        for (flag, field) in additional { fields[field] = arguments[flag] }
        return fields
    }

    /// The amount in a currency.
    static func amount(_ arguments: Arguments, in currency: Currency) throws(UsageError) -> Money? {
        guard let text = arguments[amount] else { return nil }
        do {
            return try Money(majorUnits: text, currency: currency)
        } catch .tooManyDecimals {
            throw arguments.error("--amount has more decimals than \(currency.code) allows")
        } catch {
            throw arguments.error("--amount takes digits with at most one point, such as 1500 or 12.75")
        }
    }
}

import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// What the demo tells its switch when it starts it: one line of JSON on standard input, for it holds secrets.
struct DemoSetting: Sendable {
    /// A bank that is to join: where it is, and the digest of its key.
    struct Bank: Sendable {
        let institution: Institution
        let endpoint: String?
        let keyDigest: [UInt8]
    }

    /// As on the command line.
    let database: String
    let listen: ListenAddress
    let master: WebhookSecret
    let people: DemoPeople
    /// Where trouble is asked for, and the word that lets in.
    let desk: (url: String, password: String)
    /// Those who are to join, with the people; none for a switch that is started again.
    var joining: [Bank]?
    var clockAhead: Duration = .zero
}

extension DemoSetting {
    var json: JSON {
        let banks = joining.map { banks in
            JSON.array(
                banks.map { bank in
                    [
                        "id": .string(bank.institution.rawValue), "endpoint": JSON(bank.endpoint),
                        "keyDigest": .string(Hex.encode(bank.keyDigest)),
                    ]
                }
            )
        }
        return [
            "database": .string(database), "listen": .string("\(listen)"), "master": .string(master.text),
            "people": people.json, "deskURL": .string(desk.url), "deskPassword": .string(desk.password),
            "joining": banks ?? .null, "clockAheadMilliseconds": JSON(clockAhead.wholeMilliseconds),
        ]
    }

    /// - Returns: `nil` for what ``json`` does not make.
    init?(_ json: JSON) {
        guard let database = json.text(at: "database"),
            let listen = json.text(at: "listen").flatMap(ListenAddress.init),
            let master = json.text(at: "master").flatMap({ WebhookSecret($0) }), let url = json.text(at: "deskURL"),
            let password = json.text(at: "deskPassword"), let people = json["people"].flatMap(DemoPeople.init),
            let milliseconds = json["clockAheadMilliseconds"]?.wholeNumber
        else { return nil }
        self.init(
            database: database,
            listen: listen,
            master: master,
            people: people,
            desk: (url, password),
            joining: DemoSetting.banks(json["joining"]),
            clockAhead: .milliseconds(milliseconds)
        )
    }

    private static func banks(_ json: JSON?) -> [Bank]? {
        guard case .array(let banks)? = json else { return nil }
        return banks.compactMap { bank in
            guard let institution = bank.text(at: "id").flatMap(Institution.init(rawValue:)),
                let digest = bank.text(at: "keyDigest").flatMap(Hex.decode)
            else { return nil }
            return Bank(institution: institution, endpoint: bank.text(at: "endpoint"), keyDigest: digest)
        }
    }
}

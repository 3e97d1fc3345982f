import KizunaLedger
import KizunaMoney
import KizunaPages
import KizunaWeb

/// What goes between the panel and the desk.
extension Trouble {
    var json: JSON {
        switch self {
        case .look: ["do": "look"]
        case .mood(let mood, let bank): ["do": "mood", "mood": .string(mood.rawValue), "bank": JSON(name: bank)]
        case .payments: ["do": "pay"]
        case .exception: ["do": "payWrong"]
        case .dispute: ["do": "dispute"]
        case .kill: ["do": "kill"]
        case .clock(let jump): ["do": "jump", "milliseconds": JSON(jump.wholeMilliseconds)]
        }
    }

    init?(json: JSON) {
        switch json.text(at: "do") {
        case "look": self = .look
        case "mood":
            guard let mood = json.text(at: "mood").flatMap(BankMood.init(rawValue:)),
                let bank = json.text(at: "bank").flatMap({ ParticipantID($0) })
            else { return nil }
            self = .mood(mood, of: bank)
        case "pay": self = .payments
        case "payWrong": self = .exception
        case "dispute": self = .dispute
        case "kill": self = .kill
        case "jump":
            guard let milliseconds = json["milliseconds"]?.wholeNumber else { return nil }
            self = .clock(.milliseconds(milliseconds))
        default: return nil
        }
    }
}

extension ChaosStanding {
    var json: JSON {
        [
            "banks": .array(banks.map { ["id": JSON(name: $0.id), "mood": .string($0.mood.rawValue)] }),
            "credited": JSON(credited), "creditedBefore": JSON(creditedBefore),
            "clockAheadMilliseconds": JSON(clockAhead.wholeMilliseconds), "starts": JSON(starts),
        ]
    }

    init?(json: JSON) {
        guard case .array(let banks)? = json["banks"], let credited = json["credited"]?.wholeNumber,
            let before = json["creditedBefore"]?.wholeNumber, let starts = json["starts"]?.wholeNumber,
            let ahead = json["clockAheadMilliseconds"]?.wholeNumber
        else { return nil }
        self.init(
            banks: banks.compactMap { bank in
                guard let id = bank.text(at: "id").flatMap({ ParticipantID($0) }),
                    let mood = bank.text(at: "mood").flatMap(BankMood.init(rawValue:))
                else { return nil }
                return (id, mood)
            },
            credited: Int(credited),
            creditedBefore: Int(before),
            clockAhead: .milliseconds(ahead),
            starts: Int(starts)
        )
    }
}

extension JSON {
    /// A number without a fraction.
    var wholeNumber: Int64? {
        guard case .number(let text) = self else { return nil }
        return Int64(text)
    }
}

import KizunaSwitch
import KizunaWeb

/// One message, before it is signed.
struct Letter: Sendable {
    /// Behind the target's address; empty for a webhook.
    let path: String
    /// The same for every repeat.
    let id: String
    var body: [UInt8]
    /// How far the clock of whoever signs is behind ours, in seconds; below zero for one that is ahead.
    var ageSeconds: Int64 = 0

    init(path: String, id: String, _ body: JSON) {
        self.path = path
        self.id = id
        self.body = body.encoded
    }

    /// The same content under another id.
    func renewed(_ id: String) -> Letter {
        var letter = Letter(path: path, id: id, .null)
        letter.body = body
        letter.ageSeconds = ageSeconds
        return letter
    }

    /// The message with its body changed before it is signed.
    func changing(_ change: (JSON) -> JSON) -> Letter {
        var letter = self
        letter.body = change(json).encoded
        return letter
    }

    /// The message with other bytes for a body, which are then signed.
    func saying(_ body: [UInt8]) -> Letter {
        var letter = self
        letter.body = body
        return letter
    }

    /// The message as if it had been signed so long ago.
    func aged(seconds: Int64) -> Letter {
        var letter = self
        letter.ageSeconds = seconds
        return letter
    }

    /// A shop's bank being asked whether it will credit a shop.
    struct CreditQuestion: Sendable, Hashable {
        let payment: String
        let body: [UInt8]
    }

    /// What the letter asks, where it is a credit request that names a payment.
    var creditQuestion: CreditQuestion? {
        guard path == "/credit-requests", let payment else { return nil }
        return CreditQuestion(payment: payment, body: body)
    }

    /// The payment that the letter decides about, or has undone.
    var decidedPayment: String? { ["/credit-decisions", "/reversal-requests"].contains(path) ? payment : nil }

    private var payment: String? { (try? JSON.parse(body))?.text(at: "paymentId") }

    /// The body as a value; letters are made of one.
    var json: JSON {
        do throws(JSONFault) { return try JSON.parse(body) } catch { preconditionFailure("A letter is JSON") }
    }
}

/// A letter as it goes over the wire, where it can be spoilt after it was signed.
struct Envelope: Sendable {
    var method = "POST"
    var path: String
    var id: String?
    var timestamp: String?
    var signature: String?
    var body: [UInt8]
    /// Further header fields.
    var others: [(name: String, value: String)] = []

    var headers: HTTPHeaders {
        var headers: HTTPHeaders = ["Content-Type": "application/json", "Kizuna-Test": "certification"]
        for (name, value) in [("webhook-id", id), ("webhook-timestamp", timestamp), ("webhook-signature", signature)] {
            if let value { headers.add(name, value) }
        }
        for other in others { headers.add(other.name, other.value) }
        return headers
    }
}

extension JSON {
    /// The object with another value for a member, or with one more.
    func setting(_ name: String, _ value: JSON) -> JSON {
        guard case .object(var members) = self else { return self }
        if let index = members.firstIndex(where: { $0.name == name }) {
            members[index].value = value
        } else {
            members.append(Member(name: name, value: value))
        }
        return .object(members)
    }

    /// The object without a member.
    func removing(_ name: String) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { $0.name != name })
    }

    /// The object with a member of a member changed.
    func setting(_ outer: String, _ inner: String, _ value: JSON) -> JSON {
        setting(outer, (self[outer] ?? [:]).setting(inner, value))
    }
}

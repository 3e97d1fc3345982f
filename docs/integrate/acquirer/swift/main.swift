// An acquirer: promises credits, keeps its promises, and gives money back.
//
// usage: acquirer work COUNT            works the inbox until so many payments have been decided
//        acquirer refund PAYMENT VALUE CURRENCY
// with the switch's address in SWITCH and the bank's key in KEY.
import Foundation

/// The bank's own books: what was promised, and what the shops have been credited, by the payment's id.
struct Books {
    var promised: [String: Any] = [:]
    var credited: [String: Any] = [:]
    var decided: Set<String> = []
}

let kizuna = Kizuna()

func work(_ count: Int) async throws {
    var books = Books()
    while books.decided.count < count {
        for message in try await kizuna.get("/v1/inbox?wait=25")["items"] as? [Object] ?? [] {
            let body = message["body"] as? Object ?? [:]
            switch message["path"] as? String {
            case "/credit-requests": try await promise(body, &books)
            case "/credit-decisions": decide(body, &books)
            default: break
            }
            // Only now: what is not acknowledged comes again.
            _ = try await kizuna.post("/v1/inbox/acknowledgements", ["ids": [message["id"] ?? ""]])
        }
    }
}

/// Says yes, and does not credit yet. A repeat gets the same answer.
func promise(_ request: Object, _ books: inout Books) async throws {
    let payment = request["paymentId"] as? String ?? ""
    books.promised[payment] = request["merchantAmount"]
    do {
        let key = "answer-\(payment)"
        _ = try await kizuna.post("/v1/payments/\(payment)/answer", ["status": "ACCEPTED"], idempotencyKey: key)
    } catch let refused as Refused {
        complain("\(refused)")  // Too late, for one: the decision says what became of it.
    }
}

/// Credits the shop on COMMITTED, once; drops the promise on ABORTED.
func decide(_ decision: Object, _ books: inout Books) {
    let payment = decision["paymentId"] as? String ?? ""
    books.promised[payment] = nil
    books.decided.insert(payment)
    guard decision["decision"] as? String == "COMMITTED", books.credited[payment] == nil else { return }
    books.credited[payment] = decision["merchantAmount"]
    say(["paymentId": payment, "credited": decision["merchantAmount"] ?? ""])
}

func refund(_ payment: String, _ value: String, _ currency: String) async throws {
    let uetr = newID()  // Stored before it is sent, as an issuer does.
    let body: Object = ["uetr": uetr, "amount": ["value": value, "currency": currency], "reason": "CUST"]
    let answer = try await kizuna.post("/v1/payments/\(payment)/refunds", body, idempotencyKey: uetr)
    say(["refundId": answer["id"] ?? "", "payerAmount": answer["payerAmount"] ?? ""])
}

do {
    let words = Array(CommandLine.arguments.dropFirst())
    switch (words.first, words.count) {
    case ("work", 2): try await work(Int(words[1]) ?? 1)
    case ("refund", 4): try await refund(words[1], words[2], words[3])
    default:
        complain("usage: acquirer work COUNT | acquirer refund PAYMENT VALUE CURRENCY")
        exit(2)
    }
} catch {
    complain("\(error)")
    exit(1)
}

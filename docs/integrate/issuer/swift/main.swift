// An issuer: pays a scanned code from a payer's account, and takes refunds.
//
// usage: issuer pay CODE VALUE CURRENCY PAYER_CURRENCY
//        issuer refunds
// with the switch's address in SWITCH and the bank's key in KEY.
import Foundation

let kizuna = Kizuna()

func pay(_ code: String, _ value: String, _ currency: String, _ payerCurrency: String) async throws -> Bool {
    let resolution = try await kizuna.post("/v1/resolutions", ["payload": code])
    let quote = try await kizuna.post(
        "/v1/quotes",
        [
            "resolutionId": resolution["id"] ?? "", "payerCurrency": payerCurrency,
            "amount": ["value": value, "currency": currency],
        ]
    )
    // Shown to the payer, who agrees; then her money is held.
    let shop = resolution["merchant"] as? Object ?? [:]
    let debit = quote["payerDebit"] as? Object ?? [:]
    say("\(shop["name"] ?? "") is paid \(value) \(currency); you pay \(debit["value"] ?? "") \(debit["currency"] ?? "")")
    let uetr = newID()  // Stored with the hold before anything is sent: all repeats bear it.
    let submission: Object = [
        "quoteId": quote["id"] ?? "", "uetr": uetr, "merchantAmount": quote["merchantAmount"] ?? "",
        "payerDebit": debit, "payer": ["name": "Chan Sokha", "account": "001-234-567"],
    ]
    let payment = try await follow(submit(submission, uetr))
    // Success: debit the payer. Failure: let the hold go.
    say(payment.filter { ["id", "state", "outcome", "payerDebit"].contains($0.key) })
    return payment["outcome"] as? String == "success"
}

/// Submits, until it is known that the switch has it or never will.
func submit(_ submission: Object, _ uetr: String) async throws -> Object {
    while true {
        do {
            return try await kizuna.post("/v1/payments", submission, idempotencyKey: uetr)
        } catch is NoAnswer {
            complain("No answer yet; the hold stays, and the same is sent again.")
        }
    }
}

/// Waits for the end. Silence is not failure: while the outcome is unknown, the payer's hold stays.
func follow(_ submitted: Object) async throws -> Object {
    var payment = submitted
    while !["success", "failure"].contains(payment["outcome"] as? String ?? "") {
        payment = try await kizuna.get("/v1/payments/\(payment["id"] ?? "")?wait=25")
    }
    return payment
}

/// Credits what shops gave back, each once, and says that it was read.
func refunds() async throws {
    var credited: [String: Object] = [:]  // A table of your own, by the refund's id.
    while let messages = try await kizuna.get("/v1/inbox")["items"] as? [Object], !messages.isEmpty {
        for message in messages where message["path"] as? String == "/refund-notices" {
            guard let refund = message["body"] as? Object, let id = refund["id"] as? String else { continue }
            credited[id] = refund
        }
        // Only now: what is not acknowledged comes again.
        _ = try await kizuna.post("/v1/inbox/acknowledgements", ["ids": messages.compactMap { $0["id"] }])
    }
    for refund in credited.values {
        say(["paymentId": refund["paymentId"] ?? "", "credited": refund["payerAmount"] ?? ""])
    }
}

do {
    let words = Array(CommandLine.arguments.dropFirst())
    switch (words.first, words.count) {
    case ("pay", 5): exit(try await pay(words[1], words[2], words[3], words[4]) ? 0 : 1)
    case ("refunds", 1): try await refunds()
    default:
        complain("usage: issuer pay CODE VALUE CURRENCY PAYER_CURRENCY | issuer refunds")
        exit(2)
    }
} catch {
    complain("\(error)")
    exit(1)
}

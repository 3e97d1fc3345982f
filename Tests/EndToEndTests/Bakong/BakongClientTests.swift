import Foundation
import KizunaCommands
import KizunaSimulation
import KizunaWeb
import Testing

/// Clients from PyPI, unedited, from a code that nobody has paid to one that is paid.
@Suite struct BakongClientTests {
    private func withClients(_ body: (BakongLink, BakongClients) async throws -> Void) async throws {
        let link = try await BakongLink()
        let clients = try BakongClients(link)
        _ = try clients.succeed("", "use_token", [.string(link.token)])
        do {
            try await body(link, clients)
        } catch {
            try await link.stop()
            throw error
        }
        try await link.stop()
    }

    private let draft: JSON = [
        "merchant_name": "Dara Shop", "merchant_city": "Phnom Penh", "amount": .number("12.5"), "currency": "USD",
        "store_label": "Till", "phone_number": "85512345678", "bill_number": "INV-7", "terminal_label": "T1",
        "expiration": 1,
    ]

    private func draft(_ accountName: String) -> JSON {
        draft.adding([JSON.Member(name: accountName, value: "dara_till@wing")])
    }

    /// Makes a code, has it paid, and tells how a client sees it before and after.
    private func seesThePayment(_ client: String, account: String) async throws {
        try await withClients { link, clients in
            let code = try #require(try clients.succeed(client, "create_qr", named: draft(account)).text)
            let md5 = try clients.succeed(client, "generate_md5", [.string(code)])
            #expect(try clients.succeed(client, "check_payment", [md5]) == "UNPAID")
            #expect(try clients.succeed(client, "get_payment", [md5]) == .null)
            #expect(try clients.succeed(client, "check_bulk_payments", [[md5]]) == [])
            let story = try await link.pay(code)
            #expect(story.state == "COMPLETED")
            #expect(try clients.succeed(client, "check_payment", [md5]) == "PAID")
            let payment = try clients.succeed(client, "get_payment", [md5])
            #expect(payment["amount"] == .number("12.5"))
            #expect(payment.text(at: "currency") == "USD")
            #expect(payment.text(at: "toAccountId") == "dara_till@wing")
            #expect(payment.text(at: "description") == "INV-7")
            let many = JSON.array((0..<49).map { .string("unknown \($0)") } + [md5])
            #expect(try clients.succeed(client, "check_bulk_payments", [many]) == [md5])
            let shortLink = try clients.succeed(client, "generate_deeplink", [.string(code)])
            #expect(shortLink.text?.hasPrefix("https://127.0.0.1:\(link.port)/d/") == true)
            if client == "bakong-v2" { try findsByOtherNames(payment, clients) }
        }
    }

    private func findsByOtherNames(_ payment: JSON, _ clients: BakongClients) throws {
        let hash = payment["hash"] ?? .null
        let client = "bakong-v2"
        #expect(try clients.succeed(client, "check_payment_by_hash", [hash]) == "PAID")
        let short = JSON.string(String((hash.text ?? "").prefix(8)))
        #expect(
            try clients.succeed(client, "check_payment_by_short_hash", [short, .number("12.5"), "USD"]) == "PAID"
        )
        #expect(try clients.succeed(client, "check_payment_by_short_hash", [short, 13, "USD"]) == "UNPAID")
        #expect(
            try clients.succeed(client, "check_payment_by_instruction_ref", [payment["instructionRef"] ?? nil])
                == "PAID"
        )
        #expect(try clients.succeed(client, "check_payment_by_external_ref", [payment["externalRef"] ?? nil]) == "PAID")
        #expect(try clients.succeed(client, "check_bulk_payments_by_hash", [[hash, "x"]]) == [hash])
        #expect(try clients.succeed(client, "check_account", ["dara_till@wing"]) == .null)
    }

    @Test func bakongKHQRSeesThePayment() async throws {
        try await seesThePayment("bakong-khqr", account: "account_id")
    }

    @Test func bakongV2SeesThePayment() async throws { try await seesThePayment("bakong-v2", account: "bank_account") }

    @Test func cambodiaBankSeesThePayment() async throws {
        try await withClients { link, clients in
            let client = "cambodia-bank"
            let code = try #require(try clients.succeed(client, "create_qr", named: draft("account_id")).text)
            let md5 = try clients.succeed(client, "generate_md5", [.string(code)])
            let unpaid = try clients.succeed(client, "check_payment", [md5])
            #expect(unpaid["responseCode"] == 1 && unpaid["errorCode"] == 1 && unpaid["data"] == .null)
            #expect(try await link.pay(code).state == "COMPLETED")
            let paid = try clients.succeed(client, "check_payment", [md5])
            #expect(paid["responseCode"] == 0 && paid["data"]?["amount"] == .number("12.5"))
            let list = try clients.succeed("cambodia-bank.api", "check_md5_list", [[md5, "x"], .string(link.token)])
            guard case .array(let entries)? = list["data"] else {
                Issue.record("\(list)")
                return
            }
            #expect(entries.map { $0.text(at: "status") } == ["SUCCESS", "NOT_FOUND"])
            let bad = try clients.succeed("cambodia-bank.api", "check_md5", [md5, "no-token"])
            #expect(bad["errorCode"] == 6)
        }
    }

    /// The one that signs up by itself, with the code from the mail.
    @Test func pybakongSignsUpAndSeesThePayment() async throws {
        try await withClients { link, clients in
            let client = "pybakong"
            _ = try clients.succeed(client, "request_token", ["new@shop.example", "Shop", "Till"])
            #expect(try link.mail.contains("To: new@shop.example\n"))
            let wrong = try clients.ask(client, "verify_token", ["ABCDEFGHJKLMNPQRSTUV"])
            #expect(wrong.text(at: "error")?.contains("Unauthorized") == true)
            let token = try clients.succeed(client, "verify_token", [.string(try link.mailedCode)])
            #expect(token.text?.split(separator: ".").count == 3)
            let again = try clients.ask(client, "request_token", ["new@shop.example", "Shop", "Till"])
            #expect(again.text(at: "error") == "BakongAPIError: Email has been registered already.")

            let code = try #require(
                try clients.succeed("bakong-khqr", "create_qr", named: draft("account_id")).text
            )
            let md5 = try clients.succeed("bakong-khqr", "generate_md5", [.string(code)])
            let unpaid = try clients.ask(client, "check_transaction_md5", [md5])
            #expect(unpaid.text(at: "error")?.contains("Transaction could not be found") == true)
            #expect(try await link.pay(code).state == "COMPLETED")
            let payment = try clients.succeed(client, "check_transaction_md5", [md5])
            #expect(payment["amount"] == .number("12.5"))
            let hash = payment["hash"] ?? .null
            #expect(try clients.succeed(client, "check_transaction_hash", [hash]) == payment)
            let short = JSON.string(String((hash.text ?? "").prefix(8)))
            #expect(try clients.succeed(client, "check_transaction_short", [short, "12.50", "USD"]) == payment)
            #expect(try clients.succeed(client, "check_bakong_account", ["dara_till@wing"]) == .null)
            let nobody = try clients.ask(client, "check_bakong_account", ["nobody@wing"])
            #expect(nobody.text(at: "error") == "BakongAPIError: Account ID not found")
            let source: JSON = [.string(code), "https://shop.example/i.png", "Shop", "shop://paid"]
            #expect(try clients.succeed(client, "generate_deeplink", source).text?.contains("/d/") == true)
            #expect(try clients.succeed(client, "renew_token", ["new@shop.example"]).text?.isEmpty == false)
            #expect(try clients.succeed(client, "check_transaction_md5", [md5]) == payment)
        }
    }
}

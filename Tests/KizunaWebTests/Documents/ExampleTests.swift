import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// Every example of the document, performed: what it asks is done, and what is answered is what it says.
@Suite struct ExampleTests {
    @Test func everyExampleIsWhatHappens() async throws {
        let story = try await Story()
        try await pay(story)
        try await giveBack(story)
        try await argue(story)
        try await decide(story)
        try await reverse(story)
        try await listen(story)
        try await ask(story)
        try await look(story)
        let operations = story.world.api.routes.map(\.name)
        #expect(Set(operations).subtracting(story.performed) == [])
    }

    private func pay(_ story: Story) async throws {
        try await story.perform("registerMerchant", as: .bank(.naniwa))
        try await story.perform("listMerchants", as: .bank(.naniwa))
        try await story.perform("getMerchant", as: .bank(.naniwa))
        try await story.perform("publishRates", as: .bank(.tonle))
        // The list begins with the rates of the world.
        try await story.perform(
            "listRates",
            as: .bank(.mekong),
            varying: ["payerCurrency", "merchantCurrency", "mid", "rate"]
        )
        try await payUntilSent(story)
        try await story.perform("getPayment", as: .bank(.mekong))
        try await story.perform("findPayment", as: .bank(.mekong))
        try await story.perform("listEntries", as: .bank(.mekong))
        try await story.perform("answerPayment", as: .bank(.naniwa))
    }

    private func payUntilSent(_ story: Story, uetr: String = ExampleID.uetr) async throws {
        try await story.perform("createResolution", as: .bank(.mekong))
        try await story.perform("createQuote", as: .bank(.mekong))
        try await story.perform(
            "createPayment",
            as: .bank(.mekong),
            ["uetr": .string(uetr)],
            varying: ["possibleDuplicate"]
        )
    }

    private func giveBack(_ story: Story) async throws {
        try await story.perform("createRefund", as: .bank(.naniwa))
        try await story.perform("listRefunds", as: .bank(.mekong))
        try await story.perform("createRecall", as: .bank(.mekong))
        try await story.perform("listRecalls", as: .bank(.mekong))
        try await story.perform("listRecallsOfPayment", as: .bank(.mekong))
        try await story.perform("getRecall", as: .bank(.mekong))
        try await story.perform("listAllRecalls", as: .person("sokha"))
        try await story.perform("answerRecall", as: .bank(.naniwa))
        try await story.perform("reportFreeze", as: .bank(.naniwa))
    }

    private func argue(_ story: Story) async throws {
        try await payUntilSent(story, uetr: newUETR())
        try await story.perform("answerPayment", as: .bank(.naniwa), varying: ["possibleDuplicate"])
        try await story.perform("openDispute", as: .bank(.mekong))
        for (name, caller) in [
            ("listDisputes", Story.Caller.bank(.mekong)), ("listDisputesOfPayment", .bank(.mekong)),
            ("listAllDisputes", .person("sokha")),
        ] { try await story.perform(name, as: caller) }
        try await story.perform("actOnDispute", as: .bank(.naniwa))
        try await story.perform("addEvidence", as: .bank(.mekong))
        try await story.perform("getEvidence", as: .bank(.naniwa))
        try await story.perform("getAnyEvidence", as: .person("sokha"))
        try await story.perform("getDispute", as: .bank(.mekong), varying: ["state", "turn"])
        try await story.perform("getAnyDispute", as: .person("sokha"), varying: ["state", "turn"])
        for (action, bank) in [("COMPLETE_EVIDENCE", Bank.mekong), ("REJECT", .naniwa), ("ESCALATE", .mekong)] {
            try await story.perform(
                "actOnDispute",
                as: .bank(bank),
                ["action": .string(action)],
                varying: ["action", "by", "number", "state"]
            )
        }
        try await story.perform("proposeDisputeDecision", as: .person("sokha"))
        try await story.perform("withdrawDisputeProposal", as: .person("sokha"))
        try await story.perform("proposeDisputeDecision", as: .person("sokha"))
        try await story.perform("approveDisputeDecision", as: .person("dara"))
    }

    /// The shop's bank goes back on its word, and two persons decide.
    private func decide(_ story: Story) async throws {
        let payment = try await story.world.paid()
        let refusal = await story.world.post(story.world.path(payment, "/answer"), ["status": "REJECTED"], as: .naniwa)
        #expect(refusal.status == 200)
        try await story.perform("listExceptions", as: .person("sokha"))
        try await story.perform("getException", as: .person("dara"))
        try await story.perform("proposeDecision", as: .person("sokha"))
        try await story.perform("withdrawProposal", as: .person("sokha"))
        try await story.perform("proposeDecision", as: .person("sokha"))
        try await story.perform("approveProposal", as: .person("dara"))
    }

    /// The shop's bank refuses, then says that it has paid, then undoes that.
    private func reverse(_ story: Story) async throws {
        var naniwa = Bank.naniwa.participant
        naniwa.linkKind = .singlePhase
        try await story.world.operate(.joinParticipant(naniwa, netDebitCaps: [:]))
        try await payUntilSent(story, uetr: newUETR())
        let payment = try await story.perform("getPayment", as: .bank(.mekong), varying: ["possibleDuplicate"])
        for status in ["REJECTED", "ACCEPTED"] {
            let answer = await story.world.post(
                story.world.path(payment, "/answer"),
                ["status": .string(status)],
                as: .naniwa
            )
            #expect(answer.status == 200)
        }
        try await story.perform("answerReversal", as: .bank(.naniwa), varying: ["possibleDuplicate"])
    }

    /// Messages that were given up, and those of a bank that cannot be called.
    private func ask(_ story: Story) async throws {
        _ = try await story.world.failedNotice(times: 12)
        try await story.perform("listMessages", as: .bank(.mekong))
        try await story.perform("replayMessage", as: .bank(.mekong))
        _ = try await story.world.failedNotice(times: 12)
        try await story.perform("replayMessages", as: .bank(.mekong), ["since": "2020-01-01T00:00:00Z"])
        var naniwa = Bank.naniwa.participant
        naniwa.endpoint = nil
        try await story.world.operate(.joinParticipant(naniwa, netDebitCaps: [:]))
        let payment = try await story.world.paid()
        while try await !isDecided(payment, in: story.world) { try await Task.sleep(for: .milliseconds(10)) }
        try await story.perform("fetchInbox", as: .bank(.naniwa))
        try await story.perform("acknowledgeMessages", as: .bank(.naniwa))
    }

    /// Whether the decision on a payment lies in the inbox of the shop's bank.
    private func isDecided(_ payment: JSON, in world: APIWorld) async throws -> Bool {
        let waiting = await world.get("/v1/messages?standing=in_inbox", as: .naniwa).json.items
        return waiting.contains {
            $0["paymentId"] == payment["id"] && $0.text(at: "path") == "/credit-decisions"
        }
    }

    private func listen(_ story: Story) async throws {
        try await story.perform("createWebhook", as: .bank(.naniwa), varying: ["secret"])
        try await story.perform("listWebhooks", as: .bank(.naniwa))
        try await story.perform("getWebhook", as: .bank(.naniwa))
        try await story.perform("rotateWebhookSecret", as: .bank(.naniwa), varying: ["secret"])
        try await story.perform("pingWebhook", as: .bank(.naniwa))
        try await story.perform("removeWebhook", as: .bank(.naniwa))
    }

    private func look(_ story: Story) async throws {
        let fee = RecordFee(
            corridor: Corridor.cambodiaToJapan.id,
            scope: FeeRule.Scope(.merchantDiscount),
            terms: FeeTerms(basisPoints: 160)
        )
        try await story.world.operate(.recordFees([fee]))
        try await story.perform("listFees", as: .bank(.mekong))
        let varying: Set = ["name", "endpoint", "accounts", "roundingRests"]
        try await story.perform("getSelf", as: .bank(.mekong), varying: varying)
        try await story.perform("getParticipant", as: .bank(.mekong), varying: varying)
        try await story.perform("getStatus", as: .nobody, varying: ["links", "payments", "backlog"])
        try await story.perform("getHealth", as: .nobody)
        try await story.perform("getReadiness", as: .nobody)
        try await story.perform("getOpenAPI", as: .nobody)
    }
}

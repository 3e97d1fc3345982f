import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// What people do about shops: one freezes, another lifts, and a list is registered whole or not at all.
@Suite struct ShopKeepingTests {
    private static let people = DecidingTests.people
    private static let shop = MerchantKey.jpqr(levels: ["0000000000001", "0001", "000001", "000001"])

    private func freeze(_ isFrozen: Bool, _ shop: MerchantKey = shop) -> Command {
        .console(.freeze(FreezeShop(shop: shop, isFrozen: isFrozen, reason: "Empty shelves")))
    }

    @Test func whatIsUnderWayGoesOnAndNothingNewBegins() throws {
        var world = try StepWorld()
        let payment = try world.submit()
        let quote = try world.quote("500")
        _ = try world.succeed(freeze(true), by: .person(Self.people[0]))
        let submission = Command.submit(world.submission(of: quote))
        #expect(try world.refusal(submission, by: .participant(StepWorld.rielBank)) == .merchantBlocked)
        #expect(throws: Refusal.self) { try world.quote("500") }
        try world.answerCreditRequest(of: payment.id, .accepted)
        #expect(try world.payment(payment.id).state == .completed)
        let refund = RequestRefund(
            payment: payment.id,
            uetr: UETR(.version4(using: &world.dice)),
            amount: nil,
            reason: .customerRequest
        )
        #expect(try world.refusal(.refund(refund), by: .participant(StepWorld.yenAcquirer)) == nil)
        _ = try world.succeed(freeze(false), by: .person(Self.people[1]))
        #expect(try world.refusal(submission, by: .participant(StepWorld.rielBank)) == nil)
        #expect(world.audit().violations == [])
    }

    @Test func onlyPersonsFreezeAndNobodyLiftsAlone() throws {
        var world = try StepWorld()
        _ = try world.resolution()
        for caller in [Caller.operations, .system, .participant(StepWorld.yenAcquirer)] {
            #expect(try world.refusal(freeze(true), by: caller) == .forbidden)
        }
        #expect(try world.refusal(freeze(false), by: .person(Self.people[0])) == .decisionNotPossible)
        #expect(
            try world.refusal(freeze(true, .jpqr(levels: ["9", "9", "9", "9"])), by: .person(Self.people[0]))
                == .notFound
        )
        #expect(try world.refusal(freeze(true), by: .person(Self.people[0])) == nil)
        #expect(try world.refusal(freeze(true), by: .person(Self.people[1])) == .decisionNotPossible)
        #expect(try world.refusal(freeze(false), by: .person(Self.people[0])) == .forbidden)
        #expect(try world.refusal(freeze(false), by: .person(Self.people[1])) == nil)
        // A new freeze forgets who lifted the last.
        #expect(try world.refusal(freeze(true), by: .person(Self.people[1])) == nil)
        #expect(try world.refusal(freeze(false), by: .person(Self.people[1])) == .forbidden)
    }

    @Test func whatIsDoneIsWrittenDownInTheSameCommitAndWhatIsRefusedIsNot() throws {
        var world = try StepWorld()
        _ = try world.resolution()
        _ = try world.refusal(freeze(false), by: .person(Self.people[0]))
        #expect(world.transaction.auditEntries.isUnchanged)
        _ = try world.succeed(freeze(true), by: .person(Self.people[0]))
        let entry = try #require(world.transaction.auditEntries.changes.first?.row)
        #expect(entry.act == .froze && entry.person == Self.people[0] && entry.detail == "Empty shelves")
        #expect(entry.subject == world.transaction.merchants[Self.shop]?.id.value && entry.at == world.now)
    }

    // MARK: Lists

    private func register(_ number: Int, key: MerchantKey? = nil, name: String = "A") -> RegisterMerchant {
        RegisterMerchant(
            key: key ?? .jpqr(levels: ["\(1_000_000_000_000 + number)", "0001", "000001", "000001"]),
            name: name,
            localName: nil,
            city: "Osaka",
            categoryCode: "5812",
            acceptsForeignPayers: true
        )
    }

    private func importing(_ shops: [RegisterMerchant]) -> Command {
        .console(.importShops(ImportShops(acquirer: StepWorld.yenAcquirer, shops: shops)))
    }

    @Test func aListIsRegisteredWholeOrNotAtAll() throws {
        var world = try StepWorld()
        let person = Caller.person(Self.people[0])
        let foreign = register(3, key: .khqr(account: "a@b", merchantID: nil))
        #expect(try world.refusal(importing([register(1), register(2), foreign]), by: person) == .forbidden)
        #expect(world.transaction.merchants.isUnchanged && world.transaction.auditEntries.isUnchanged)
        guard case .shopsImported(let first) = try world.succeed(importing([register(1), register(2)]), by: person)
        else {
            throw StepWorld.Endless()
        }
        #expect((first.added, first.changed, first.unchanged) == (2, 0, 0))
        let again = [register(1), register(2, name: "B"), register(3)]
        guard case .shopsImported(let second) = try world.succeed(importing(again), by: person) else {
            throw StepWorld.Endless()
        }
        #expect((second.added, second.changed, second.unchanged) == (1, 1, 1))
        #expect(try world.refusal(importing([register(4)]), by: .participant(StepWorld.yenAcquirer)) == .forbidden)
    }

    /// What the acquirer has registered itself and somebody has frozen stays frozen.
    @Test func aFrozenShopStaysSo() throws {
        var world = try StepWorld()
        _ = try world.resolution()
        _ = try world.succeed(freeze(true), by: .person(Self.people[0]))
        _ = try world.succeed(importing([register(0, key: Self.shop)]), by: .person(Self.people[0]))
        #expect(world.transaction.merchants[Self.shop]?.status == .blocked)
        #expect(world.transaction.merchants[Self.shop]?.city == "Osaka")
    }
}

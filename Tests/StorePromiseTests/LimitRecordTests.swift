import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// What limits and alerts remember comes back, now and after a restart, and keeps its rules.
@Suite struct LimitRecordTests {
    @Test(arguments: StoreUnderTest.allCases)
    func comesBack(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let tallies = [World.tally(1), World.tally(2, purchases: 1), World.tally(3, purchases: 60)]
        let pace = ShopPace(merchant: World.merchantID, day: -3, today: .max / 16, usualSixteenths: .max)
        let alerts = [World.alert("riel-bank/settlement/KHR"), World.alert("ច", raised: 5, cleared: 9)]
        try fixture.commit { transaction in
            for tally in tallies { transaction.payers.set(tally.payer, tally) }
            transaction.paces.set(pace.merchant, pace)
            for alert in alerts { transaction.alerts.set(alert.key, alert) }
        }
        for isReopened in [false, true] {
            if isReopened { try fixture.reopen() }
            let keys: [RecordKey] =
                tallies.map { .payer($0.payer) } + alerts.map { .alert($0.key) } + [.pace(pace.merchant)]
            let transaction = try fixture.fetch(keys)
            fixture.store.abandon()
            for tally in tallies { #expect(transaction.payers[tally.payer] == tally) }
            for alert in alerts { #expect(transaction.alerts[alert.key] == alert) }
            #expect(transaction.paces[pace.merchant] == pace)
        }
    }

    @Test(arguments: StoreUnderTest.allCases)
    func changes(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        try fixture.commit { transaction in
            transaction.payers.set(World.tally(1).payer, World.tally(1))
            transaction.paces.set(World.merchantID, ShopPace(merchant: World.merchantID, day: 1))
            transaction.alerts.set(World.alert("a").key, World.alert("a"))
        }
        let (tally, pace) = (World.tally(1, purchases: 2), ShopPace(merchant: World.merchantID, day: 2, today: 7))
        let alert = World.alert("a", raised: 0, cleared: 3)
        try fixture.change(.payer(tally.payer), .pace(pace.merchant), .alert(alert.key)) { transaction in
            transaction.payers.set(tally.payer, tally)
            transaction.paces.set(pace.merchant, pace)
            transaction.alerts.set(alert.key, alert)
        }
        try fixture.reopen()
        let after = try fixture.look(at: .payer(tally.payer), .pace(pace.merchant), .alert(alert.key))
        #expect(after.payers[tally.payer] == tally)
        #expect(after.paces[pace.merchant] == pace)
        #expect(after.alerts[alert.key] == alert)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func alertsComeTheLastingFirst(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let alerts = [
            World.alert("a", raised: 1), World.alert("b", raised: 9, cleared: 10), World.alert("c", raised: 4),
            World.alert("d", raised: 4), World.alert("e", raised: 2, cleared: 3),
        ]
        try fixture.commit { for alert in alerts { $0.alerts.set(alert.key, alert) } }
        func list(_ limit: Int) throws -> [String] {
            try fixture.read { reader throws(StoreError) in try reader.alerts(limit: limit).map(\.key.subject) }
        }
        #expect(try list(9) == ["c", "d", "a", "b", "e"])
        #expect(try list(2) == ["c", "d"])
        #expect(try list(0) == [])
        #expect(try list(-1) == [])
        #expect(try fixture.read { reader throws(StoreError) in try reader.openAlertCount() } == 3)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func aPaceNamesAShop(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let stranger = MerchantID(World.id(.merchant, 404))
        try expectRefusal { try fixture.commit { $0.paces.set(stranger, ShopPace(merchant: stranger, day: 1)) } }
    }

    /// A refusal keeps its more precise reason.
    @Test(arguments: StoreUnderTest.allCases, [nil, "AM14", "AM21"])
    func refusalsKeepTheirReason(kind: StoreUnderTest, reason: String?) throws {
        let fixture = try kind.makeWorld()
        let refusal = Refusal(.limitExceeded, "So many are left.", isoReason: reason)
        try fixture.commit { $0.idempotency.set(World.key("a"), World.record(.refused(refusal))) }
        try fixture.reopen()
        let found = try fixture.look(at: .idempotency(World.key("a"))).idempotency[World.key("a")]
        #expect(found?.answer == .refused(refusal))
    }

    @Test(arguments: StoreUnderTest.allCases, [nil, true, false])
    func quotesKeepTheirWarning(kind: StoreUnderTest, warning: Bool?) throws {
        let fixture = try kind.makeWorld()
        let quote = World.quote(1, possibleDuplicate: warning)
        try fixture.commit { $0.quotes.set(quote.id, quote) }
        try fixture.reopen()
        #expect(try fixture.look(at: .quote(quote.id)).quotes[quote.id] == quote)
    }
}

import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// Shops that people look for and freeze, and what is written down of those people.
@Suite struct WatchingPromiseTests {
    // MARK: Freezes

    private static func freeze(_ number: UInt64, liftedBy lifter: String? = nil) -> ShopFreeze {
        let act = { (name: String, reason: String) in
            ShopFreeze.Act(person: World.person(name), at: World.now, reason: reason)
        }
        return ShopFreeze(
            shop: MerchantID(World.id(.merchant, number)),
            freezing: act("sokha", "ឈប់ សិន '; DROP"),
            lifting: lifter.map { act($0, "違った") }
        )
    }

    private static func addShops(_ numbers: ClosedRange<UInt64>, _ fixture: any StoreFixture) throws {
        try fixture.commit { transaction in
            for number in numbers {
                let key = MerchantKey.khqr(account: "shop\(number)@aclb", merchantID: nil)
                transaction.merchants.set(key, World.merchant(number, key: key))
            }
        }
    }

    @Test(arguments: StoreUnderTest.allCases)
    func freezesInForceComeInTheOrderOfTheirShops(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        try Self.addShops(2...5, fixture)
        try fixture.commit { transaction in
            for number: UInt64 in [4, 2, 3] {
                transaction.shopFreezes.set(Self.freeze(number).shop, Self.freeze(number))
            }
        }
        let lifted = Self.freeze(3, liftedBy: "yuki")
        try fixture.change(.shopFreeze(lifted.shop)) { $0.shopFreezes.set(lifted.shop, lifted) }
        try fixture.reopen()
        try fixture.read { reader throws(StoreError) in
            #expect(try reader.freezes(after: nil, limit: 9) == [Self.freeze(2), Self.freeze(4)])
            #expect(try reader.freezes(after: Self.freeze(2).shop, limit: 9) == [Self.freeze(4)])
            #expect(try reader.freezes(after: nil, limit: 1) == [Self.freeze(2)])
            #expect(try reader.freezes(after: nil, limit: -1) == [])
            #expect(try reader.freeze(of: lifted.shop) == lifted)
            #expect(try reader.freeze(of: MerchantID(World.id(.merchant, 5))) == nil)
        }
    }

    @Test(arguments: StoreUnderTest.allCases)
    func nobodyFreezesAndLiftsAlone(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let alone = Self.freeze(1, liftedBy: "sokha")
        let error = #expect(throws: StoreError.self) {
            try fixture.commit { $0.shopFreezes.set(alone.shop, alone) }
        }
        #expect(error?.code == .constraint)
    }

    // MARK: The log

    private static func moment(day: Int64) -> Timestamp { World.now.adding(.seconds(day * 86_400)) }

    private static func entry(
        _ number: UInt64,
        day: Int64,
        by person: String = "sokha",
        _ act: AuditEntry.Act = .sawPayment,
        about subject: UInt64? = nil
    ) -> AuditEntry {
        let id = UniqueID(high: UniqueID.version7(before: moment(day: day)).high | 0x7000, low: number)
        let subject = subject.map { World.id(.payment, $0) }
        return AuditEntry(id: id, person: World.person(person), act: act, subject: subject, detail: "セット ហាង")
    }

    private static let entries = [
        entry(1, day: 0, about: 1), entry(2, day: 0, by: "yuki", .froze, about: 2), entry(3, day: 1, about: 1),
        entry(4, day: 2, by: "yuki", .sawPayment, about: 1), entry(5, day: 2, .searchedShops),
    ]

    private func add(_ entries: [AuditEntry], _ fixture: any StoreFixture) throws {
        try fixture.commit { transaction in
            for entry in entries { transaction.auditEntries.set(entry.id, entry) }
        }
    }

    @Test(arguments: StoreUnderTest.allCases)
    func theLogComesTheLatestFirst(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        try add(Self.entries, fixture)
        try fixture.reopen()
        let found = { (search: AuditSearch) in
            try fixture.read { reader throws(StoreError) in try reader.auditEntries(search) }
        }
        let numbers = { (search: AuditSearch) in try found(search).map(\.id.low) }
        #expect(try found(AuditSearch()) == Self.entries.reversed())
        #expect(try numbers(AuditSearch(limit: 2)) == [5, 4])
        #expect(try numbers(AuditSearch(before: Self.entries[3].id)) == [3, 2, 1])
        #expect(try numbers(AuditSearch(person: World.person("yuki"))) == [4, 2])
        #expect(try numbers(AuditSearch(from: Self.moment(day: 1), until: Self.moment(day: 2))) == [3])
        #expect(try numbers(AuditSearch(person: World.person("yuki"), from: Self.moment(day: 1))) == [4])
        #expect(try numbers(AuditSearch(subjects: [World.id(.payment, 1)])) == [4, 3, 1])
        #expect(try numbers(AuditSearch(subjects: [1, 2].map { World.id(.payment, $0) }, limit: 3)) == [4, 3, 2])
        #expect(try numbers(AuditSearch(subjects: [World.id(.payment, 9)])) == [])
        #expect(try numbers(AuditSearch(limit: -1)) == [])
    }

    @Test(arguments: StoreUnderTest.allCases)
    func whatWasWrittenDownIsNotChanged(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        try add(Self.entries, fixture)
        let other = Self.entry(1, day: 0, by: "yuki", about: 1)
        #expect(throws: StoreError.self) { try add([other], fixture) }
        #expect(throws: StoreError.self) { try fixture.commit { $0.auditEntries.set(Self.entries[0].id, nil) } }
        let kept = try fixture.read { reader throws(StoreError) in try reader.auditEntries(AuditSearch()) }
        #expect(kept == Self.entries.reversed())
    }

    /// Each that comes takes with it what is over, and nothing else.
    @Test(arguments: StoreUnderTest.allCases)
    func entriesGoWhenTheirTimeIsOver(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        try add(Self.entries, fixture)
        let days = AuditEntry.life.components.seconds / 86_400
        try add([Self.entry(6, day: days)], fixture)
        let kept = {
            try fixture.read { reader throws(StoreError) in try reader.auditEntries(AuditSearch()).map(\.id.low) }
        }
        #expect(try kept() == [6, 5, 4, 3, 2, 1])
        try add([Self.entry(7, day: days + 1)], fixture)
        #expect(try kept() == [7, 6, 5, 4, 3])
    }

    // MARK: Looking for shops

    @Test(arguments: StoreUnderTest.allCases)
    func shopsAreFoundByWhatIsKnownOfThem(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let other = Participant(id: World.participant("other-bank"), name: "O", country: .cambodia, roles: .acquirer)
        try fixture.commit { transaction in
            transaction.participants.set(other.id, other)
            for number: UInt64 in 2...9 {
                let key = MerchantKey.khqr(account: "shop\(number)@ACLB", merchantID: number == 4 ? "KZN_4%" : nil)
                let acquirer = number.isMultiple(of: 2) ? other.id : World.acquirer
                var merchant = World.merchant(number, key: key, acquirer: acquirer, name: "Café \(number)")
                if number == 5 { merchant.localName = "ហាងកាហ្វេ" }
                if number == 6 { merchant.city = "Siem Reap" }
                transaction.merchants.set(key, merchant)
            }
        }
        let find = { (text: String, bank: ParticipantID?, after: UInt64?, limit: Int, span: Int) in
            try fixture.read { reader throws(StoreError) in
                let after = after.map { MerchantID(World.id(.merchant, $0)) }
                let found = try reader.merchants(
                    MerchantSearch(text, acquirer: bank, after: after, limit: limit, span: span)
                )
                return (found.merchants.map(\.id.value.low), found.next?.value.low)
            }
        }
        func expect(
            _ text: String,
            _ found: [UInt64],
            next: UInt64? = nil,
            bank: ParticipantID? = nil,
            after: UInt64? = nil,
            limit: Int = 50,
            span: Int = 100,
            _ place: SourceLocation = #_sourceLocation
        ) throws {
            let answer = try find(text, bank, after, limit, span)
            #expect(answer.0 == found && answer.1 == next, "\(text): \(answer)", sourceLocation: place)
        }
        try expect("caf", [2, 3, 4, 5, 6, 7, 8, 9])
        try expect("CAFé 3", [3])
        try expect("shop7@aclb", [7])
        try expect("កាហ្វេ", [5])
        try expect("siem", [6])
        try expect("kzn_4%", [4])
        try expect("%", [4])
        try expect("kizuna", [1])
        try expect("nobody", [])
        try expect("caf", [2, 4, 6, 8], bank: other.id)
        try expect("caf", [], bank: World.participant("nobody"))
        try expect("caf", [2, 3, 4], next: 4, limit: 3)
        try expect("caf", [5, 6, 7], next: 7, after: 4, limit: 3)
        try expect("caf", [2, 3], next: 3, span: 3)
        try expect("caf", [2, 4], next: 4, bank: other.id, span: 2)
        try expect("siem", [], next: 3, span: 3)
        try expect("siem", [6], after: 3, span: 100)
        let byKey = try fixture.read { reader throws(StoreError) in
            (
                try reader.merchant(.khqr(account: "shop7@ACLB", merchantID: nil))?.id.value.low,
                try reader.merchant(.khqr(account: "shop4@ACLB", merchantID: nil))?.id.value.low
            )
        }
        #expect(byKey.0 == 7 && byKey.1 == nil)
    }
}

/// Whoever has the server's database at hand, and forgets that it is not his to change.
@Suite struct WatchedOnPostgresTests {
    @Test(
        arguments: [
            "UPDATE audit_log SET person = 'nobody'", "DELETE FROM audit_log", "DELETE FROM audit_log WHERE at = 2",
            "UPDATE shop_freezes SET lifted_by = frozen_by, lifted_at = 1, lift_reason = 'x'",
            "UPDATE shop_freezes SET lifted_by = 'yuki'",
        ]
    )
    func theLogsRowsAreKept(sql: String) throws {
        let fixture = try PostgresFixture()
        try fixture.commit(World.foundation)
        try fixture.server.execute(
            """
            INSERT INTO audit_log VALUES (gen_random_uuid(), 2, 'sokha', 1, NULL, NULL);
            INSERT INTO shop_freezes SELECT id, 'sokha', 1, 'x', NULL, NULL, NULL FROM merchants;
            """,
            in: fixture.database
        )
        let error = #expect(throws: StoreError.self) { try fixture.server.execute(sql, in: fixture.database) }
        #expect(error?.code == .constraint)
    }
}

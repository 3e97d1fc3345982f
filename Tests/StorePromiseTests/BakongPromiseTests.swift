import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// What the Bakong facade asks of a store, and what it keeps there.
@Suite struct BakongPromiseTests {
    private func hash(_ payment: Payment) -> PaymentHash { PaymentHash(of: payment, digester: OpenSSLDigester()) }

    private func found(_ digits: some StringProtocol, in fixture: any StoreFixture) throws -> [PaymentID] {
        let prefixes = try #require(PaymentHash.prefixes(beginningWith: digits))
        return try fixture.read { reader throws(StoreError) in
            try reader.paidPayments(hashPrefixes: prefixes, limit: 10)
        }.map(\.id)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func aPaymentIsFoundByItsHashFromTheCommitOnThatPaysTheShop(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let sent = World.payment(1, price: World.dollars)
        let digits = hash(sent).hexadecimal
        try fixture.commit { World.pay(sent, in: &$0) }
        #expect(try found(digits.prefix(16), in: fixture).isEmpty)
        for state in [PaymentState.completed, .partiallyRefunded, .refunded] {
            try fixture.change(.payment(sent.id)) { transaction in
                transaction.payments.set(sent.id, World.payment(1, price: World.dollars, state: state))
            }
            #expect(try found(digits.prefix(16), in: fixture) == [sent.id])
            #expect(try found(digits.prefix(8), in: fixture) == [sent.id])
        }
        try fixture.reopen()
        #expect(try found(digits.prefix(1), in: fixture) == [sent.id])
        let other = digits.first == "0" ? "1" : "0"
        #expect(try found(other + digits.dropFirst().prefix(7), in: fixture).isEmpty)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func paymentsOfTheOtherSchemeHaveNoHash(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let payment = World.payment(1, state: .completed)
        try fixture.commit { World.pay(payment, in: &$0) }
        #expect(try found(hash(payment).hexadecimal.prefix(16), in: fixture).isEmpty)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func hashesOfOneBeginningComeTogetherUpToALimit(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let payments = (1...40).map { World.payment($0, price: World.dollars, state: .completed) }
        try fixture.commit { transaction in
            for payment in payments { World.pay(payment, in: &transaction) }
        }
        let digit = hash(payments[0]).hexadecimal.prefix(1)
        let expected = payments.filter { hash($0).hexadecimal.hasPrefix(digit) }.map(\.id)
        #expect(try found(digit, in: fixture) == expected)
        let prefixes = try #require(PaymentHash.prefixes(beginningWith: digit))
        let one = try fixture.read { reader throws(StoreError) in
            try reader.paidPayments(hashPrefixes: prefixes, limit: 1)
        }
        #expect(one.count == 1)
    }

    /// Several nodes may remember the same code; what is remembered first stays.
    @Test(arguments: StoreUnderTest.allCases)
    func codesStandWhereTheirPaymentsLeftThem(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let payment = World.payment(1, price: World.dollars)
        let codes = (1...3).map { CodeDigest(World.id(.code, $0)) }
        let standing = { (code: CodeDigest) in
            try fixture.read { reader throws(StoreError) in try reader.standing(of: code) }
        }
        try fixture.commit { transaction in
            World.pay(payment, in: &transaction)
            transaction.codeNotes.set(codes[0], .failed)
            transaction.codeClaims.set(codes[0], payment.id)
            transaction.codeNotes.set(codes[1], .reusable)
        }
        try fixture.commit { transaction in
            transaction.codeNotes.set(codes[0], .failed)
            transaction.codeNotes.set(codes[1], .reusable)
        }
        try fixture.reopen()
        #expect(try standing(codes[0]) == .claimed(payment.id))
        #expect(try standing(codes[1]) == .noted(.reusable))
        #expect(try standing(codes[2]) == nil)
        try fixture.change(.codeClaim(codes[0])) { $0.codeClaims.set(codes[0], nil) }
        #expect(try standing(codes[0]) == .noted(.failed))
    }

    @Test(arguments: StoreUnderTest.allCases)
    func aBakongAccountIsKnownByTheShopsThatNameIt(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let keys: [MerchantKey] = [
            .khqr(account: "cafe@aclb", merchantID: "KZN0/1"), .khqr(account: "sole@wing", merchantID: nil),
        ]
        try fixture.commit { transaction in
            for (number, key) in zip(UInt64(7)..., keys) {
                transaction.merchants.set(key, World.merchant(number, key: key))
            }
        }
        let isKnown = { (account: String) in
            try fixture.read { reader throws(StoreError) in try reader.hasMerchant(bakongAccount: account) }
        }
        for account in ["cafe@aclb", "sole@wing"] { #expect(try isKnown(account)) }
        for account in ["cafe@acl", "cafe@aclb0", "cafe@aclb/KZN0", "cafe", "ole@wing", "%", "", "CAFE@ACLB"] {
            #expect(try !isKnown(account), "\(account)")
        }
    }

    @Test(arguments: StoreUnderTest.allCases)
    func projectsComeBackByAddressIdAndCode(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let projects = [World.project(1), World.project(2, .unconfirmed), World.project(3, .revoked)]
        try fixture.commit { transaction in
            for project in projects { transaction.bakongProjects.set(project.email, project) }
        }
        try fixture.reopen()
        try fixture.store.read { reader throws(StoreError) in
            for project in projects {
                #expect(try reader.bakongProject(email: project.email) == project)
                #expect(try reader.bakongProject(id: project.id) == project)
            }
            #expect(try reader.bakongProject(codeDigest: projects[1].codeDigest ?? []) == projects[1])
            #expect(try reader.bakongProject(codeDigest: [UInt8](repeating: 0, count: 32)) == nil)
            #expect(try reader.bakongProjects(nil, limit: 2) == [projects[0], projects[1]])
            #expect(try reader.bakongProjects(.revoked, limit: 10) == [projects[2]])
        }
        let again = World.project(2, .active, id: 7)
        try fixture.change(.bakongProject(again.email), .bakongProject(projects[2].email)) { transaction in
            transaction.bakongProjects.set(again.email, again)
            transaction.bakongProjects.set(projects[2].email, nil)
        }
        try fixture.store.read { reader throws(StoreError) in
            #expect(try reader.bakongProjects(nil, limit: 10) == [projects[0], again])
            #expect(try reader.bakongProject(id: projects[1].id) == nil)
        }
    }

    @Test(arguments: StoreUnderTest.allCases)
    func keysAndLinksComeBackAndGo(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let links = [World.deepLink(1, lapsing: 9), World.deepLink(2, lapsing: 5, source: true)]
        try fixture.commit { transaction in
            for number in [2, 1] { transaction.bakongKeys.set(number, World.bakongKey(number)) }
            for link in links { transaction.deepLinks.set(link.id, link) }
        }
        try fixture.reopen()
        try fixture.store.read { reader throws(StoreError) in
            #expect(try reader.bakongKeys() == [World.bakongKey(1), World.bakongKey(2)])
            for link in links { #expect(try reader.deepLink(link.id) == link) }
            #expect(try reader.deepLinks(limit: 1) == [links[1]])
            #expect(try reader.deepLinkCount() == 2)
        }
        try fixture.change(.bakongKey(1), .deepLink(links[1].id)) { transaction in
            transaction.bakongKeys.set(1, nil)
            transaction.deepLinks.set(links[1].id, nil)
        }
        try fixture.store.read { reader throws(StoreError) in
            #expect(try reader.bakongKeys() == [World.bakongKey(2)])
            #expect(try reader.deepLinks(limit: 10) == [links[0]])
        }
    }
}

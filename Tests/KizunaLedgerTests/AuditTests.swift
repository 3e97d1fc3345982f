import KizunaLedger
import KizunaMoney
import Testing

@Suite struct AuditTests {
    typealias Fixture = BooksTests

    static func line(
        _ kind: Transfer.Kind,
        leg: Int = 1,
        from: AccountID = Fixture.bank,
        to: AccountID = Fixture.shopBank,
        minorUnits: Int64 = 500
    ) -> Transfer {
        Transfer(
            transaction: Fixture.transaction,
            leg: leg,
            kind: kind,
            debit: from,
            credit: to,
            minorUnits: minorUnits,
            at: Fixture.now
        )
    }

    static let hold = HoldID(transaction: Fixture.transaction, leg: 1)

    @Test(arguments: [
        ([line(.hold), line(.hold)], Audit.Violation.holdReopened(hold)),
        ([line(.post)], .holdEndedWrongly(hold)),
        ([line(.hold), line(.post), line(.void)], .holdEndedWrongly(hold)),
        ([line(.hold), line(.post, minorUnits: 499)], .holdEndedWrongly(hold)),
        ([line(.hold), line(.void, from: Fixture.shopBank, to: Fixture.bank)], .holdEndedWrongly(hold)),
        ([line(.direct, to: Fixture.bank)], .malformedLine(transaction: Fixture.transaction, leg: 1)),
        ([line(.direct, to: Fixture.rielBank)], .malformedLine(transaction: Fixture.transaction, leg: 1)),
        ([line(.direct, minorUnits: 0)], .malformedLine(transaction: Fixture.transaction, leg: 1)),
    ])
    func namesWhatTheJournalBreaks(lines: [Transfer], violation: Audit.Violation) {
        var audit = Audit()
        for line in lines { audit.add(line) }
        #expect(audit.violations == [violation])
    }

    @Test func namesAccountsThatDisagree() {
        var audit = Audit()
        audit.add(Self.line(.direct))
        audit.compare(with: [
            Account(id: Fixture.bank, debitsPosted: 501), Account(id: Fixture.shopBank, creditsPosted: 500),
        ])
        #expect(audit.violations == [.balanceDiffers(Fixture.bank), .currencyOutOfBalance(.jpy)])
    }

    @Test func namesAccountsThatAreGone() {
        var audit = Audit()
        audit.add(Self.line(.direct))
        audit.compare(with: [Account(id: Fixture.bank, debitsPosted: 500)])
        #expect(audit.violations == [.balanceDiffers(Fixture.shopBank), .currencyOutOfBalance(.jpy)])
    }

    @Test func namesACapThatWasPassed() {
        var audit = Audit()
        audit.add(Self.line(.direct))
        audit.compare(with: [
            Account(id: Fixture.bank, netDebitCapMinorUnits: 499, debitsPosted: 500),
            Account(id: Fixture.shopBank, creditsPosted: 500),
        ])
        #expect(audit.violations == [.capPassed(Fixture.bank)])
    }
}

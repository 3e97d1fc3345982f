import KizunaLedger
import KizunaMoney
import Testing

@Suite struct BooksTests {
    static let yen = Money(minorUnits: 500, currency: .jpy)
    static let bank = account("alpha-jp", .jpy)
    static let shopBank = account("beta-jp", .jpy)
    static let rielBank = account("gamma-kh", .khr)
    static let transaction = UniqueID(high: 1, low: 2)
    static let now = Timestamp(milliseconds: 1_760_000_000_000)

    static func account(_ owner: String, _ currency: Currency) -> AccountID {
        guard let owner = ParticipantID(owner) else { preconditionFailure("A test names a participant badly") }
        return AccountID(owner: owner, role: .settlement, currency: currency)
    }

    func books(cap: Int64? = 1_000) -> Ledger {
        Ledger(accounts: [
            Account(id: Self.bank, netDebitCapMinorUnits: cap), Account(id: Self.shopBank), Account(id: Self.rielBank),
        ])
    }

    @Test func postsWhatItHeld() throws {
        var books = books()
        try books.hold(
            Self.yen,
            from: Self.bank,
            to: Self.shopBank,
            transaction: Self.transaction,
            leg: 1,
            at: Self.now
        )
        #expect(books.account(Self.bank)?.headroomMinorUnits == 500)
        #expect(books.account(Self.bank)?.positionMinorUnits == 0)
        try books.post(HoldID(transaction: Self.transaction, leg: 1), at: Self.now)
        #expect(books.account(Self.bank)?.positionMinorUnits == -500)
        #expect(books.account(Self.shopBank)?.positionMinorUnits == 500)
        #expect(books.account(Self.bank)?.debitsHeld == 0)
        #expect(books.journal.map(\.kind) == [.hold, .post])
        #expect(books.holds.isEmpty)
    }

    @Test func letsGoWhatItHeld() throws {
        var books = books()
        try books.hold(
            Self.yen,
            from: Self.bank,
            to: Self.shopBank,
            transaction: Self.transaction,
            leg: 1,
            at: Self.now
        )
        try books.void(HoldID(transaction: Self.transaction, leg: 1), at: Self.now)
        #expect(books.account(Self.bank) == Account(id: Self.bank, netDebitCapMinorUnits: 1_000))
        #expect(books.account(Self.shopBank) == Account(id: Self.shopBank))
    }

    @Test func endsEachHoldOnce() throws {
        var books = books()
        let hold = HoldID(transaction: Self.transaction, leg: 1)
        #expect(throws: LedgerError.holdNotOpen) { try books.post(hold, at: Self.now) }
        try books.hold(
            Self.yen,
            from: Self.bank,
            to: Self.shopBank,
            transaction: Self.transaction,
            leg: 1,
            at: Self.now
        )
        try books.post(hold, at: Self.now)
        #expect(throws: LedgerError.holdNotOpen) { try books.post(hold, at: Self.now) }
        #expect(throws: LedgerError.holdNotOpen) { try books.void(hold, at: Self.now) }
    }

    @Test(arguments: [(Int64(500), true), (499, false)])
    func countsHoldsAgainstTheCap(cap: Int64, fits: Bool) {
        var books = books(cap: cap)
        let hold = {
            try books.hold(
                Self.yen,
                from: Self.bank,
                to: Self.shopBank,
                transaction: Self.transaction,
                leg: 1,
                at: Self.now
            )
        }
        if fits {
            #expect(throws: Never.self) { try hold() }
            #expect(throws: LedgerError.capExceeded(Self.bank)) {
                try books.transfer(
                    Money(minorUnits: 1, currency: .jpy),
                    from: Self.bank,
                    to: Self.shopBank,
                    transaction: Self.transaction,
                    leg: 2,
                    at: Self.now
                )
            }
        } else {
            #expect(throws: LedgerError.capExceeded(Self.bank)) { try hold() }
            #expect(books.journal.isEmpty)
        }
    }

    @Test func refusesWhatIsNoTransfer() {
        var books = books()
        let move = { (amount: Money, from: AccountID, to: AccountID) in
            try books.transfer(amount, from: from, to: to, transaction: Self.transaction, leg: 1, at: Self.now)
        }
        #expect(throws: LedgerError.notATransfer) { try move(Self.yen, Self.bank, Self.bank) }
        #expect(throws: LedgerError.notATransfer) { try move(Self.yen, Self.bank, Self.rielBank) }
        #expect(throws: LedgerError.notATransfer) {
            try move(Money(minorUnits: 5, currency: .khr), Self.bank, Self.shopBank)
        }
        #expect(throws: LedgerError.amountNotPositive) { try move(.zero(.jpy), Self.bank, Self.shopBank) }
        #expect(throws: LedgerError.amountNotPositive) {
            try move(Money(minorUnits: -5, currency: .jpy), Self.bank, Self.shopBank)
        }
        let stranger = Self.account("nobody", .jpy)
        #expect(throws: LedgerError.unknownAccount(stranger)) { try move(Self.yen, stranger, Self.bank) }
        #expect(books.journal.isEmpty)
    }

    @Test func refusesBalancesPastTheirLimit() throws {
        var books = Ledger(accounts: [
            Account(id: Self.bank, debitsPosted: .max / 4), Account(id: Self.shopBank),
        ])
        #expect(throws: LedgerError.overflow) {
            try books.transfer(
                Money(minorUnits: 1, currency: .jpy),
                from: Self.bank,
                to: Self.shopBank,
                transaction: Self.transaction,
                leg: 1,
                at: Self.now
            )
        }
        #expect(books.account(Self.shopBank) == Account(id: Self.shopBank))
    }

    /// Random holds, posts, voids and transfers keep every balance what the journal says, and every currency at zero.
    @Test(arguments: 1...20) func agreesWithItsJournal(seed: UInt64) throws {
        var dice = SeededDice(seed: seed)
        let ids = ["a1", "b2", "c3", "d4"].flatMap { [Self.account($0, .jpy), Self.account($0, .khr)] }
        var books = Ledger(accounts: ids.map { Account(id: $0, netDebitCapMinorUnits: 5_000) })
        var open: [HoldID] = []
        for number in 1...500 {
            let (from, to) = (ids[dice.next(upTo: ids.count)], ids[dice.next(upTo: ids.count)])
            let amount = Money(minorUnits: Int64(dice.next(upTo: 900)), currency: from.currency)
            let transaction = UniqueID(high: 0, low: UInt64(number))
            switch dice.next(upTo: 4) {
            case 0:
                if (try? books.hold(amount, from: from, to: to, transaction: transaction, leg: 1, at: Self.now)) != nil
                {
                    open.append(HoldID(transaction: transaction, leg: 1))
                }
            case 1 where !open.isEmpty: try books.post(open.remove(at: dice.next(upTo: open.count)), at: Self.now)
            case 2 where !open.isEmpty: try books.void(open.remove(at: dice.next(upTo: open.count)), at: Self.now)
            default: try? books.transfer(amount, from: from, to: to, transaction: transaction, leg: 1, at: Self.now)
            }
        }
        var audit = Audit()
        for line in books.journal { audit.add(line) }
        audit.compare(with: Array(books.accounts.values))
        #expect(audit.violations.isEmpty)
        #expect(audit.transfers == books.journal.count)
        #expect(audit.openHoldIDs == Set(open))
    }
}

/// SplitMix64: the seed says everything.
struct SeededDice: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func next(upTo bound: Int) -> Int { Int(next(upperBound: UInt64(bound))) }
}

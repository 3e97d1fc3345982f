package import KizunaLedger

/// How a simulated bank behaves until it is told otherwise.
package enum BankMood: String, Sendable, Hashable, CaseIterable {
    case well
    case silent
    case slow
    /// It says everything twice.
    case twice
}

/// What a demonstration's panel can do.
package enum Trouble: Sendable, Hashable {
    /// Nothing: to see how everything stands.
    case look
    /// A shop's bank behaves otherwise from now on.
    case mood(BankMood, of: ParticipantID)
    /// The simulated payers pay a few times.
    case payments
    /// A payer pays what the shop's bank first refuses, then claims to have credited, and does not undo, so that people
    /// have to decide.
    case exception
    /// A payment is disputed and the shop's bank says no, so that people have to decide.
    case dispute
    /// The switch ends at once in the middle of a few payments, and is started again.
    case kill
    /// The clock that the switch and its banks go by is put forward, or back.
    case clock(Duration)
}

/// How everything stands that the panel can do something to.
package struct ChaosStanding: Sendable {
    /// The shops' banks, each with how it behaves.
    package let banks: [(id: ParticipantID, mood: BankMood)]
    /// How many payments the shops' banks have credited by their own books.
    package let credited: Int
    /// How many the switch had recorded as paid before they kept any.
    package let creditedBefore: Int
    /// How far the clock is put forward; negative for back.
    package let clockAhead: Duration
    /// How often the switch has been started.
    package let starts: Int

    package init(
        banks: [(id: ParticipantID, mood: BankMood)],
        credited: Int,
        creditedBefore: Int,
        clockAhead: Duration,
        starts: Int
    ) {
        self.banks = banks
        self.credited = credited
        self.creditedBefore = creditedBefore
        self.clockAhead = clockAhead
        self.starts = starts
    }
}

/// What a demonstration lets people do to its banks, its clock and the switch.
package protocol ChaosControls: Sendable {
    /// Makes trouble, and returns how everything stands then; `nil` when nobody answers. What payments come to is on the
    /// pages.
    func make(_ trouble: Trouble) async -> ChaosStanding?
}

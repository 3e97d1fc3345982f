import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// What a wallet does wrong when it submits.
enum Twist: Sendable, Hashable {
    case otherAmount
    case otherDebit
    /// Uses the quote of another payment.
    case quoteOf(Int)
    /// Uses the UETR of another payment.
    case uetrOf(Int)
    /// Arrives so many milliseconds after the quote's last moment.
    case lateQuote(Int64)
    /// Arrives when the payer's consent is so many milliseconds older than it may be.
    case oldConsent(Int64)
    /// A clock that runs ahead by so many milliseconds more than is tolerated.
    case earlyConsent(Int64)
    /// Asks for a quote of so many minor units instead, which nobody can pay.
    case askedAmount(Int64)
    /// Arrives when its bank may owe the whole amount less so many minor units, and no more.
    case narrowCap(missing: Int64)

    /// The trouble it is counted as.
    var fault: Fault {
        switch self {
        case .otherAmount: .amountChanged
        case .otherDebit: .debitChanged
        case .quoteOf: .quoteUsedAgain
        case .uetrOf: .uetrUsedAgain
        case .lateQuote: .quoteUsedLate
        case .oldConsent: .consentOld
        case .earlyConsent: .consentEarly
        case .askedAmount: .amountUnpayable
        case .narrowCap: .capNarrowed
        }
    }
}

/// A submission as its wallet makes it, with what the plan has it do wrong.
struct SubmissionDraft {
    private let pay: PayAction
    private var quote: Quote
    private(set) var uetr: UETR
    private var merchantAmount: Money
    private var payerDebit: Money
    private var acceptedAt: Timestamp?
    /// When the switch shall receive it, where that matters to the millisecond; by the machine's clock.
    private(set) var moment: Timestamp?
    private(set) var isTwisted = false

    init(_ pay: PayAction, _ quote: Quote, at now: Timestamp, in world: World) {
        self.pay = pay
        self.quote = quote
        var dice = SeededDice(seed: pay.seed)
        uetr = UETR(.version4(using: &dice))
        merchantAmount = quote.price.merchantAmount
        payerDebit = quote.price.payerDebit
        acceptedAt = dice.chance(inHundred: 50) ? now.adding(.milliseconds(pay.pauses.1)) : nil
        if let twist = world.mischief.twists[pay.number] { apply(twist, at: now, in: world) }
    }

    private mutating func apply(_ twist: Twist, at now: Timestamp, in world: World) {
        isTwisted = true
        switch twist {
        case .otherAmount: merchantAmount = merchantAmount.oneUnitMore
        case .otherDebit: payerDebit = payerDebit.oneUnitMore
        case .quoteOf(let other):
            guard let theirs = world.stories[other]?.quote, other != pay.number else { return isTwisted = false }
            quote = theirs
            (merchantAmount, payerDebit) = (theirs.price.merchantAmount, theirs.price.payerDebit)
        case .uetrOf(let other):
            guard let theirs = world.stories[other]?.uetr, other != pay.number else { return isTwisted = false }
            uetr = theirs
        case .lateQuote(let offset): moment = quote.expiresAt.adding(.milliseconds(offset))
        case .oldConsent(let offset):
            acceptedAt = now
            moment = now.adding(.milliseconds(25_000 + offset))
        case .earlyConsent(let offset):
            moment = now.adding(.milliseconds(5))
            acceptedAt = now.adding(.milliseconds(60_005 + offset))
        case .askedAmount, .narrowCap: isTwisted = false
        }
        if moment != nil, acceptedAt != nil, case .lateQuote = twist { acceptedAt = nil }
    }

    func submission(in world: World) -> Submission {
        Submission(
            caller: .participant(pay.issuer.id),
            command: .submit(
                SubmitPayment(
                    quote: quote.id,
                    uetr: uetr,
                    merchantAmount: merchantAmount,
                    payerDebit: payerDebit,
                    payer: pay.payer,
                    payerName: "Payer",
                    payerAccount: "account-\(pay.number % 7)",
                    acceptedAt: acceptedAt
                )
            ),
            idempotency: world.token(pay.issuer, .submit, "submit-\(pay.number)")
        )
    }
}

extension Money {
    fileprivate var oneUnitMore: Money {
        Money(minorUnits: minorUnits + currency.customerUnitMinorUnits, currency: currency)
    }
}

extension Story {
    /// The UETR that its submission bears.
    var uetr: UETR? {
        if case .submit(let command)? = submission?.command { command.uetr } else { nil }
    }
}

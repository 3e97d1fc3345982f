import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// A wallet pays at a shop: it scans, asks for a quote, shows it, and submits.
struct PayAction: Action {
    /// Its place in the plan, from 1; others refer to it by this.
    let number: Int
    let issuer: Participant
    let shop: Shop
    /// Pays the code of another payment once more instead of one of its own.
    let codeOf: Int?
    let isDynamic: Bool
    let amount: Money
    let payerCurrency: Currency
    /// How long the payer looks at the scan, and then at the quote, in milliseconds.
    let pauses: (Int64, Int64)
    let mind: BankMind
    /// Whether the bank refuses to undo a credit when it is asked.
    let keepsCredit: Bool
    /// What the bank answers when the payment is recalled.
    let recallMind: RecallMind
    /// How far from the deadline the bank answers where the plan makes it late, in milliseconds.
    let lateness: Int64
    /// Which of the issuer's payers: some pay more than once.
    let payer: PayerKey
    let seed: UInt64

    var title: String {
        let code = codeOf.map { "the code of payment \($0)" } ?? (isDynamic ? "a code for" : "")
        return "payment \(number): \(issuer.id) pays \(code) \(amount) at \(shop.acquirer), whose bank \(mind)"
    }

    func perform(in world: World) {
        let story = Story(self)
        world.stories[number] = story
        world.openStories += 1
        let code = world.code(of: self)
        story.code = code
        world.request(
            Submission(
                caller: .participant(issuer.id),
                command: .resolve(Resolve(payload: code.payload, code: code.digest)),
                idempotency: world.token(issuer, .resolve, "resolve-\(number)")
            ),
            about: (number, .resolve)
        ) { outcome in
            guard case .success(.resolution(let resolution, _))? = outcome?.result else { return world.endStory() }
            story.resolution = resolution
            world.schedule(after: pauses.0) { quote(story, resolution, in: world) }
        }
    }

    private func quote(_ story: Story, _ resolution: Resolution, in world: World) {
        let asked = story.code?.amount == nil ? askedAmount(in: world) : nil
        let submission = Submission(
            caller: .participant(issuer.id),
            command: .quote(
                RequestQuote(resolution: resolution.id, payerCurrency: payerCurrency, amount: asked)
            ),
            idempotency: world.token(issuer, .quote, "quote-\(number)")
        )
        story.quoteRequest = submission
        world.request(submission, about: (number, .quote)) { outcome in
            guard case .success(.quote(let quote))? = outcome?.result else { return world.endStory() }
            story.quote = quote
            submit(story, quote, in: world)
        }
    }

    /// What the payer types; a wallet that is told to lets more or less pass than may be paid.
    private func askedAmount(in world: World) -> Money {
        guard case .askedAmount(let minorUnits)? = world.mischief.twists[number] else { return amount }
        world.count(Fault.amountUnpayable)
        return Money(minorUnits: minorUnits, currency: amount.currency)
    }

    private func submit(_ story: Story, _ quote: Quote, in world: World) {
        let draft = SubmissionDraft(self, quote, at: world.clock.now(), in: world)
        if draft.isTwisted, let twist = world.mischief.twists[number] { world.count(twist.fault) }
        let moment = draft.moment.map { world.now + $0.since(world.clock.now()).wholeMilliseconds }
        let submission = draft.submission(in: world)
        story.submission = submission
        if world.uetrs[draft.uetr] == nil { world.uetrs[draft.uetr] = number }
        world.schedule(at: moment ?? world.now + pauses.1) {
            guard case .narrowCap(let missing)? = world.mischief.twists[number] else {
                return send(submission, for: story, exactly: moment, in: world)
            }
            world.narrowCap(of: issuer, to: quote.price.interbankAmount, missing: missing) {
                send(submission, for: story, exactly: moment, in: world)
            }
        }
    }

    private func send(_ submission: Submission, for story: Story, exactly moment: Int64?, in world: World) {
        world.request(submission, about: (number, .submit), exactly: moment) { outcome in
            if case .success(.payment(let payment))? = outcome?.result {
                story.payment = payment.id
                world.fireEarly(about: payment, number)
            }
            world.endStory()
        }
    }
}

extension World {
    /// The code that a payment scans: the shop's printed one, one made for it, or another payment's.
    fileprivate func code(of pay: PayAction) -> ScannableCode {
        if let other = pay.codeOf, let code = codes[other] {
            count(Fault.codeScannedAgain)
            return code
        }
        let expires = clock.now().adding(.seconds(600))
        let payload = pay.shop.payload(
            amount: pay.isDynamic ? pay.amount : nil,
            reference: "INV\(pay.number)",
            from: clock.now(),
            until: expires
        )
        let digest = digester.md5(Array(payload.utf8))
        let high = digest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        let low = digest.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
        let code = ScannableCode(
            shop: pay.shop,
            payload: payload,
            digest: CodeDigest(UniqueID(high: high, low: low)),
            amount: pay.isDynamic ? pay.amount : nil,
            expiresAt: pay.isDynamic && pay.shop.currency != .jpy ? expires : nil
        )
        codes[pay.number] = code
        return code
    }
}

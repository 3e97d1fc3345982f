import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import KizunaWeb
import Synchronization

/// One check under way at one target: speaks as the switch does, and remembers what went to and fro.
final class Trial: Sendable {
    private struct State {
        var exchanges: [Exchange] = []
        /// Credits that were asked for and not decided about.
        var open: [Purchase] = []
    }

    let target: Target
    let terms: Terms
    private let voice: Voice
    private let state = Mutex(State())

    init(_ target: Target, _ voice: Voice, _ terms: Terms) {
        self.target = target
        self.voice = voice
        self.terms = terms
    }

    var exchanges: [Exchange] { state.withLock { $0.exchanges } }
    var now: Timestamp { voice.clock.now() }

    // MARK: Sending

    /// Signs a letter as the switch does and sends it.
    ///
    /// - Parameter spoil: changes what goes over the wire, after it was signed.
    @discardableResult
    func send(_ letter: Letter, spoil: (inout Envelope) -> Void = { _ in }) async -> Answer {
        var envelope = voice.seal(letter, for: target)
        spoil(&envelope)
        let answer = await voice.send(envelope, to: target, timeout: terms.answer)
        state.withLock { $0.exchanges.append(Exchange(envelope, answer)) }
        return answer
    }

    /// Sends letters all at once.
    ///
    /// - Returns: the answers, in the order in which they came.
    func sendTogether(_ letters: [Letter]) async -> [Answer] {
        await withTaskGroup(of: Answer.self) { group in
            for letter in letters { group.addTask { await self.send(letter) } }
            var answers: [Answer] = []
            for await answer in group { answers.append(answer) }
            return answers
        }
    }

    /// What somebody who has another participant's secret would sign a letter with.
    func signatureOfSomebodyElse(_ letter: Letter) -> String {
        voice.signer.signature(
            id: letter.id,
            timestampSeconds: now.milliseconds / 1_000,
            body: letter.body,
            with: SigningSecret(of: Purchase.counterpart)
        )
    }

    // MARK: What is sent

    func newID() -> String { UniqueID.fresh(at: now).description }

    /// A payment to this target's shop, or of its payer; of the smallest amount unless told.
    func purchase(_ amount: Money? = nil, shop: Merchant? = nil, secondsAgo: Int64 = 0) -> Purchase {
        let amount = amount ?? smallest
        let purchase = Purchase(
            at: target,
            amount,
            shop: shop ?? target.shop,
            payerCurrency: amount.currency == .jpy ? .khr : .jpy,
            at: now.adding(.seconds(-secondsAgo))
        )
        if target.side == .acquirer { state.withLock { $0.open.append(purchase) } }
        return purchase
    }

    /// An ordinary message that must be taken.
    func sample() -> Letter {
        switch target.side {
        case .acquirer: return purchase().creditRequest
        case .issuer, .inbox: return purchase().update(.completed)
        case .webhook:
            guard let webhook = target.webhook else { preconditionFailure("A webhook's target has one") }
            let events = webhook.events.sorted { $0.rawValue < $1.rawValue }
            return purchase().announcement(events.first, to: webhook)
        }
    }

    /// In which currency this target's shops, or the shops that its payers pay, are paid first of all.
    var currency: Currency {
        switch (target.side, target.participant.country) {
        case (.acquirer, .japan), (.issuer, .cambodia), (.inbox, _), (.webhook, .japan): .jpy
        case (.acquirer, .cambodia), (.issuer, .japan), (.webhook, .cambodia): .khr
        }
    }

    /// What one payment may be, in minor units (`flows.md` 11).
    func bounds(_ currency: Currency) -> ClosedRange<Int64> {
        let corridor = currency == .jpy ? Corridor.cambodiaToJapan : .japanToCambodia
        return corridor.bounds[currency] ?? 1...1
    }

    var smallest: Money { Money(minorUnits: bounds(currency).lowerBound, currency: currency) }

    // MARK: Judging

    /// Whether an ordinary message was taken: a promise of a shop's bank, or any 2xx.
    func mustTake(_ answer: Answer) throws(Finding) {
        if target.side == .acquirer { try answer.mustSay("ACCEPTED") } else { try answer.mustBeGood() }
    }

    // MARK: Afterwards

    /// Lets go of what a shop's bank has promised and was not told about.
    func tidy() async {
        for purchase in state.withLock({ $0.open }) {
            let letter =
                target.participant.linkKind == .twoPhase ? purchase.decision(.rejected) : purchase.reversalRequest
            _ = await voice.send(voice.seal(letter, for: target), to: target, timeout: terms.answer)
        }
    }

    /// A credit that this check has seen to its end.
    func forget(_ purchase: Purchase) {
        state.withLock { $0.open.removeAll { $0.payment.id == purchase.payment.id } }
    }
}

/// Under which terms a participant is tried.
package struct Terms: Sendable {
    /// How long an answer is waited for: what a destination has (`flows.md` 4.5).
    package var answer = Duration.seconds(15)
    /// Until when an answer counts as prompt: what an inquiry may take.
    package var promptAnswer = Duration.seconds(3)
    /// Whether addresses may be of plain HTTP, as an operator can allow for trials.
    package var allowsPlainHTTP: Bool

    package init(allowsPlainHTTP: Bool) { self.allowsPlainHTTP = allowsPlainHTTP }
}

/// Speaks to a participant as the switch does.
struct Voice: Sendable {
    let client: any HTTPClient
    let signer: any MessageSigner
    let clock: any Clock

    /// What HTTPLinks would send.
    func seal(_ letter: Letter, for target: Target) -> Envelope {
        let seconds = clock.now().milliseconds / 1_000 - letter.ageSeconds
        let signatures = target.secrets.map {
            signer.signature(id: letter.id, timestampSeconds: seconds, body: letter.body, with: $0)
        }
        return Envelope(
            path: letter.path,
            id: letter.id,
            timestamp: String(seconds),
            signature: signatures.joined(separator: " "),
            body: letter.body
        )
    }

    func send(_ envelope: Envelope, to target: Target, timeout: Duration) async -> Answer {
        let start = ContinuousClock.now
        // A path goes behind an endpoint; a webhook's address is meant as it is written.
        let base = envelope.path.isEmpty ? target.url : String(target.url.trimmingSuffix { $0 == "/" })
        do throws(HTTPClientError) {
            let response = try await client.send(
                envelope.method,
                base + envelope.path,
                headers: envelope.headers,
                body: envelope.body,
                timeout: timeout
            )
            return Answer(response: response, error: nil, duration: start.duration(to: .now))
        } catch {
            return Answer(response: nil, error: error, duration: start.duration(to: .now))
        }
    }
}

extension String {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> Substring {
        var text = self[...]
        while let last = text.last, predicate(last) { text.removeLast() }
        return text
    }
}

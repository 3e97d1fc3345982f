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
        /// What was asked first about each payment that nothing was decided about since, by its id, and how many calls
        /// there were about it before.
        var questions: [String: (question: Letter.CreditQuestion, calls: Int)] = [:]
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
        return await send(letter, envelope) { await voice.send(envelope, to: target, timeout: terms.answer) }
    }

    /// Signs a letter as the switch does and sends it a few bytes at a time.
    @discardableResult
    func sendSlowly(_ letter: Letter, bytesPerSecond: Int) async -> Answer {
        let envelope = voice.seal(letter, for: target)
        return await send(letter, envelope) {
            await voice.sendSlowly(envelope, to: target, timeout: terms.answer, bytesPerSecond: bytesPerSecond)
        }
    }

    private func send(_ letter: Letter, _ envelope: Envelope, _ send: () async -> Answer) async -> Answer {
        if let decided = letter.decidedPayment { state.withLock { $0.questions[decided] = nil } }
        let question = letter.creditQuestion
        let known = question.flatMap { terms.answers?.count(about: $0.payment) }
        let answer = await send()
        state.withLock { $0.exchanges.append(Exchange(envelope, answer)) }
        guard let asked = question, let desk = terms.answers, let count = known, answer.isGood, answer.word == "PENDING"
        else {
            return answer
        }
        return await decision(of: answer, on: asked, at: desk, behind: count)
    }

    /// What a bank that has said `PENDING` answers by a call. The call that answered a question answers its repeats.
    private func decision(
        of pending: Answer,
        on question: Letter.CreditQuestion,
        at desk: AnswerDesk,
        behind known: Int
    ) async -> Answer {
        let first = state.withLock { state in
            let first = state.questions[question.payment] ?? (question, known)
            state.questions[question.payment] = first
            return first
        }
        let count = first.question == question ? first.calls : known
        let start = ContinuousClock.now
        let call = await desk.call(about: question.payment, behind: count, within: terms.answer)
        guard let call else { return pending }
        let waited = start.duration(to: .now)
        state.withLock { $0.exchanges.append(Exchange(call, after: waited)) }
        let response = HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: call.body)
        return Answer(response: response, error: nil, duration: pending.duration + waited)
    }

    /// When the certificate ends that the server shows; `nil` where it shows none that is trusted.
    func certificateEnd() async -> Timestamp? { await voice.certificateEnd(of: target, timeout: terms.answer) }

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
        case .issuer, .inbox, .rates: return purchase().update(.completed)
        case .webhook:
            guard let webhook = target.webhook else { preconditionFailure("A webhook's target has one") }
            let events = webhook.events.sorted { $0.rawValue < $1.rawValue }
            return purchase().announcement(events.first, to: webhook)
        }
    }

    /// In which currency this target's shops, or the shops that its payers pay, are paid first of all.
    var currency: Currency {
        switch (target.side, target.participant.country) {
        case (.acquirer, .japan), (.issuer, .cambodia), (.inbox, _), (.rates, _), (.webhook, .japan): .jpy
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
    /// How long the body of a message takes that comes in pieces, in seconds: less than any server's patience.
    package var slowBodySeconds = 3
    /// How long a certificate holds at the least without anybody being told.
    package var certificateTime = Duration.seconds(21 * 24 * 3_600)
    /// Where a bank calls that says `PENDING` first, if it can.
    package var answers: AnswerDesk?
    /// Whether addresses may be of plain HTTP, as an operator can allow for trials.
    package var allowsPlainHTTP: Bool

    package init(allowsPlainHTTP: Bool) { self.allowsPlainHTTP = allowsPlainHTTP }
}

/// Speaks to a participant as the switch does.
struct Voice: Sendable {
    let client: any TryingClient
    let signer: any MessageSigner
    let clock: any Clock
    /// When a certificate in PEM ends.
    let readCertificateEnd: @Sendable ([UInt8]) -> Timestamp?

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
        await answer { () throws(HTTPClientError) in
            try await client.send(
                envelope.method,
                address(of: envelope, at: target),
                headers: envelope.headers,
                body: envelope.body,
                timeout: timeout
            )
        }
    }

    func sendSlowly(
        _ envelope: Envelope,
        to target: Target,
        timeout: Duration,
        bytesPerSecond: Int
    ) async -> Answer {
        await answer { () throws(HTTPClientError) in
            try await client.sendSlowly(
                envelope.method,
                address(of: envelope, at: target),
                headers: envelope.headers,
                body: envelope.body,
                timeout: timeout,
                bytesPerSecond: bytesPerSecond
            )
        }
    }

    func certificateEnd(of target: Target, timeout: Duration) async -> Timestamp? {
        let shown = try? await client.certificate(of: target.url, timeout: timeout)
        return shown.flatMap(readCertificateEnd)
    }

    /// A path goes behind an endpoint; a webhook's address is meant as it is written.
    private func address(of envelope: Envelope, at target: Target) -> String {
        let base = envelope.path.isEmpty ? target.url : String(target.url.trimmingSuffix { $0 == "/" })
        return base + envelope.path
    }

    private func answer(
        _ exchange: () async throws(HTTPClientError) -> HTTPResponse
    ) async -> Answer {
        let start = ContinuousClock.now
        do throws(HTTPClientError) {
            let response = try await exchange()
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

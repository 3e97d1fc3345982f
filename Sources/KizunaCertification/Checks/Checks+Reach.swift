import KizunaMoney
import KizunaWeb

extension Set<Target.Side> {
    /// Those that the switch calls.
    static let called: Set = [.issuer, .acquirer, .webhook]
}

/// Whether messages get there, and answers back.
extension Check {
    /// The first one: when it fails, nothing else can be tried.
    package static let firstID = "reach.answers"

    static let reach: [Check] = [
        Check(
            .reach,
            "answers",
            "An ordinary signed message is taken",
            why: "Nothing else can be tried at an address that does not answer, or refuses what the switch has signed.",
            .messages,
            for: .called
        ) { trial throws(Finding) in
            try trial.mustTake(await trial.send(trial.sample()))
        },
        Check(
            .reach,
            "https",
            "The address is one of https",
            why: "Payments would travel where others can read them; the switch calls nothing else unless its operator "
                + "allows it for trials.",
            .messages,
            for: .called
        ) { trial throws(Finding) in
            guard !trial.terms.allowsPlainHTTP else {
                throw .notApplicable("Plain HTTP is allowed here, for trials.")
            }
            guard trial.target.url.lowercased().hasPrefix("https://") else {
                throw .failed("The address does not begin with https://.")
            }
        },
        Check(
            .reach,
            "certificate",
            "The certificate is trusted, for this name, and of today",
            why: "The switch does not speak to a server that cannot prove whose it is, and a lapsed certificate stops "
                + "every payment at once.",
            .messages,
            for: .called
        ) { trial throws(Finding) in
            guard trial.target.url.lowercased().hasPrefix("https://") else {
                throw .notApplicable("There is no certificate without https.")
            }
            let answer = await trial.send(trial.sample())
            guard answer.response != nil else { throw .failed("\(answer.words).") }
        },
        Check(
            .reach,
            "certificate-days",
            "The certificate holds for three more weeks",
            why: "One that ends over a weekend stops every payment to this bank until somebody is at work.",
            .messages,
            .advice,
            for: .called
        ) { trial throws(Finding) in
            guard let end = await trial.certificateEnd() else {
                throw .notApplicable("No certificate that is trusted was shown.")
            }
            let left = end.since(trial.now)
            guard left >= trial.terms.certificateTime else {
                throw .failed("It ends on \(end.rfc3339), in \(left.components.seconds / 86_400) days.")
            }
        },
        Check(
            .reach,
            "no-redirect",
            "Nothing is answered with a redirect",
            why: "The switch follows none: whoever can turn a message around could turn it to somebody else.",
            .messages,
            for: .called
        ) { trial throws(Finding) in
            let answer = await trial.send(trial.sample())
            guard let status = answer.status, !(300..<400 ~= status) else { throw .failed("\(answer.words).") }
        },
        Check(
            .reach,
            "small-answers",
            "Answers have at most 16 KiB",
            why: "The switch does not read longer ones, so they say nothing.",
            .server,
            for: .called
        ) { trial throws(Finding) in
            let answer = await trial.send(trial.sample())
            guard let body = answer.response?.body, body.count <= 16 * 1_024 else {
                throw .failed("The answer has \(answer.response?.body.count ?? 0) bytes, or more than can be read.")
            }
        },
        Check(
            .reach,
            "plain-encoding",
            "Answers are not compressed",
            why: "The switch does not ask for compression and unpacks nothing: a compressed answer is no answer.",
            .server,
            for: .called
        ) { trial throws(Finding) in
            let answer = await trial.send(trial.sample())
            if let encoding = answer.response?.headers["Content-Encoding"], encoding.lowercased() != "identity" {
                throw .failed("The answer is encoded as \(encoding).")
            }
            try trial.mustTake(answer)
        },
        Check(
            .reach,
            "content-type",
            "An answer with a body says that it is JSON",
            why: "Firewalls and gateways on the way decide by it; the switch reads the body whatever it says.",
            .server,
            .advice,
            for: .called
        ) { trial throws(Finding) in
            let answer = await trial.send(trial.sample())
            try trial.mustTake(answer)
            guard let response = answer.response, !response.body.isEmpty else { return }
            let type = response.headers["Content-Type"] ?? "nothing"
            guard type.lowercased().hasPrefix("application/json") else {
                throw .failed("Its Content-Type says \(type).")
            }
        },
        Check(
            .reach,
            "prompt",
            "Five messages in a row are each answered within three seconds",
            why: "The payer stands at the till. The switch waits 15 seconds and decides after 20.",
            .messages,
            .advice,
            for: .called
        ) { trial throws(Finding) in
            for _ in 1...5 {
                let answer = await trial.send(trial.sample())
                try trial.mustTake(answer)
                guard answer.duration <= trial.terms.promptAnswer else {
                    throw .failed("An answer took \(answer.duration.wholeMilliseconds) ms.")
                }
            }
        },
        Check(
            .reach,
            "one-after-another",
            "Thirty messages over kept connections are all taken",
            why: "The switch keeps connections open; a server that closes them while a message arrives loses it.",
            .server,
            for: .called
        ) { trial throws(Finding) in
            for number in 1...30 {
                let answer = await trial.send(trial.sample())
                do throws(Finding) { try trial.mustTake(answer) } catch {
                    throw .failed("Message \(number): \(error.sentence)")
                }
            }
        },
        Check(
            .reach,
            "all-at-once",
            "Thirty-two messages at the same time are all taken",
            why: "Lunch time: payments come in bursts, and the switch opens up to 64 connections.",
            .server,
            for: .called
        ) { trial throws(Finding) in
            for answer in await trial.sendTogether((1...32).map { _ in trial.sample() }) { try trial.mustTake(answer) }
        },
        Check(
            .reach,
            "in-pieces",
            "A message that arrives a few bytes at a time is taken",
            why: "Networks cut messages where they like. A server that takes what the first read brings for the whole "
                + "loses those of busy hours.",
            .server,
            for: .called
        ) { trial throws(Finding) in
            let letter = trial.sample()
            let pace = max(1, letter.body.count / trial.terms.slowBodySeconds)
            try trial.mustTake(await trial.sendSlowly(letter, bytesPerSecond: pace))
        },
        Check(
            .reach,
            "slow-sender",
            "While a message drips in that never gets there, others are taken",
            why: "One line that stalls must not keep everybody else's payments from their bank.",
            .server,
            for: .called
        ) { trial throws(Finding) in
            let answer = await trial.answerBesideSlowSender()
            do throws(Finding) { try trial.mustTake(answer) } catch {
                throw .failed("While another message dripped in: \(error.sentence)")
            }
        },
    ]
}

extension Trial {
    /// How long the slow message has been on its way before the other is sent.
    private static let headStart = Duration.milliseconds(300)

    /// The answer to an ordinary message that is sent while another one drips in, a byte a second, and is broken off
    /// afterwards.
    fileprivate func answerBesideSlowSender() async -> Answer {
        await withTaskGroup(of: Answer?.self) { group in
            group.addTask {
                await self.sendSlowly(self.sample(), bytesPerSecond: 1)
                return nil
            }
            group.addTask {
                try? await Task.sleep(for: Trial.headStart)
                return await self.send(self.sample())
            }
            var answer = Answer(response: nil, error: nil, duration: .zero)
            while let next = await group.next() {
                guard let next else { continue }
                answer = next
                group.cancelAll()
            }
            return answer
        }
    }
}

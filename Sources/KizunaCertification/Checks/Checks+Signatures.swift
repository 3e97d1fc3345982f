import KizunaWeb

/// Whether a server believes the switch, and nobody else.
extension Check {
    static let signatures: [Check] = [
        forged("unsigned", "A message without the three fields is refused with 4xx") { envelope in
            (envelope.id, envelope.timestamp, envelope.signature) = (nil, nil, nil)
        },
        forged("empty", "An empty signature is refused with 4xx") { $0.signature = "" },
        forged("no-id", "A message without webhook-id is refused with 4xx") { $0.id = nil },
        forged("no-timestamp", "A message without webhook-timestamp is refused with 4xx") { $0.timestamp = nil },
        forged("altered-body", "A body that was changed after signing is refused with 4xx") { envelope in
            envelope.body += [UInt8(ascii: " ")]
        },
        forged("altered-signature", "A signature with one character changed is refused with 4xx") { envelope in
            envelope.signature = envelope.signature.map(changingOneCharacter)
        },
        forged("shortened-signature", "The beginning of a right signature is refused with 4xx") { envelope in
            envelope.signature = envelope.signature.map { String($0.prefix(11)) }
        },
        forged("altered-id", "A right signature under another webhook-id is refused with 4xx") { envelope in
            envelope.id = envelope.id.map(changingOneCharacter)
        },
        forged("altered-timestamp", "A right signature under another webhook-timestamp is refused with 4xx") {
            $0.timestamp = $0.timestamp.flatMap { Int64($0) }.map { String($0 + 1) }
        },
        forged("nonsense-timestamp", "A timestamp that is no number is refused with 4xx") { $0.timestamp = "soon" },
        forged("other-version", "A signature of another scheme than v1 is refused with 4xx") { envelope in
            envelope.signature = envelope.signature?.replacing("v1,", with: "v9,")
        },
        Check(
            .signature,
            "other-secret",
            "A signature with another secret is refused with 4xx",
            why: Check.forgedWhy,
            .messages,
            for: .called
        ) { trial throws(Finding) in
            let letter = trial.sample()
            let signature = trial.signatureOfSomebodyElse(letter)
            try await trial.send(letter) { $0.signature = signature }.mustBeRefusal()
        },
        dated("old", 360, "A message that was signed six minutes ago is refused with 4xx", isTaken: false),
        dated("future", -360, "A message from six minutes ahead is refused with 4xx", isTaken: false),
        dated("slow-clock", 240, "A message that was signed four minutes ago is taken", isTaken: true),
        dated("fast-clock", -240, "A message from four minutes ahead is taken", isTaken: true),
        Check(
            .signature,
            "several",
            "One right signature among several is enough",
            why: "While a secret is being changed, messages bear a signature of the old one and one of the new.",
            .webhooks,
            for: .called
        ) { trial throws(Finding) in
            let answer = await trial.send(trial.sample()) { envelope in
                let right = envelope.signature ?? ""
                envelope.signature = "v9,AAAA \(changingOneCharacter(right)) \(right)"
            }
            try trial.mustTake(answer)
        },
        Check(
            .signature,
            "repeated",
            "The same message again, byte for byte, gets the same answer",
            why: "What is not answered in time comes again under its id. A repeat must be harmless, and no error.",
            .twice,
            for: .called
        ) { trial throws(Finding) in
            let letter = trial.sample()
            let first = await trial.send(letter)
            try trial.mustTake(first)
            let second = await trial.send(letter)
            try trial.mustTake(second)
            guard second.word == first.word else {
                throw .failed(
                    "The first answer said \(first.word ?? "nothing"), the second \(second.word ?? "nothing")."
                )
            }
        },
        Check(
            .signature,
            "repeated-later",
            "A repeat with a new timestamp and signature is taken too",
            why: "The switch signs each attempt anew, with the time of the attempt and the id of the first.",
            .twice,
            for: .called
        ) { trial throws(Finding) in
            let letter = trial.sample()
            try trial.mustTake(await trial.send(letter.aged(seconds: 200)))
            try trial.mustTake(await trial.send(letter))
        },
    ]

    private static let forgedWhy =
        "Whoever finds the address could tell this server that it was paid, or take a payment back."

    private static func forged(
        _ name: String,
        _ title: String,
        _ spoil: @escaping @Sendable (inout Envelope) -> Void
    ) -> Check {
        Check(.signature, name, title, why: forgedWhy, .messages, for: .called) { trial throws(Finding) in
            try await trial.send(trial.sample(), spoil: spoil).mustBeRefusal()
        }
    }

    /// - Parameter seconds: how long ago the message says it was signed.
    private static func dated(_ name: String, _ seconds: Int64, _ title: String, isTaken: Bool) -> Check {
        let why =
            isTaken
            ? "Clocks differ; five minutes either way are allowed."
            : "A message that somebody has copied must soon be worth nothing: five minutes either way."
        return Check(.signature, name, title, why: why, .messages, for: .called) { trial throws(Finding) in
            let answer = await trial.send(trial.sample().aged(seconds: seconds))
            if isTaken { try trial.mustTake(answer) } else { try answer.mustBeRefusal() }
        }
    }
}

/// The text with its middle character replaced by another one of the same kind.
private func changingOneCharacter(_ text: String) -> String {
    var characters = Array(text)
    let middle = characters.count / 2
    characters[middle] = characters[middle] == "1" ? "2" : "1"
    return String(characters)
}

import KizunaWeb

/// What a server makes of requests that the switch would not send, and of those that a later version of it will.
extension Check {
    static let http: [Check] = [
        Check(
            .http,
            "get",
            "GET is refused with 4xx, or 501",
            why: "Crawlers, link previews and health checks ask with GET; none of them may move money.",
            .server,
            for: .called
        ) { trial throws(Finding) in
            let answer = await trial.send(trial.sample()) { envelope in
                envelope.method = "GET"
                envelope.body = []
            }
            // A server may not know the method at all (RFC 9110, section 9.1).
            if answer.status != 501 { try answer.mustBeRefusal() }
        },
        Check(
            .http,
            "unknown-path",
            "A path that is none of the switch's is refused with 4xx",
            why: "A server that takes everything also takes what it did not understand, and the switch believes it.",
            .server,
            for: [.issuer, .acquirer]
        ) { trial throws(Finding) in
            try await trial.send(trial.sample()) { $0.path = "/no-such-message" }.mustBeRefusal()
        },
        broken("not-json", "A body that is not JSON is refused with 4xx", Array(#"{"paymentId": "#.utf8)),
        broken("empty-body", "An empty body is refused with 4xx", []),
        broken(
            "not-utf8",
            "A body that is not UTF-8 is refused with 4xx",
            Array(#"{"paymentId":""#.utf8) + [0xFF, 0x22, 0x7D]
        ),
        broken("not-an-object", "A body that is no object is refused with 4xx", Array("[1,2,3]".utf8)),
        broken(
            "deep-nesting",
            "A body of 20,000 nested lists is refused with 4xx",
            Array(repeating: UInt8(ascii: "["), count: 20_000)
        ),
        Check(
            .http,
            "huge-body",
            "A body of 2 MiB is refused with 4xx, or the connection ends, and the server goes on",
            why: "Messages have a few hundred bytes. A server that reads whatever comes can be filled up.",
            .server,
            for: .called
        ) { trial throws(Finding) in
            let padding = JSON.string(String(repeating: "x", count: 2 * 1_024 * 1_024))
            let answer = await trial.send(trial.sample().changing { $0.setting("padding", padding) })
            guard answer.isRefusal || answer.response == nil else { throw .failed("\(answer.words), not 4xx.") }
            try trial.mustTake(await trial.send(trial.sample()))
        },
        Check(
            .http,
            "missing-member",
            "A message without what it is about is refused with 4xx",
            why: "Half a message must not be filled up with guesses.",
            .server,
            for: [.issuer, .acquirer]
        ) { trial throws(Finding) in
            let name = trial.target.side == .issuer ? "id" : "paymentId"
            try await trial.send(trial.sample().changing { $0.removing(name) }).mustBeRefusal()
        },
        Check(
            .http,
            "unknown-member",
            "Members that are not known yet are passed over",
            why: "The contract only grows: what the switch sends may have more members tomorrow.",
            .server,
            for: .called
        ) { trial throws(Finding) in
            let letter = trial.sample().changing {
                $0.setting("certificationOfTomorrow", ["a": [1, "b", nil], "c": true])
            }
            try trial.mustTake(await trial.send(letter))
        },
        Check(
            .http,
            "unknown-header",
            "Header fields that are not known are passed over",
            why: "Messages carry W3C traceparent fields, and proxies on the way add their own.",
            .server,
            for: .called
        ) { trial throws(Finding) in
            let answer = await trial.send(trial.sample()) { envelope in
                envelope.others = [
                    ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
                    ("X-Forwarded-For", "192.0.2.1"), ("X-Certification", "unknown"),
                ]
            }
            try trial.mustTake(answer)
        },
        Check(
            .http,
            "other-spelling",
            "The same JSON with other blanks, order and escapes is understood",
            why: "JSON has many spellings of one value. A server that compares texts breaks with the next release of "
                + "the switch.",
            .server,
            for: .called
        ) { trial throws(Finding) in
            let letter = trial.sample()
            try trial.mustTake(await trial.send(letter.saying(letter.json.respelled)))
        },
    ]

    /// A check that a body which makes no sense is refused, though it is signed well.
    private static func broken(_ name: String, _ title: String, _ body: [UInt8]) -> Check {
        Check(
            .http,
            name,
            title,
            why: "A 2xx would tell the switch that the message has arrived; a 5xx would have it sent for days.",
            .server,
            for: .called
        ) { trial throws(Finding) in
            try await trial.send(trial.sample().saying(body)).mustBeRefusal()
        }
    }
}

extension JSON {
    /// The same value written as nobody would: members backwards, blanks everywhere, letters escaped in the names.
    var respelled: [UInt8] { Array((" \n" + respelledText + "\r\n").utf8) }

    private var respelledText: String {
        switch self {
        case .object(let members):
            let texts = members.reversed().map { "\t\(JSON.escaped($0.name)) :\n \($0.value.respelledText)" }
            return "{ \(texts.joined(separator: " ,")) }"
        case .array(let items): return "[ \(items.map(\.respelledText).joined(separator: " , ")) ]"
        case .string(let text): return JSON.escaped(text)
        case .null, .bool, .number: return String(decoding: encoded, as: UTF8.self)
        }
    }

    private static func escaped(_ text: String) -> String {
        "\""
            + text.utf16.map {
                "\\u" + String(repeating: "0", count: 4 - String($0, radix: 16).count) + String($0, radix: 16)
            }.joined() + "\""
    }
}

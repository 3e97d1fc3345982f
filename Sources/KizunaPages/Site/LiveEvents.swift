package import KizunaWeb
import Synchronization

/// Something to tell a page that is open: server-sent events of which each answer holds one and ends.
///
/// The browser asks again at once and says which event it had last, so that an answer is a request held until there is
/// something new, as the API's long poll is, and the server needs nothing else for it.
package struct LiveEvent: Sendable {
    /// Which state of the world this is; comes back as `Last-Event-ID`.
    package let id: String
    /// What the page shows from now on, in the place of what it shows.
    package let content: Markup
    /// Whether nothing will change any more, so that the browser need not ask again.
    package let isLast: Bool

    package init(id: String, content: Markup, isLast: Bool = false) {
        self.id = id
        self.content = content
        self.isLast = isLast
    }

    /// How soon the browser asks again, in milliseconds.
    package static let pause = 50

    package var response: HTTPResponse {
        let lines = content.html.split(whereSeparator: \.isNewline).map { "data: \($0)\n" }.joined()
        return LiveEvent.response(
            "retry: \(LiveEvent.pause)\nid: \(id)\nevent: \(isLast ? "last" : "change")\n\(lines)\n"
        )
    }

    /// Nothing has changed so far.
    package static func nothing(askAgainInMilliseconds pause: Int = pause) -> HTTPResponse {
        response("retry: \(pause)\n: nothing new\n\n")
    }

    private static func response(_ text: String) -> HTTPResponse {
        HTTPResponse(status: 200, headers: ["Content-Type": "text/event-stream; charset=utf-8"], body: Array(text.utf8))
    }
}

/// How many pages may be told of changes at once. One more is not held but asks again later, so that those who look
/// never take the place of those who pay.
package final class LiveSeats: Sendable {
    /// A quarter of what the server holds at one time.
    package static let usual = 256
    /// How long an answer is held, below the time after which proxies lose patience.
    package static let longestWait = Duration.seconds(25)
    private static let pauseWhenFull = 3_000

    private let most: Int
    private let taken = Mutex(0)

    package init(most: Int = usual) { self.most = most }

    /// Answers with what `next` brings, when it does; `nil` stands for nothing new in time.
    package func answer(_ next: () async throws(PageRefusal) -> LiveEvent?) async throws(PageRefusal) -> HTTPResponse {
        try await hold { () throws(PageRefusal) in try await next()?.response }
    }

    /// The same for an event that is written already.
    package func hold(_ next: () async throws(PageRefusal) -> HTTPResponse?) async throws(PageRefusal) -> HTTPResponse {
        let isSeated = taken.withLock { taken in
            guard taken < most else { return false }
            taken += 1
            return true
        }
        guard isSeated else { return LiveEvent.nothing(askAgainInMilliseconds: LiveSeats.pauseWhenFull) }
        defer { taken.withLock { $0 -= 1 } }
        return try await next() ?? LiveEvent.nothing()
    }
}

package import KizunaPayments
package import KizunaSwitch

/// One operation of the API, declared as a value: what it is called, where it is, who may call it, what it takes, does
/// and answers. Requests are judged, and the documents are made, by the same declaration.
package struct Route: Sendable {
    package enum Method: String, Sendable, CaseIterable {
        case get = "GET"
        case post = "POST"
    }

    /// Whether a call must bear an `Idempotency-Key`, and what for.
    package enum Idempotency: Sendable, Hashable {
        case notNeeded
        /// Needed, though the operation is idempotent by its nature and the key is not kept.
        case needed
        /// Needed, and the first answer is kept with what it did.
        case kept(IdempotencyKey.Operation)
    }

    /// What a call brings.
    package enum Body: Sendable {
        case none
        case json(Schema)
        /// A file as it is, larger than JSON may be.
        case file
    }

    /// What the operation does, and thereby whom it lets in.
    package enum Handler: Sendable {
        /// Anybody may call.
        case open(@Sendable (Call) async throws(Problem) -> HTTPResponse)
        /// A participant with a key.
        case participant(@Sendable (ParticipantCall) async throws(Problem) -> HTTPResponse)
        /// A person who works for the switch, with a key.
        case person(@Sendable (PersonCall) async throws(Problem) -> HTTPResponse)
    }

    package let method: Method
    package let path: PathPattern
    /// The operation's name, for documents and metrics: `createQuote`.
    package let name: String
    /// Where documents list it.
    package let chapter: Chapter
    /// One sentence on what it does.
    package let summary: String
    package let query: [QueryParameter]
    package let body: Body
    /// What it answers when it does what it is asked, one for each status.
    package let answers: [Answer]
    /// What the operation itself may refuse; what its gate does follows from the rest (`Route+Problems`).
    package let refusals: [RefusalCode]
    package let idempotency: Idempotency
    package let handler: Handler
    /// What the caller's key must grant, one of several; nothing for those that anybody may call.
    package private(set) var grant: Grants = []
    /// Whether load balancers and monitors ask it, as often as they like.
    package private(set) var isForMonitors = false

    package init(
        _ method: Method,
        _ path: PathPattern,
        name: String,
        chapter: Chapter,
        summary: String,
        query: [QueryParameter] = [],
        body: Body = .none,
        answers: Answer...,
        refusals: [RefusalCode] = [],
        idempotency: Idempotency = .notNeeded,
        handler: Handler
    ) {
        self.method = method
        self.path = path
        self.name = name
        self.chapter = chapter
        self.summary = summary
        self.query = query
        self.body = body
        self.answers = answers
        self.refusals = refusals
        self.idempotency = idempotency
        self.handler = handler
        if method == .get { grant = handler.readingGrant }
    }

    /// The same operation, where it changes something, for those only whose key grants it.
    func needing(_ grant: Grants) -> Route {
        guard method == .post else { return self }
        var route = self
        route.grant = grant
        return route
    }

    /// The same operation, asked without a limit.
    func forMonitors() -> Route {
        var route = self
        route.isForMonitors = true
        return route
    }

    /// Whether a key is needed.
    package var needsKey: Bool {
        switch handler {
        case .open: false
        case .participant, .person: true
        }
    }

    /// Whether a call brings a file.
    package var takesFile: Bool {
        guard case .file = body else { return false }
        return true
    }

    /// Whether a call brings JSON.
    package var takesJSON: Bool {
        guard case .json = body else { return false }
        return true
    }
}

extension Route.Handler {
    /// What asking needs.
    fileprivate var readingGrant: Grants {
        switch self {
        case .open: []
        case .participant: .read
        case .person: .ofPersons
        }
    }
}

extension [Route] {
    func needing(_ grant: Grants) -> [Route] { map { $0.needing(grant) } }
}

import KizunaWeb
import Synchronization

/// Answers with what it was asked.
struct Echo: HTTPHandler {
    func respond(to request: HTTPRequest) async -> HTTPResponse {
        var response = HTTPResponse(status: 200, body: request.body)
        response.headers.add("Seen-Method", request.method)
        response.headers.add("Seen-Path", request.path)
        response.headers.add("Seen-Query", request.query)
        response.headers.add("Seen-Address", request.remoteAddress)
        for (name, value) in request.headers.fields { response.headers.add("Seen-Field", "\(name)=\(value)") }
        return response
    }
}

/// Answers with what a closure says.
struct Answering: HTTPHandler {
    let answer: @Sendable (HTTPRequest) async -> HTTPResponse
    init(_ answer: @escaping @Sendable (HTTPRequest) async -> HTTPResponse) { self.answer = answer }
    func respond(to request: HTTPRequest) async -> HTTPResponse { await answer(request) }
}

/// Counts requests and answers none of them before the gate is open.
final class Gate: HTTPHandler {
    private struct State {
        var isOpen = false
        var arrived = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    var arrived: Int { state.withLock { $0.arrived } }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                state.arrived += 1
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
        return HTTPResponse(status: 200, body: request.body)
    }

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}

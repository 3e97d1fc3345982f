import CMicrohttpd
import KizunaWeb
import Synchronization

/// One request on its way through: received in parts, handed over to the handler, answered.
///
/// libmicrohttpd calls in from the connection's own thread, one call at a time. The handler's task may end on any
/// thread. What the two share is ``handover``, and whoever comes second does the next step: a task that is done
/// before the connection was suspended leaves its answer there; one that comes later resumes the connection. So a
/// handler that never waits costs neither a suspension nor a switch of threads.
final class Exchange: @unchecked Sendable {
    // Sendable because all but `handover` is used by the connection's thread only.

    private enum Stage { case head, body, waiting, over }

    private enum Handover {
        case running
        case suspended(SuspendedConnection)
        case answered(HTTPResponse)
        case over
    }

    private let core: ServerCore
    private let connection: Connection
    private let target: [UInt8]
    private var stage = Stage.head
    private var head: RequestHead?
    private var body: [UInt8] = []
    private var receivedBytes = 0
    private var bodyLimit: Int
    private var hasLargeBody = false
    private let handover = Mutex(Handover.running)

    init(core: ServerCore, connection: Connection, target: [UInt8]) {
        self.core = core
        self.connection = connection
        self.target = target
        bodyLimit = core.limits.bodyBytes
    }

    deinit {
        if hasLargeBody { core.endLargeBody() }
    }

    private var limits: ServerLimits { core.limits }
    private var mostReadBytes: Int { max(bodyLimit, limits.discardedBodyBytes) }

    /// Takes the next step with what has arrived.
    ///
    /// - Returns: `MHD_NO` to cut the connection.
    func progress(_ pointer: OpaquePointer, lines: RequestLine, data: UnsafeBufferPointer<UInt8>) -> MHD_Result {
        switch stage {
        case .head: takeHead(pointer, lines: lines)
        case .body where !data.isEmpty: takeBody(data)
        case .body: start(pointer)
        case .waiting: awaitAnswer(pointer)
        case .over: .NO
        }
    }

    private func takeHead(_ pointer: OpaquePointer, lines: RequestLine) -> MHD_Result {
        do throws(ServerRefusal) {
            let head = try RequestHead(pointer, target: target, lines: lines, limits: limits)
            if case .length(let length) = head.framing, length > 0 {
                if length > bodyLimit { try admitLargeBody(of: head, length, on: pointer) }
                let mayHearNow = head.expectsContinue && length > bodyLimit
                guard !mayHearNow, length <= mostReadBytes else { throw ServerRefusal.bodyTooLarge }
                body.reserveCapacity(min(length, bodyLimit))
            }
            self.head = head
            stage = .body
            return .YES
        } catch {
            connection.answeringEarly()
            return answer(pointer, with: error)
        }
    }

    /// Makes room for a file, where the handler takes one from this client.
    private func admitLargeBody(
        of head: RequestHead,
        _ length: Int,
        on pointer: OpaquePointer
    ) throws(ServerRefusal) {
        let request = request(head, body: [], on: pointer)
        guard length <= limits.largeBodyBytes, core.handler.takesLargeBody(request) else { return }
        guard core.beginLargeBody() else { throw .overloaded }
        hasLargeBody = true
        bodyLimit = limits.largeBodyBytes
        connection.expectLargeBody(limits: limits)
    }

    private func request(_ head: RequestHead, body: [UInt8], on pointer: OpaquePointer) -> HTTPRequest {
        HTTPRequest(
            method: head.method,
            path: head.path,
            query: head.query,
            headers: head.headers,
            body: body,
            remoteAddress: connection.remoteAddress,
            clientCertificate: core.tls?.clientAuthorities == nil ? nil : connection.clientCertificate(pointer)
        )
    }

    private func takeBody(_ data: UnsafeBufferPointer<UInt8>) -> MHD_Result {
        receivedBytes += data.count
        if receivedBytes <= bodyLimit {
            body.append(contentsOf: data)
        } else {
            body = []
        }
        return receivedBytes <= mostReadBytes ? .YES : .NO
    }

    private func start(_ pointer: OpaquePointer) -> MHD_Result {
        connection.received()
        guard let head, receivedBytes <= bodyLimit else { return answer(pointer, with: .bodyTooLarge) }
        guard core.beginHandling() else { return answer(pointer, with: .overloaded) }
        let request = request(head, body: body, on: pointer)
        body = []
        stage = .waiting
        Task.immediate { [core] in
            let response = await core.handler.respond(to: request)
            core.endHandling()
            hand(over: response)
        }
        return awaitAnswer(pointer)
    }

    /// Sends the answer if it is there, and otherwise suspends the connection until it is.
    private func awaitAnswer(_ pointer: OpaquePointer) -> MHD_Result {
        let response = handover.withLock { handover -> HTTPResponse? in
            switch handover {
            case .answered(let response):
                handover = .over
                return response
            case .running where core.phase == .stopping:
                handover = .over
                return core.response(to: .stopping)
            case .running, .suspended:
                MHD_suspend_connection(pointer)
                handover = .suspended(SuspendedConnection(pointer, of: connection.daemon))
                return nil
            case .over:
                return nil
            }
        }
        guard let response else { return .YES }
        return send(response, over: pointer, closing: core.phase != .running || head?.framing == .chunked)
    }

    /// Takes the handler's answer, and wakes the connection if it sleeps.
    private func hand(over response: HTTPResponse) {
        handover.withLock { handover in
            switch handover {
            case .running:
                handover = .answered(response)
            case .suspended(let connection):
                handover = .answered(response)
                // Under the lock: who sees `answered` may rely on the connection being on its way.
                connection.resume()
            case .answered, .over:
                break
            }
        }
    }

    /// Answers in the handler's place when the server cannot wait for it.
    func abandon() {
        handover.withLock { handover in
            guard case .suspended(let connection) = handover else { return }
            handover = .answered(core.response(to: .stopping))
            connection.resume()
        }
    }

    private func answer(_ pointer: OpaquePointer, with refusal: ServerRefusal) -> MHD_Result {
        send(core.response(to: refusal), over: pointer, closing: refusal.closesConnection || core.phase != .running)
    }

    private func send(_ response: HTTPResponse, over pointer: OpaquePointer, closing: Bool) -> MHD_Result {
        stage = .over
        connection.answering(limits: limits)
        if let reply = Reply.make(response, closing: closing) { return reply.queue(pointer) }
        return Reply.make(core.response(to: .unusableAnswer), closing: closing)?.queue(pointer) ?? .NO
    }
}

/// A connection that libmicrohttpd has put aside; to be resumed exactly once.
private struct SuspendedConnection: @unchecked Sendable {
    // Sendable because `MHD_resume_connection` may be called from any thread, and a suspended connection cannot go.
    private let pointer: OpaquePointer
    private let daemon: Daemon

    init(_ pointer: OpaquePointer, of daemon: Daemon) {
        self.pointer = pointer
        self.daemon = daemon
    }

    func resume() {
        MHD_resume_connection(pointer)
        daemon.wake()
    }
}

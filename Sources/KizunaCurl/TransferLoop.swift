import CCurl
import Foundation
import KizunaWeb
import Synchronization

/// The client's one thread: takes requests from an inbox, drives libcurl, and tells the callers.
///
/// libcurl is told which sockets are ready (`curl_multi_socket_action`), so that a step costs what has happened and
/// not what is waiting.
final class TransferLoop: @unchecked Sendable {
    // Sendable because all but `limits`, `reach`, `tls`, `inbox` and the bell is used by the loop's thread only.

    private struct Inbox {
        var added: [Transfer] = []
        var cancelled: [Transfer] = []
        /// Requests given to the loop and not yet answered.
        var requests = 0
        var isClosed = false
        /// Whether the bell has been rung for what is in here.
        var hasRung = false
    }

    let limits: ClientLimits
    let reach: Reach
    private let tls: ClientTLS
    private let pins: @Sendable () -> [String]
    private let inbox = Mutex(Inbox())
    private let watch = SocketWatch()
    private let multi: UnsafeMutableRawPointer
    private var active: [UnsafeMutableRawPointer: EasyHandle] = [:]
    private var idle: [EasyHandle] = []
    /// When to look for transfers that have no time left.
    private var nextLook: ContinuousClock.Instant?
    /// The least pause between two looks: how late a time-out may be.
    private static let lookInterval = Duration.milliseconds(10)

    private static let globalInitialisation = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

    init(limits: ClientLimits, reach: Reach, tls: ClientTLS, pins: @escaping @Sendable () -> [String]) {
        precondition(Self.globalInitialisation == CURLE_OK, "libcurl could not be initialised")
        guard let multi = curl_multi_init() else { preconditionFailure("libcurl has no memory for a client") }
        self.limits = limits
        self.reach = reach
        self.tls = tls
        self.pins = pins
        self.multi = multi
        let context = Unmanaged.passUnretained(self).toOpaque()
        let codes = [
            kizuna_multi_set_watchers(multi, socketChanged, timerChanged, context),
            kizuna_multi_set_number(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, limits.connections),
            kizuna_multi_set_number(multi, CURLMOPT_MAX_HOST_CONNECTIONS, limits.connectionsPerHost),
            kizuna_multi_set_number(multi, CURLMOPT_MAXCONNECTS, limits.connections),
        ]
        precondition(codes.allSatisfy { $0 == CURLM_OK }, "libcurl does not know an option of every version since 7.30")
    }

    deinit { curl_multi_cleanup(multi) }

    /// Begins to run, on a thread of its own, until the client closes. The thread keeps the loop alive.
    ///
    /// It is not one of Dispatch's, which are too few to give one away for good.
    func start() {
        let thread = Thread { self.run() }
        thread.name = "kizuna.send"
        thread.start()
    }

    /// Sends a request, or tells its caller that it cannot be taken.
    func add(_ transfer: Transfer) {
        let refusal = ring { inbox -> HTTPClientError? in
            guard !inbox.isClosed else { return .unsendable("The client is shut down") }
            guard inbox.requests < limits.requests else { return .unsendable("Too many requests are waiting") }
            inbox.requests += 1
            inbox.added.append(transfer)
            return nil
        }
        if let refusal { transfer.finish(.failure(refusal)) }
    }

    func cancel(_ transfer: Transfer) {
        transfer.isCancelled.store(true, ordering: .relaxed)
        ring { $0.cancelled.append(transfer) }
    }

    func close() { ring { $0.isClosed = true } }

    /// Changes the inbox, and wakes the loop unless somebody has done so.
    private func ring<Answer: Sendable>(_ change: @Sendable (inout Inbox) -> Answer) -> Answer {
        let (answer, mustRing) = inbox.withLock { inbox in
            let answer = change(&inbox)
            let mustRing = !inbox.hasRung
            inbox.hasRung = true
            return (answer, mustRing)
        }
        if mustRing {
            var one: UInt64 = 1
            write(watch.bellDescriptor, &one, MemoryLayout<UInt64>.size)
        }
        return answer
    }

    // MARK: The loop's thread

    private func run() {
        var running: Int32 = 0
        while true {
            let (sockets, alarmRang) = watch.wait(until: nextLook)
            let news = inbox.withLock { inbox in
                defer {
                    inbox.added = []
                    inbox.cancelled = []
                    inbox.hasRung = false
                }
                return inbox
            }
            for transfer in news.added { begin(transfer) }
            for transfer in news.cancelled { end(transfer, CURLE_ABORTED_BY_CALLBACK) }
            if news.isClosed { break }
            for (socket, events) in sockets { curl_multi_socket_action(multi, socket, events, &running) }
            if alarmRang { curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running) }
            finishDone()
            if let look = nextLook, look <= .now { endLate() }
        }
        for easy in Array(active.values) {
            if let transfer = easy.transfer { end(transfer, CURLE_ABORTED_BY_CALLBACK) }
        }
        idle = []
    }

    private func begin(_ transfer: Transfer) {
        guard !transfer.isCancelled.load(ordering: .relaxed) else {
            return answer(transfer, .failure(.refused(by: CURLE_ABORTED_BY_CALLBACK)))
        }
        do throws(HTTPClientError) {
            let easy = try idleHandle()
            try easy.prepare(transfer, pins: pins())
            guard curl_multi_add_handle(multi, easy.handle) == CURLM_OK else { throw .refused(by: CURLE_OUT_OF_MEMORY) }
            active[easy.handle] = easy
            transfer.easy = easy
            nextLook = min(nextLook ?? transfer.request.deadline, transfer.request.deadline)
        } catch {
            answer(transfer, .failure(error))
        }
    }

    private func idleHandle() throws(HTTPClientError) -> EasyHandle {
        if let last = idle.popLast() { return last }
        return try EasyHandle(limits: limits, tls: tls, watch: watch)
    }

    private func finishDone() {
        var code = CURLE_OK
        while let handle = kizuna_multi_next_finished(multi, &code), let easy = active[handle] {
            guard let transfer = easy.transfer else { continue }
            if code == CURLE_OK, let response = transfer.response(status: easy.status) {
                if transfer.request.keepsCertificate { transfer.certificate.withLock { $0 = easy.certificate } }
                release(easy)
                answer(transfer, .success(response))
            } else {
                end(transfer, code == CURLE_OK ? CURLE_GOT_NOTHING : code)
            }
        }
    }

    /// Ends a transfer that has failed, or breaks it off, if it is still under way.
    private func end(_ transfer: Transfer, _ code: CURLcode) {
        guard let easy = transfer.easy else { return }
        let error = HTTPClientError(
            code,
            mayHaveSent: easy.mayHaveSent,
            isTooLarge: transfer.isTooLarge,
            wasHeldBack: transfer.wasHeldBack
        )
        release(easy)
        answer(transfer, .failure(error))
    }

    /// Ends what has no time left.
    ///
    /// libcurl's own time-out does not run while a transfer waits for a connection. So we look at all of them when
    /// the earliest is due, and then not again for a while.
    private func endLate() {
        let now = ContinuousClock.now
        nextLook = nil
        for easy in Array(active.values) {
            guard let transfer = easy.transfer else { continue }
            if transfer.request.deadline <= now {
                end(transfer, CURLE_OPERATION_TIMEDOUT)
            } else {
                let look = max(transfer.request.deadline, now + Self.lookInterval)
                nextLook = min(nextLook ?? look, look)
            }
        }
    }

    private func release(_ easy: EasyHandle) {
        curl_multi_remove_handle(multi, easy.handle)
        active[easy.handle] = nil
        easy.transfer?.easy = nil
        easy.clear()
        // More than can be under way at one time are not worth their memory.
        if idle.count < limits.connections { idle.append(easy) }
    }

    private func answer(_ transfer: Transfer, _ result: TransferResult) {
        inbox.withLock { $0.requests -= 1 }
        transfer.finish(result)
    }

    fileprivate func watch(_ socket: Int32, _ wanted: Int32) {
        var events: UInt32 = 0
        if wanted == CURL_POLL_IN || wanted == CURL_POLL_INOUT { events |= EPOLLIN.rawValue }
        if wanted == CURL_POLL_OUT || wanted == CURL_POLL_INOUT { events |= EPOLLOUT.rawValue }
        watch.watch(socket, events: events)
    }

    fileprivate func setAlarm(afterMilliseconds delay: Int?) { watch.setAlarm(afterMilliseconds: delay) }
}

// libcurl calls these from the loop's thread. They are functions rather than closures so that they belong to no actor.

private func socketChanged(
    easy: UnsafeMutableRawPointer?,
    socket: curl_socket_t,
    wanted: Int32,
    context: UnsafeMutableRawPointer?,
    socketContext: UnsafeMutableRawPointer?
) -> Int32 {
    guard let context else { return -1 }
    Unmanaged<TransferLoop>.fromOpaque(context).takeUnretainedValue().watch(socket, wanted)
    return 0
}

private func timerChanged(multi: UnsafeMutableRawPointer?, delay: Int, context: UnsafeMutableRawPointer?) -> Int32 {
    guard let context else { return -1 }
    Unmanaged<TransferLoop>.fromOpaque(context).takeUnretainedValue()
        .setAlarm(afterMilliseconds: delay < 0 ? nil : delay)
    return 0
}

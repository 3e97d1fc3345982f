import CCurl
import Glibc

/// The sockets that libcurl waits for, the moment at which it wants to be called, and a bell for other threads.
final class SocketWatch {
    /// Events taken in one go; more wait for the next.
    private static let mostEvents = 256

    private let epoll: Int32
    private let bell: Int32
    private var watched: [Int32: Watched] = [:]
    private var alarm: ContinuousClock.Instant?
    private var events = [epoll_event](repeating: epoll_event(), count: mostEvents)

    /// A socket as the system knows it. libcurl lets go of a connection after every exchange and takes it up again with
    /// the next, so one that it has let go of rests: it is taken out only when something happens to it.
    private struct Watched {
        var events: UInt32
        var isResting = false
    }

    init() {
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        bell = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        precondition(epoll >= 0 && bell >= 0, "No descriptors are left for the HTTP client")
        watch(bell, events: EPOLLIN.rawValue)
    }

    deinit {
        close(epoll)
        close(bell)
    }

    /// What any thread may ring to end a wait.
    var bellDescriptor: Int32 { bell }

    /// Watches a socket for these events, or no longer when there are none.
    func watch(_ socket: Int32, events: UInt32) {
        let known = watched[socket]
        guard events != 0 else {
            if known != nil { watched[socket]?.isResting = true }
            return
        }
        watched[socket] = Watched(events: events)
        guard known?.events != events else { return }
        tell(known == nil ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, socket, events)
    }

    /// Forgets a socket that is about to be closed, which takes it out of the system's list.
    func forget(_ socket: Int32) { watched[socket] = nil }

    private func tell(_ change: Int32, _ socket: Int32, _ events: UInt32) {
        var event = epoll_event(events: events, data: epoll_data_t(fd: socket))
        epoll_ctl(epoll, change, socket, &event)
    }

    func setAlarm(afterMilliseconds delay: Int?) { alarm = delay.map { .now + .milliseconds($0) } }

    /// Waits for the next events, the bell, the alarm or another moment.
    ///
    /// - Returns: sockets and what libcurl calls their events. The alarm is off if it has rung.
    func wait(until moment: ContinuousClock.Instant?) -> (sockets: [(Int32, Int32)], alarmRang: Bool) {
        let earliest = alarm.map { alarm in moment.map { min($0, alarm) } ?? alarm } ?? moment
        let count = epoll_wait(epoll, &events, Int32(events.count), Self.milliseconds(until: earliest))
        var sockets: [(Int32, Int32)] = []
        for event in events.prefix(Int(max(count, 0))) {
            if event.data.fd == bell {
                var rings: UInt64 = 0
                read(bell, &rings, MemoryLayout<UInt64>.size)
            } else if watched[event.data.fd]?.isResting == true {
                forget(event.data.fd)
                tell(EPOLL_CTL_DEL, event.data.fd, 0)
            } else {
                sockets.append((event.data.fd, Self.curlEvents(event.events)))
            }
        }
        let alarmRang = alarm.map { $0 <= .now } ?? false
        if alarmRang { alarm = nil }
        return (sockets, alarmRang)
    }

    /// Milliseconds up to the moment, rounded up so that it has come when the wait is over; -1 for no moment.
    private static func milliseconds(until moment: ContinuousClock.Instant?) -> Int32 {
        guard let moment else { return -1 }
        let (seconds, attoseconds) = (moment - .now).components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let attosecondsInMillisecond: Int64 = 1_000_000_000_000_000
        return Int32(clamping: min(seconds, 1_000_000) * 1_000 + attoseconds / attosecondsInMillisecond + 1)
    }

    private static func curlEvents(_ events: UInt32) -> Int32 {
        var result: Int32 = 0
        if events & EPOLLIN.rawValue != 0 { result |= CURL_CSELECT_IN }
        if events & EPOLLOUT.rawValue != 0 { result |= CURL_CSELECT_OUT }
        if events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 { result |= CURL_CSELECT_ERR }
        return result
    }
}

import Glibc
import Testing

@testable import KizunaCurl

/// What the client waits for, with sockets of its own making.
@Suite struct SocketWatchTests {
    private let watch = SocketWatch()
    private let ours: Int32
    private let theirs: Int32
    /// `EPOLLIN`, which Glibc does not show.
    private static let events: UInt32 = 1

    init() throws {
        var pair: [Int32] = [-1, -1]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0)
        (ours, theirs) = (pair[0], pair[1])
        watch.watch(ours, events: Self.events)
    }

    private func arrivals() -> [Int32] { watch.wait(until: .now + .milliseconds(20)).sockets.map(\.0) }

    @Test func whatIsWatchedIsHeard() {
        #expect(arrivals().isEmpty)
        write(theirs, "a", 1)
        #expect(arrivals() == [ours])
        end()
    }

    /// A connection that nobody uses may end at any time; that wakes the client once and not for ever.
    @Test func whatRestsIsNotHeard() {
        watch.watch(ours, events: 0)
        close(theirs)
        #expect(arrivals().isEmpty)
        watch.setAlarm(afterMilliseconds: 20)
        #expect(watch.wait(until: nil).alarmRang, "Something else than the alarm ended the wait")
        close(ours)
    }

    @Test func whatRestedIsHeardAgain() {
        watch.watch(ours, events: 0)
        write(theirs, "a", 1)
        #expect(arrivals().isEmpty)
        watch.watch(ours, events: Self.events)
        #expect(arrivals() == [ours])
        end()
    }

    /// The system gives a closed socket's number to the next.
    @Test func aNewSocketOfTheSameNumberIsWatched() throws {
        watch.watch(ours, events: 0)
        watch.forget(ours)
        close(ours)
        close(theirs)
        var pair: [Int32] = [-1, -1]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0)
        defer { pair.forEach { close($0) } }
        watch.watch(pair[0], events: Self.events)
        write(pair[1], "a", 1)
        #expect(arrivals() == [pair[0]])
    }

    private func end() {
        close(ours)
        close(theirs)
    }
}

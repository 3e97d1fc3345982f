import CMicrohttpd
import Foundation
import Synchronization

/// Runs a loop that blocks, on a thread of its own.
///
/// Not on a Dispatch queue: Dispatch has 255 threads for all of them, and whoever waits for a server that waits for
/// one of those waits for ever.
func detachThread(named name: String, _ loop: @escaping @Sendable () -> Void) {
    let thread = Thread(block: loop)
    thread.name = name
    thread.start()
}

/// What wakes a loop that waits for descriptors.
struct Bell: ~Copyable {
    /// Readable when the bell has been rung.
    let descriptor: Int32
    private let isRinging = Atomic(false)

    /// - Throws: ``ServerError`` with `outOfResources`.
    init() throws(ServerError) {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard descriptor >= 0 else { throw ServerError(errno: errno) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Wakes the loop for what was done before. Any thread may ring; under load most find that another has.
    func ring() {
        guard !isRinging.exchange(true, ordering: .sequentiallyConsistent) else { return }
        var one: UInt64 = 1
        write(descriptor, &one, MemoryLayout<UInt64>.size)
    }

    /// Called by the loop before it looks at what others have done.
    func silence() {
        var rings: UInt64 = 0
        read(descriptor, &rings, MemoryLayout<UInt64>.size)
        isRinging.store(false, ordering: .sequentiallyConsistent)
    }
}

/// Something that happens once, and those who wait for it.
final class Latch: Sendable {
    private enum State {
        case closed([CheckedContinuation<Void, Never>])
        case open
    }

    private let state = Mutex(State.closed([]))

    func open() {
        let waiting = state.withLock { state in
            guard case .closed(let waiting) = state else { return [CheckedContinuation<Void, Never>]() }
            state = .open
            return waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                guard case .closed(let waiting) = state else { return true }
                state = .closed(waiting + [continuation])
                return false
            }
            if isOpen { continuation.resume() }
        }
    }
}

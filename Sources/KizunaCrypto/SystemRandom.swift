import COpenSSL
import Synchronization

/// Unpredictable numbers from OpenSSL's generator, fetched by the buffer so that a `next()` is cheap.
///
/// Copies share one buffer behind a lock: any thread may use any copy, and no number is handed out twice. A number
/// leaves the buffer with its place wiped. A process that forks without running another program would hand out the
/// buffer's rest in both halves; Kizuna never does that.
package struct SystemRandom: RandomNumberGenerator, Sendable {
    private let buffer = SharedBuffer()

    package init() {}

    package mutating func next() -> UInt64 { buffer.next() }

    /// Fresh bytes, straight from OpenSSL.
    package func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            fill(UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count]))
            initialized = count
        }
    }
}

private final class SharedBuffer: Sendable {
    /// Numbers fetched in one go: 2 KiB, four blocks' worth, after which the cost of the call no longer shows.
    private static let capacity = 256

    private struct State {
        var numbers = [UInt64](repeating: 0, count: capacity)
        var remaining = 0
    }

    private let state = Mutex(State())

    func next() -> UInt64 {
        state.withLock { state in
            if state.remaining == 0 {
                state.numbers.withUnsafeMutableBytes { fill($0) }
                state.remaining = Self.capacity
            }
            state.remaining -= 1
            defer { state.numbers[state.remaining] = 0 }
            return state.numbers[state.remaining]
        }
    }
}

/// Fills memory with random bytes, or stops the process: nothing may run on predictable ones.
private func fill(_ bytes: UnsafeMutableRawBufferPointer) {
    guard let start = bytes.bindMemory(to: UInt8.self).baseAddress, !bytes.isEmpty else { return }
    // `RAND_bytes` counts in C's int; Kizuna asks for kilobytes at most.
    require(RAND_bytes(start, Int32(bytes.count)) == 1, "give random bytes")
}

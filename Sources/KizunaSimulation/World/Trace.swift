import KizunaLedger

/// Everything that happened in a run, as one number: the same seed has the same one, on every machine.
package struct Trace: Sendable, Hashable {
    /// The number itself.
    package private(set) var value: UInt64 = 0x6B69_7A75_6E61_0001
    /// How many events have been noted.
    private(set) var length = 0

    enum Event: UInt64 {
        case step = 1
        case commit, line, answer, failure, delivery, outcome, crash, boot, jump
    }

    mutating func note(_ event: Event, at now: Int64, _ first: UInt64 = 0, _ second: UInt64 = 0) {
        length += 1
        mix(event.rawValue)
        mix(UInt64(bitPattern: now))
        mix(first)
        mix(second)
    }

    mutating func note(_ event: Event, at now: Int64, _ id: UniqueID) { note(event, at: now, id.high, id.low) }

    private mutating func mix(_ word: UInt64) { value = SeededDice.mixed(value ^ word) &+ 0x9E37_79B9_7F4A_7C15 }

    /// 16 hexadecimal digits.
    package var text: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}

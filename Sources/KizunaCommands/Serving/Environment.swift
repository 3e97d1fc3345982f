import Glibc
import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaSwitch
import KizunaWeb

/// The machine's clock, in UTC.
struct SystemClock: Clock {
    func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }
}

/// New version 4 UUIDs as text: UETRs and idempotency keys.
package struct Identities: Sendable {
    package static func next() -> String {
        var random = SystemRandom()
        return UniqueID.version4(using: &random).description
    }
}

/// Where to listen, as `HOST:PORT`; port 0 takes a free one.
package struct ListenAddress: Hashable, CustomStringConvertible {
    package let host: String
    package let port: Int

    init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            0...65_535 ~= port, colon != text.startIndex
        else { return nil }
        host = String(text[..<colon])
        self.port = port
    }

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    static let standard = ListenAddress(host: "127.0.0.1", port: 8080)
    /// Any port of the loopback address that is free.
    package static let anyFree = ListenAddress(host: "127.0.0.1", port: 0)

    package var description: String { "\(host):\(port)" }
}

/// Which database, as `sqlite:PATH`.
struct DatabaseAddress: Hashable, CustomStringConvertible {
    let path: String

    init(path: String) { self.path = path }

    init?(_ text: String) {
        guard text.hasPrefix("sqlite:"), text.utf8.count > 7 else { return nil }
        path = String(text.dropFirst(7))
    }

    static let standard = DatabaseAddress(path: "kizuna.db")

    var description: String { "sqlite:\(path)" }
}

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

    /// Whether nobody but this machine can connect.
    var isLoopback: Bool {
        host == "localhost"
            || IPAddress(host).map { address in Reach.loopback.allowed.contains { $0.contains(address) } }
                ?? false
    }

    /// Any port of the loopback address that is free.
    package static let anyFree = ListenAddress(host: "127.0.0.1", port: 0)

    package var description: String { "\(host):\(port)" }
}

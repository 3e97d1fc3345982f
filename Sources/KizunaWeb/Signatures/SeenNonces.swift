import KizunaLedger
import KizunaMoney
import KizunaSwitch
import Synchronization

/// Nonces that signatures have come with, for as long as a signature may be repeated.
///
/// Two generations, each as long as a signature's time may lie off to both sides: what is older than both is refused by
/// its time already. Bounded: where one generation is full, it refuses.
final class SeenNonces: Sendable {
    /// Some 40 MiB, and 3,300 signed requests a second.
    private static let mostOfOneGeneration = 2_000_000
    private static let generation = Duration.milliseconds(2 * MessageSignature.toleranceMilliseconds)

    private struct Generations {
        var young: Set<UniqueID> = []
        var old: Set<UniqueID> = []
        var began = Timestamp(milliseconds: 0)
    }

    private let digester: any Digester
    private let generations = Mutex(Generations())

    init(_ digester: any Digester) { self.digester = digester }

    /// Takes in a nonce of a key.
    ///
    /// - Returns: whether it came for the first time.
    func take(_ nonce: String, of keyID: UniqueID, at now: Timestamp) -> Bool {
        let name = UniqueID(bytes: digester.sha256(Array("\(keyID) \(nonce)".utf8))[..<16])
        return generations.withLock { seen in
            let age = now.since(seen.began)
            if age >= SeenNonces.generation {
                seen.old = age >= SeenNonces.generation * 2 ? [] : seen.young
                (seen.young, seen.began) = ([], now)
            }
            guard !seen.old.contains(name), seen.young.count < SeenNonces.mostOfOneGeneration else { return false }
            return seen.young.insert(name).inserted
        }
    }
}

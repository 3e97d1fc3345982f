import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSimulation
import KizunaSwitch
import Synchronization
import Testing

@testable import KizunaWeb

/// What is done for a wrong key is the same however much of it is right: so there is nothing to time.
@Suite struct KeyComparisonTests {
    @Test func aKeyThatIsAlmostRightTakesTheSameWayAsAnyOther() async throws {
        let door = try await CountedDoor()
        let right = door.key
        #expect(door.cost(of: right) == CountedDoor.Cost(isLetIn: true, digests: 1, digestedBytes: right.utf8.count))
        let wrong = CountedDoor.Cost(isLetIn: false, digests: 1, digestedBytes: right.utf8.count)
        for almost in right.withOneCharacterChanged {
            #expect(door.cost(of: almost) == wrong, "\(almost)")
            #expect(door.costOfSession(almost) == wrong, "\(almost)")
            // Only digests are ever compared, and where two of them part says nothing of the texts.
            #expect(door.commonBytes(almost, right) < 4, "\(almost)")
        }
    }
}

/// A switch at whose door everything is counted that is done for a key.
private final class CountedDoor {
    struct Cost: Hashable {
        let isLetIn: Bool
        let digests: Int
        let digestedBytes: Int
        var reads = 0
    }

    let key: String
    private let digester = CountingDigester()
    private let store: CountingStore
    private let engine: Switch
    private let lock: Lock
    private let desk: SignInDesk

    init() async throws {
        store = CountingStore(MemoryStore(digester: OpenSSLDigester()))
        engine = try Switch(
            store: store,
            links: ScriptedLinks(),
            clock: ManualClock(),
            digester: digester,
            random: SystemRandomNumberGenerator()
        )
        lock = Lock(engine, signatures: OpenSSLSignatureChecker(), needsCertificates: false, limits: CallLimits(.none))
        desk = SignInDesk(
            engine,
            credentials: OpenSSLCredentialChecker(),
            authenticator: BakongWorld.authenticator
        ) { SignInDesk.Secret(text: "", digest: []) }
        var random = SystemRandomNumberGenerator()
        let made = KizunaCrypto.APIKey.generate(using: &random)
        key = made.text
        for command in [
            Command.joinParticipant(Bank.mekong.participant, netDebitCaps: [:]),
            .addAPIKey(AddAPIKey(participant: Bank.mekong.id, digest: made.sha256)),
        ] { _ = try await engine.submit(Submission(caller: .operations, command: command)).result.get() }
    }

    func cost(of key: String) -> Cost {
        counted {
            let request = HTTPRequest(method: "GET", path: "/", headers: ["Authorization": "Bearer \(key)"])
            do throws(Problem) {
                _ = try lock.open(for: request, needing: .read)
                return true
            } catch {
                #expect(error.detail == "Send your key in the header \"Authorization: Bearer …\".")
                return false
            }
        }
    }

    /// The same of the console's door.
    func costOfSession(_ text: String) -> Cost {
        counted { (try? desk.person(ofSession: text)) != nil }
    }

    func commonBytes(_ left: String, _ right: String) -> Int {
        zip(Digest.sha256(Array(left.utf8)), Digest.sha256(Array(right.utf8))).prefix { $0 == $1 }.count
    }

    private func counted(_ isLetIn: () -> Bool) -> Cost {
        digester.lengths.withLock { $0 = [] }
        store.reads.store(0, ordering: .relaxed)
        let isLetIn = isLetIn()
        let lengths = digester.lengths.withLock { $0 }
        return Cost(
            isLetIn: isLetIn,
            digests: lengths.count,
            digestedBytes: lengths.reduce(0, +),
            reads: store.reads.load(ordering: .relaxed)
        )
    }
}

private final class CountingDigester: Digester {
    /// Of what was digested.
    let lengths = Mutex<[Int]>([])

    func sha256(_ bytes: [UInt8]) -> [UInt8] {
        lengths.withLock { $0.append(bytes.count) }
        return Digest.sha256(bytes)
    }

    func md5(_ bytes: [UInt8]) -> [UInt8] { Digest.md5(bytes) }
}

private final class CountingStore: Store {
    let reads = Atomic<Int>(0)
    private let inner: any Store

    init(_ inner: any Store) { self.inner = inner }

    func fetch(_ keys: [RecordKey], into transaction: inout Transaction) throws(StoreError) {
        reads.add(keys.count, ordering: .relaxed)
        try inner.fetch(keys, into: &transaction)
    }

    func commit(_ transaction: Transaction, at: Timestamp) throws(StoreError) {
        try inner.commit(transaction, at: at)
    }

    func mark(_ environment: Environment) throws(StoreError) { try inner.mark(environment) }
    func abandon() { inner.abandon() }

    func read<Answer>(_ body: (any StoreReader) throws(StoreError) -> Answer) throws(StoreError) -> Answer {
        reads.add(1, ordering: .relaxed)
        return try inner.read(body)
    }
}

extension String {
    /// Every text that differs from this one in one place.
    fileprivate var withOneCharacterChanged: [String] {
        indices.map { index in
            replacingCharacters(in: index...index, with: self[index] == "A" ? "B" : "A")
        }
    }

    private func replacingCharacters(in range: ClosedRange<Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[self.index(after: range.upperBound)...])
    }
}

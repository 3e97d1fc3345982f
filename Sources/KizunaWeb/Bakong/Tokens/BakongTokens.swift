import KizunaLedger
import KizunaMoney
package import KizunaSwitch
import Synchronization

/// What tokens are kept by: the store that knows keys and projects, and whoever carries commands out.
package struct BakongKeeper: Sendable {
    package let store: any Store
    package let perform: @Sendable (BakongCommand) async throws -> Reply
    let clock: any Clock

    package init(
        store: any Store,
        clock: any Clock,
        perform: @escaping @Sendable (BakongCommand) async throws -> Reply
    ) {
        self.store = store
        self.clock = clock
        self.perform = perform
    }
}

extension Switch {
    /// Keeps tokens by the running switch.
    var bakongKeeper: BakongKeeper {
        BakongKeeper(store: store, clock: clock) { command in
            try await self.submit(Submission(caller: .system, command: .bakong(command))).result.get()
        }
    }
}

/// The tokens of the facade: JSON Web Tokens (RFC 7519) of the shape that Bakong's are of, for clients take them apart
/// to see when they end.
///
/// A token names its project. Whether that may still ask is looked up at each call, so a project that is revoked is
/// shut out at once, at every switch that shares the database.
package final class BakongTokens: Sendable {
    private let keeper: BakongKeeper
    private let authenticator: any MessageAuthenticator
    /// Keys never change; those that were read are remembered.
    private let known = Mutex<(keys: [Int: BakongKey], readAt: Timestamp?)>(([:], nil))

    /// How soon the store is asked again for a key that it did not have.
    private static let pause = Duration.seconds(1)

    package init(_ keeper: BakongKeeper, authenticator: any MessageAuthenticator) {
        self.keeper = keeper
        self.authenticator = authenticator
    }

    /// A new token for a project, good for 90 days.
    ///
    /// - Throws: what kept a key from being made or read.
    package func issue(for project: BakongProject) async throws -> String {
        let now = keeper.clock.now()
        let key = try await signingKey(at: now)
        let seconds = now.milliseconds / 1_000
        let token = BakongToken(
            project: project.id,
            issuedAtSeconds: seconds,
            expiresAtSeconds: seconds + BakongKey.tokenLife.components.seconds
        )
        return token.signed(with: key, authenticator)
    }

    /// The project that a token names; `nil` for one that does not hold.
    func project(of text: String) throws(BakongError) -> BakongProject? {
        guard let signed = SignedToken(text), let key = try key(signed.keyNumber) else { return nil }
        let code = authenticator.code(of: signed.content, key: key.secret)
        guard authenticator.areEqual(code, signed.code), let token = BakongToken(signed.payload),
            keeper.clock.now().milliseconds / 1_000 < token.expiresAtSeconds
        else { return nil }
        let project: BakongProject?
        do throws(StoreError) {
            project = try keeper.store.read { reader throws(StoreError) in try reader.bakongProject(id: token.project) }
        } catch {
            throw .serverUnavailable
        }
        return project.flatMap { $0.standing == .active ? $0 : nil }
    }

    private func key(_ number: Int) throws(BakongError) -> BakongKey? {
        let (keys, readAt) = known.withLock { $0 }
        if let key = keys[number] { return key }
        let now = keeper.clock.now()
        // Whoever makes numbers up does not make the store work.
        if let readAt, now.since(readAt) < BakongTokens.pause { return nil }
        do throws(StoreError) { return try readKeys(at: now)[number] } catch { throw .serverUnavailable }
    }

    private func readKeys(at now: Timestamp) throws(StoreError) -> [Int: BakongKey] {
        let rows = try keeper.store.read { reader throws(StoreError) in try reader.bakongKeys() }
        let keys = Dictionary(rows.map { ($0.number, $0) }) { first, _ in first }
        known.withLock { $0 = (keys, now) }
        return keys
    }

    /// The newest key, after a new one has been made where that is too old.
    private func signingKey(at now: Timestamp) async throws -> BakongKey {
        let newest = { (keys: [Int: BakongKey]) in keys.values.max { $0.number < $1.number } }
        if let key = newest(known.withLock { $0.keys }), key.signs(at: now) { return key }
        let keys = try readKeys(at: now)
        if let key = newest(keys), key.signs(at: now) { return key }
        let spent = keys.values.filter { $0.isSpent(at: now) }.map(\.number).sorted()
        _ = try await keeper.perform(.makeKey(number: (newest(keys)?.number ?? 0) + 1, removing: spent))
        guard let key = newest(try readKeys(at: now)) else { throw BakongError.serverUnavailable }
        return key
    }
}

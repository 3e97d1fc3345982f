import KizunaLedger
package import KizunaMoney
package import KizunaPayments
package import KizunaSwitch

/// Lets people in who work for the switch, by a name, a password and a code, and knows them again by their session.
package final class SignInDesk: Sendable {
    /// How long a session lasts: a working day, and not the next.
    package static let sessionLife = Duration.seconds(12 * 3_600)
    /// How long a session that nobody uses lasts, unless told otherwise.
    package static let usualIdleTime = Duration.seconds(30 * 60)
    /// How many may wait for their passwords to be checked.
    private static let mostWaiting = 16
    /// Longer than any password; so much is hashed in no time.
    package static let longestPassword = 256

    /// A secret that was made for a session, and what is kept of it.
    package struct Secret: Sendable {
        package let text: String
        /// The SHA-256 of the text.
        package let digest: [UInt8]

        package init(text: String, digest: [UInt8]) {
            self.text = text
            self.digest = digest
        }
    }

    /// What somebody shows.
    package struct Attempt: Sendable {
        package let name: String
        package let password: String
        package let code: String
        /// The peer's numeric address.
        package let address: String
        /// What the browser was given the last time; see ``KnownDevice``.
        package let device: String?

        package init(name: String, password: String, code: String, address: String, device: String?) {
            self.name = name
            self.password = password
            self.code = code
            self.address = address
            self.device = device
        }
    }

    /// What somebody who is let in takes along.
    package struct Welcome: Sendable {
        package let person: OperatorID
        /// The session's secret text; it is shown to the browser and kept nowhere.
        package let session: String
        package let endsAt: Timestamp
        /// Shows the next time that this browser was here before.
        package let device: String
    }

    /// Why somebody is not let in.
    package enum Failure: Error, Sendable, Hashable {
        /// Name, password or code is wrong, the person is suspended, or the code was used: nobody learns which.
        case wrong
        /// Too many wrong attempts from here for this name; nothing was looked at.
        case tooSoon(seconds: Int)
        /// Too many sign in right now.
        case busy
        case unavailable
    }

    private let engine: Switch
    private let credentials: any CredentialChecker
    private let devices: KnownDevice
    private let newSecret: @Sendable () -> Secret
    private let idleTime: Duration
    private let delays = SignInDelays()
    private let waiting = Seats(most: mostWaiting)

    /// - Parameter idleTime: how long a session lasts that nobody uses, to ``Directory/sessionUseGrain``.
    package init(
        _ engine: Switch,
        credentials: any CredentialChecker,
        authenticator: any MessageAuthenticator,
        idleTime: Duration = usualIdleTime,
        newSecret: @escaping @Sendable () -> Secret
    ) {
        self.engine = engine
        self.credentials = credentials
        self.idleTime = idleTime
        self.newSecret = newSecret
        devices = KnownDevice(authenticator: authenticator)
    }

    /// A new secret, such as a participant's key; it is kept nowhere.
    package func makeSecret() -> Secret { newSecret() }

    /// Lets somebody in, or says why not.
    package func signIn(_ attempt: Attempt) async throws(Failure) -> Welcome {
        let person = try OperatorID(attempt.name).flatMap { id throws(Failure) in try self.person(id) }
        let isKnown = person.map { devices.vouch(for: attempt.device, of: $0) } ?? false
        let source = SignInDelays.Source(attempt, isKnownDevice: isKnown)
        let now = engine.clock.now()
        if let seconds = delays.secondsToWait(source, at: now) { throw .tooSoon(seconds: seconds) }
        guard waiting.take() else { throw .busy }
        defer { waiting.give() }
        // Counted before it is known to be wrong: many at once are not tried for the price of one.
        delays.noteFailure(source, at: now)
        let isRight = await credentials.isRight(attempt.password, for: person?.passwordHash)
        guard isRight, let person,
            let step = credentials.step(of: attempt.code, key: person.authenticatorKey, at: now)
        else { throw .wrong }
        let welcome = try await beginSession(of: person, step: step, device: isKnown ? attempt.device : nil)
        delays.forget(source)
        return welcome
    }

    /// Whose session it is; `nil` for none, or one that has ended.
    ///
    /// - Parameter isUse: whether the person has done something. What a page asks for by itself keeps no session alive.
    package func person(ofSession text: String, isUse: Bool = true) throws(StoreError) -> Person? {
        guard let key = key(ofSession: text), case .person(let id) = key.owner, !isIdle(key) else { return nil }
        let person = try engine.store.read { reader throws(StoreError) in try reader.person(id) }
        guard let person, person.holds(sessionFrom: key.createdAt) else { return nil }
        if isUse { engine.directory.noteUse(of: key, at: engine.clock.now()) }
        return person
    }

    /// Never too early: the last use may have been as much later as uses are not noted one by one.
    private func isIdle(_ key: APIKey) -> Bool {
        let last = engine.directory.lastUse(of: key) ?? key.createdAt
        return engine.clock.now().since(last) >= idleTime + Directory.sessionUseGrain
    }

    /// Ends a session for every node; one that has ended already stays so.
    package func signOut(session text: String) async throws(SubmissionError) {
        guard let key = key(ofSession: text) else { return }
        _ = try await engine.submit(Submission(caller: .system, command: .revokeAPIKey(key.id)))
    }

    private func key(ofSession text: String) -> APIKey? {
        guard text.utf8.count <= SignInDesk.longestPassword else { return nil }
        let digest = engine.digester.sha256(Array(text.utf8))
        let key = engine.directory.key(.secret, withDigest: digest, at: engine.clock.now())
        return key?.grants.contains(.session) == true ? key : nil
    }

    private func person(_ id: OperatorID) throws(Failure) -> Person? {
        do throws(StoreError) {
            return try engine.store.read { reader throws(StoreError) in try reader.person(id) }
        } catch {
            throw .unavailable
        }
    }

    private func beginSession(of person: Person, step: Int64, device: String?) async throws(Failure) -> Welcome {
        let secret = newSecret()
        let end = engine.clock.now().adding(SignInDesk.sessionLife)
        let command = SignIn(
            person: person.id,
            passwordHash: person.passwordHash,
            step: step,
            digest: secret.digest,
            endsAt: end
        )
        let outcome: Outcome
        do throws(SubmissionError) {
            outcome = try await engine.submit(Submission(caller: .system, command: .people(.signIn(command))))
        } catch {
            throw .unavailable
        }
        guard case .success = outcome.result else { throw .wrong }
        return Welcome(
            person: person.id,
            session: secret.text,
            endsAt: end,
            device: device ?? devices.mark(newSecret().text, of: person)
        )
    }
}

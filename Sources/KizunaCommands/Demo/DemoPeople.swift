import KizunaCrypto
import KizunaMoney
import KizunaPages
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// The people who work for the demo's switch, with passwords made for this run.
struct DemoPeople: Sendable {
    /// One of them, with what he or she shows at the door.
    struct One: Sendable {
        let id: OperatorID
        let name: String
        let roles: Grants
        let password: String
        let authenticatorKey: [UInt8]
    }

    let all: [One]

    /// Two who can decide together, and one who only looks.
    init() {
        let cast: [(id: String, name: String, roles: Grants)] = [
            ("dara", "Kim Dara", [.operator, .approver]), ("yuki", "Tanaka Yuki", [.operator, .approver]),
            ("mao", "Mao Sreyneang", .auditor),
        ]
        all = cast.map { one in
            guard let id = OperatorID(one.id) else { preconditionFailure("\(one.id) is no person's name") }
            let secrets = NewSecrets(id)
            return One(
                id: id,
                name: one.name,
                roles: one.roles,
                password: secrets.password,
                authenticatorKey: secrets.authenticatorKey
            )
        }
    }

    /// Lets them in; those whom an earlier run on the same database has left get new secrets.
    func join(_ engine: Switch) async throws {
        for one in all {
            let hash = PasswordHash.make(of: one.password, using: SystemRandom())
            let known = try engine.store.read { reader throws(StoreError) in try reader.person(one.id) }
            let commands: [PersonCommand] =
                known == nil
                ? [
                    .add(
                        AddPerson(
                            id: one.id,
                            name: one.name,
                            roles: one.roles,
                            passwordHash: hash,
                            authenticatorKey: one.authenticatorKey
                        )
                    )
                ]
                : [
                    .change(one.id, .password(hash: hash)),
                    .change(one.id, .authenticator(key: one.authenticatorKey)),
                ]
            for command in commands {
                let submission = Submission(caller: .operations, command: .people(command))
                _ = try await engine.submit(submission).result.get()
            }
        }
    }

    /// What their authenticators show, since nobody who looks at a demo has one.
    func hints(at now: Timestamp) -> [SignInHint] {
        let step = OneTimeCode.step(at: now)
        return all.map { one in
            SignInHint(person: one.id, code: OneTimeCode.code(at: step, key: one.authenticatorKey))
        }
    }
}

extension DemoPeople {
    /// Everything of them, for the process that lets them in.
    var json: JSON {
        .array(
            all.map { one in
                [
                    "id": JSON(name: one.id), "name": .string(one.name),
                    "roles": JSON(one.roles.rawValue), "password": .string(one.password),
                    "authenticatorKey": .string(Hex.encode(one.authenticatorKey)),
                ]
            }
        )
    }

    init?(_ json: JSON) {
        guard case .array(let people) = json else { return nil }
        all = people.compactMap { one in
            guard let id = one.text(at: "id").flatMap({ OperatorID($0) }), let name = one.text(at: "name"),
                let password = one.text(at: "password"),
                let key = one.text(at: "authenticatorKey").flatMap(Hex.decode), let roles = one["roles"]?.wholeNumber
            else { return nil }
            return One(
                id: id,
                name: name,
                roles: Grants(rawValue: Int(roles)),
                password: password,
                authenticatorKey: key
            )
        }
    }
}

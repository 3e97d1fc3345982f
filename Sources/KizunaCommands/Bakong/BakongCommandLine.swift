import KizunaCrypto
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// `kizuna bakong add|token|list|revoke`: whose software may ask the Bakong facade.
struct BakongCommandLine {
    let console: Console

    private static let most: Int = 100_000
    private static let longestName = 100
    private static let email = Flag(
        "--email",
        "ADDRESS",
        help: "the address that it is known by, at most 30 characters"
    )
    private static let organisation = Flag("--organisation", "NAME", help: "whose it is")
    private static let project = Flag("--project", "NAME", help: "what it is called there")
    private static let json = Flag("--json", help: "answer with one JSON object")

    private static let add = Verb(
        "bakong add",
        summary: "Registers a project and prints its token, which is good for 90 days.",
        flags: [email, organisation, project, DatabaseFlag.flag],
        examples: ["kizuna bakong add --email till@shop.example --organisation Shop --project Till"]
    )
    private static let token = Verb(
        "bakong token",
        summary: "Prints another token for a project; the ones before stay good.",
        flags: [email, DatabaseFlag.flag],
        examples: ["kizuna bakong token --email till@shop.example"]
    )
    private static let list = Verb(
        "bakong list",
        summary: "Lists the projects, the oldest first.",
        flags: [json, DatabaseFlag.flag],
        examples: ["kizuna bakong list", "kizuna bakong list --json"]
    )
    private static let revoke = Verb(
        "bakong revoke",
        summary: "Makes every token of a project useless from now on.",
        flags: [email, DatabaseFlag.flag],
        examples: ["kizuna bakong revoke --email till@shop.example"]
    )

    func run(_ arguments: [String]) async -> Int32 {
        let verbs = [Self.add, Self.token, Self.list, Self.revoke]
        return await console.choosing(among: verbs, of: "bakong", arguments) { verb, arguments in
            await console.reporting(verb, arguments) { arguments in
                switch verb.name {
                case Self.add.name: try await add(arguments)
                case Self.token.name: try await token(arguments)
                case Self.list.name: try list(arguments)
                default: try await revoke(arguments)
                }
                return ExitStatus.done
            }
        }
    }

    private func add(_ arguments: Arguments) async throws {
        let registration = RegisterBakongProject(
            email: try address(arguments),
            organisation: try name(Self.organisation, arguments),
            name: try name(Self.project, arguments),
            codeDigest: nil
        )
        let keeper = try keeper(arguments)
        guard case .bakongProject(let project) = try await keeper.perform(.register(registration)) else { return }
        try await printToken(of: project, keeper)
    }

    private func token(_ arguments: Arguments) async throws {
        let email = try address(arguments)
        let keeper = try keeper(arguments)
        let found = try keeper.store.read { reader throws(StoreError) in try reader.bakongProject(email: email) }
        guard let found, found.standing == .active else {
            throw Refusal(.notFound, "No project is active under this address; see kizuna bakong list.")
        }
        try await printToken(of: found, keeper)
    }

    private func printToken(of project: BakongProject, _ keeper: BakongKeeper) async throws {
        let tokens = BakongTokens(keeper, authenticator: OpenSSLAuthenticator())
        let token = try await tokens.issue(for: project)
        console.writeLine(["email": .string(project.email), "token": .string(token)])
    }

    private func list(_ arguments: Arguments) throws {
        let store = try DatabaseFlag.openForReading(arguments)
        let projects = try store.read { reader throws(StoreError) in try reader.bakongProjects(nil, limit: Self.most) }
        if arguments.has(Self.json) {
            console.writeLine(["projects": .array(projects.map(\.json))])
            return
        }
        let page = TerminalPage(console)
        page.heading(projects.isEmpty ? "No projects" : "Projects that ask the Bakong facade")
        for project in projects {
            page.fact(project.email, "\(project.standing.name), \(project.organisation), \(project.name)")
        }
    }

    private func revoke(_ arguments: Arguments) async throws {
        let email = try address(arguments)
        _ = try await keeper(arguments).perform(.revoke(email: email))
        console.complain("revoked")
    }

    private func keeper(_ arguments: Arguments) throws -> BakongKeeper {
        let store = try DatabaseFlag.open(arguments)
        let operations = Operations(store: store)
        return BakongKeeper(store: store, clock: SystemClock()) { try await operations.perform(.bakong($0)) }
    }

    private func address(_ arguments: Arguments) throws(UsageError) -> String {
        guard let email = BakongEmail(try arguments.required(Self.email)) else {
            throw arguments.error("--email takes an e-mail address of at most 30 characters")
        }
        return email.text
    }

    private func name(_ flag: Flag, _ arguments: Arguments) throws(UsageError) -> String {
        let text = try arguments.required(flag)
        guard 1...Self.longestName ~= text.unicodeScalars.count else {
            throw arguments.error("\(flag.name) takes 1 to \(Self.longestName) characters")
        }
        return text
    }
}

extension BakongProject {
    fileprivate var json: JSON {
        [
            "email": .string(email), "organisation": .string(organisation), "project": .string(name),
            "standing": .string(standing.name), "createdAt": JSON(createdAt),
        ]
    }
}

extension BakongProject.Standing {
    fileprivate var name: String {
        switch self {
        case .unconfirmed: "unconfirmed"
        case .active: "active"
        case .revoked: "revoked"
        }
    }
}

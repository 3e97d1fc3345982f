import DatabaseServer
import Foundation
import KizunaSimulation
import KizunaWeb
import Synchronization
import Testing

/// What may become of a database under a running switch: it says so, refuses what it cannot promise, loses nothing, and
/// goes on by itself when the trouble is over.
@Suite struct DatabaseTroubleTests {
    enum Trouble: CaseIterable {
        /// The server is gone.
        case away
        /// It takes no writes, as a standby does.
        case readOnly
        /// It says that its disk is full, whenever a row is to be added.
        case full
        /// It lets the switch's role in no more, and no connection lives.
        case refusedRole
        /// The role has another password, and no connection lives.
        case wrongPassword

        var fault: String { [.refusedRole, .wrongPassword].contains(self) ? "notUsable" : "unavailable" }

        /// What `readyz` tells of it.
        var reason: String {
            switch self {
            case .away: "out of reach|cannot be reached"
            case .readOnly: "takes no writes"
            case .full: "disk is full"
            case .refusedRole, .wrongPassword: "refused the role or its password"
            }
        }

        func begin(_ link: SharedLink) throws {
            switch self {
            case .away: try link.server.stop()
            case .readOnly: try set("default_transaction_read_only = on", link)
            case .full:
                try link.query(
                    """
                    CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
                    CREATE TRIGGER is_full BEFORE INSERT ON resolutions FOR EACH STATEMENT EXECUTE FUNCTION fill()
                    """
                )
            case .refusedRole: try endConnections("ALTER ROLE switch NOLOGIN", link)
            case .wrongPassword: try endConnections("ALTER ROLE switch PASSWORD 'farmers-wife'", link)
            }
        }

        func end(_ link: SharedLink) throws {
            switch self {
            case .away: try link.server.start()
            case .readOnly: try set("default_transaction_read_only = off", link)
            case .full: try link.query("DROP TRIGGER is_full ON resolutions")
            case .refusedRole: try link.query("ALTER ROLE switch LOGIN")
            case .wrongPassword: try link.query("ALTER ROLE switch PASSWORD '\(SharedLink.password)'")
            }
        }

        private func endConnections(_ change: String, _ link: SharedLink) throws {
            try link.query(change)
            try link.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'switch'")
        }

        private func set(_ setting: String, _ link: SharedLink) throws {
            try link.server.query("ALTER SYSTEM SET \(setting)", in: "postgres")
            try link.server.query("SELECT pg_reload_conf()", in: "postgres")
        }
    }

    @Test(arguments: Trouble.allCases) func aSwitchSaysSoAndGoesOnAfterwards(trouble: Trouble) async throws {
        try await withSharedLink(role: "switch") { link in
            let before = try await link.pay()
            #expect(before.state == "COMPLETED")

            try trouble.begin(link)
            // A server takes a new setting in a moment later.
            var key = ""
            var refused = HTTPResponse(status: 0)
            try await eventually {
                key = UUID().uuidString
                refused = try await link.resolve(idempotencyKey: key)
                return refused.status == 503
            }
            #expect(refused.headers["Retry-After"] == "1")
            #expect(try JSON.parse(refused.body).text(at: "code") == "store_unavailable")
            try await eventually {
                let ready = try await link.get("/readyz")
                let words = String(decoding: ready.body, as: UTF8.self)
                return ready.status == 503 && words.contains("\"\(trouble.fault)\"")
                    && trouble.reason.split(separator: "|").contains { words.contains($0) }
            }
            #expect(try await link.get("/healthz").status == 200)

            try trouble.end(link)
            try await eventually { try await link.get("/readyz").status == 200 }
            // The same request, then whole payments; and what was answered before is there.
            #expect(try await link.resolve(idempotencyKey: key).status == 201)
            #expect(try await link.pay("1300").state == "COMPLETED")
            #expect(try await link.get("/v1/payments/\(before.paymentID)").status == 200)
        }
    }

    /// Half a second for each statement that writes: late, but not wrong.
    @Test func aSlowDatabaseIsTold() async throws {
        try await withSharedLink { link in
            let slowTables = ["nodes", "resolutions", "quotes", "payments", "journal", "messages", "timers"]
            try link.query(
                """
                CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN PERFORM pg_sleep(0.5); RETURN NULL; END $$;
                """
                    + slowTables.map { table in
                        """
                        CREATE TRIGGER lingers BEFORE INSERT OR UPDATE ON \(table)
                        FOR EACH STATEMENT EXECUTE FUNCTION linger();
                        """
                    }.joined(separator: "\n")
            )
            try await eventually { try await link.get("/readyz").status == 503 }
            #expect(try await link.pay().state == "COMPLETED")
            try link.query(slowTables.map { "DROP TRIGGER lingers ON \($0);" }.joined())
            try await eventually { try await link.get("/readyz").status == 200 }
            #expect(try await link.pay("1300").state == "COMPLETED")
        }
    }

    /// A switch that is too old for the database does not begin, and says what to do.
    @Test func aNewerDatabaseIsNotServed() async throws {
        try await withSharedLink { link in
            try link.query("INSERT INTO migrations VALUES (1000, 1000)")
            let started = try Executable.run(["serve", "--listen", "127.0.0.1:0", "--database", link.address])
            #expect(started.status != 0)
            #expect(started.complaint.contains("use the newer program"))
            // Whoever runs already goes on.
            #expect(try await link.pay().state == "COMPLETED")
            try link.query("DELETE FROM migrations WHERE version = 1000")
        }
    }

    /// Half a second for each way to the server and back: the switch that it is so far from says so, the other does not.
    @Test func aSwitchOnASlowWayIsNotReady() async throws {
        try await withSharedLink { link in
            let way = try SlowWay(to: link.server)
            defer { way.close() }
            try link.startNode(through: way)
            try await eventually { try await link.get("/readyz", of: 1).status == 200 }
            way.delayMilliseconds.store(500, ordering: .relaxed)
            try await eventually {
                let ready = try await link.get("/readyz", of: 1)
                return ready.status == 503 && String(decoding: ready.body, as: UTF8.self).contains("answers slowly")
            }
            #expect(try await link.get("/readyz").status == 200)
            // What reaches it all the same is late, but not wrong.
            link.leadYenWallet(to: 1)
            #expect(try await link.payFromJapan().state == "COMPLETED")
            way.delayMilliseconds.store(0, ordering: .relaxed)
            try await eventually { try await link.get("/readyz", of: 1).status == 200 }
        }
    }

    /// The disk under the tables really is full, and then has room again.
    @Test(.enabled(if: DatabaseServer.canHaveSmallDisk, "a disk of its own needs Linux's user namespaces"))
    func aFullDiskIsTold() async throws {
        try await withSharedLink(on: .smallDisk) { link in
            let before = try await link.pay()
            let ballast = "\(link.server.smallDisk)/ballast"
            try link.server.run("dd if=/dev/zero of=\(ballast) bs=8k 2>/dev/null || true")
            // There may be room in the files that there are.
            var key = ""
            var refused = HTTPResponse(status: 0)
            try await eventually {
                key = UUID().uuidString
                refused = try await link.resolve(idempotencyKey: key)
                return refused.status == 503
            }
            #expect(refused.headers["Retry-After"] == "1")
            let ready = try await link.get("/readyz")
            #expect(ready.status == 503)
            #expect(String(decoding: ready.body, as: UTF8.self).contains("disk is full"))
            try link.server.run("rm \(ballast)")
            try await eventually { try await link.get("/readyz").status == 200 }
            #expect(try await link.resolve(idempotencyKey: key).status == 201)
            #expect(try await link.pay("1300").state == "COMPLETED")
            #expect(try await link.get("/v1/payments/\(before.paymentID)").status == 200)
        }
    }

    /// A switch that cannot log in does not begin, and tells nobody with what it tried.
    @Test func aWrongPasswordIsSaidAndNotShown() async throws {
        try await withSharedLink(role: "switch") { link in
            let wrong = link.server.url(of: SharedLink.database, role: "switch:farmers-wife")
            let started = try Executable.run(["serve", "--listen", "127.0.0.1:0", "--database", wrong])
            #expect(started.status == 3)
            #expect(started.complaint.contains("refused the role or its password"), "\(started.complaint)")
            #expect(!started.complaint.contains("farmers-wife"))
        }
    }

    @Test func anOldServerIsNotServed() async throws {
        try await withSharedLink { link in
            let version = try link.query("SHOW server_version")
            let said = Array("server_version\u{0}\(version.prefix(2))".utf8)
            let way = try SlowWay(to: link.server, telling: (said, Array("server_version\u{0}13".utf8)))
            defer { way.close() }
            let url = "postgres://kizuna@/\(SharedLink.database)?host=\(way.folder)"
            let started = try Executable.run(["serve", "--listen", "127.0.0.1:0", "--database", url])
            #expect(started.status == 3)
            #expect(started.complaint.contains("older than PostgreSQL 14"), "\(started.complaint)")
        }
    }
}

import CPostgres
import Glibc
import KizunaSwitch

/// One connection to a server. Commands go out together and their answers come back together: one way there and back
/// for as many commands as a caller has (libpq's pipeline mode).
///
/// Nothing here waits for ever: whatever the network does, a caller hears within the connection's patience.
struct Connection: ~Copyable {
    private let handle: OpaquePointer
    private let patience: Duration
    private var prepared: Set<String> = []

    /// Connects and brings the session into the state that this adapter counts on.
    static func open(to server: ServerAddress, for use: SessionUse) throws(PostgresError) -> Connection {
        let (keywords, values) = server.connectionParameters
        guard let handle = connect(keywords, values) else { throw PostgresError(lost: "no memory was left") }
        let patience = use.isHurried ? server.patience : SessionUse.longPatience
        let connection = Connection(handle, patience: patience)
        try connection.check()
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        PQsetnonblocking(handle, 1)
        try connection.execute(use.setup(patience: server.statementPatience))
        return connection
    }

    private init(_ handle: OpaquePointer, patience: Duration) {
        self.handle = handle
        self.patience = patience
    }

    deinit { PQfinish(handle) }

    /// Whether the server has closed the connection, as far as is known here.
    var isOpen: Bool { PQstatus(handle) == CONNECTION_OK }

    private func check() throws(PostgresError) {
        guard PQstatus(handle) == CONNECTION_OK else { throw refusal() }
        guard PQserverVersion(handle) >= ServerAddress.oldestServer else {
            throw PostgresError(StoreError(.notUsable, "The server is older than PostgreSQL 14: use a newer one."))
        }
    }

    /// What the server said when it refused the connection. Of its SQLSTATE libpq keeps nothing.
    private func refusal() -> PostgresError {
        let words = String(cString: PQerrorMessage(handle)).split(separator: "\n").first.map(String.init) ?? ""
        let isOurs = ["password", "authentication", "pg_hba.conf", "role \""].contains { words.contains($0) }
        if isOurs { return PostgresError(SQLState(code: "28000"), words: words) }
        if words.contains("database \""), words.contains("does not exist") {
            return PostgresError(SQLState(code: "3D000"), words: words)
        }
        return PostgresError(lost: words)
    }

    // MARK: Texts of several statements

    /// Runs a script that brings no rows: migrations and settings, whose text is ours.
    func execute(_ script: String) throws(PostgresError) {
        guard PQsendQuery(handle, script) == 1 else { throw lost() }
        var failure: PostgresError?
        while let result = try nextResult() {
            if failure == nil { failure = PostgresError(failedResult: result) }
            PQclear(result)
        }
        if let failure { throw failure }
    }

    // MARK: Pipelines

    /// Sends commands together and waits for all their answers.
    ///
    /// - Throws: for the first that failed; those behind it were not run.
    mutating func run(_ commands: [PostgresCommand]) throws(PostgresError) -> [Rows] {
        guard PQenterPipelineMode(handle) == 1 else { throw lost() }
        var steps: [Step] = []
        for command in commands {
            if !prepared.contains(command.statement.name) {
                guard PQsendPrepare(handle, command.statement.name, command.statement.sql, 0, nil) == 1 else {
                    throw lost()
                }
                prepared.insert(command.statement.name)
                steps.append(.preparation(command.statement))
            }
            guard send(command) else { throw lost() }
            steps.append(.command(command.expectation))
        }
        guard PQpipelineSync(handle) == 1 else { throw lost() }
        let answer = try collect(steps)
        guard PQexitPipelineMode(handle) == 1 else { throw lost() }
        return try answer.get()
    }

    private enum Step {
        case preparation(Statement)
        case command(PostgresCommand.Expectation?)
    }

    private func send(_ command: PostgresCommand) -> Bool {
        command.parameters.bytes.withUnsafeBytes { bytes in
            // A text without bytes needs an address all the same: NULL would be no value at all.
            let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            var empty: CChar = 0
            return withUnsafePointer(to: &empty) { nothing in
                let values: [UnsafePointer<CChar>?] = command.parameters.ranges.map { range in
                    range.isEmpty ? nothing : base.map { $0 + range.lowerBound }
                }
                let lengths = command.parameters.ranges.map { Int32($0.count) }
                let formats = [Int32](repeating: 1, count: lengths.count)
                return PQsendQueryPrepared(
                    handle,
                    command.statement.name,
                    Int32(values.count),
                    values,
                    lengths,
                    formats,
                    1
                ) == 1
            }
        }
    }

    /// Takes every answer off the wire, then says which was the first to fail.
    private mutating func collect(_ steps: [Step]) throws(PostgresError) -> Result<[Rows], PostgresError> {
        var rows: [Rows] = []
        rows.reserveCapacity(steps.count)
        var failure: PostgresError?
        for step in steps {
            guard let result = try nextResult() else { throw lost() }
            let error = PostgresError(failedResult: result)
            if failure == nil { failure = error }
            switch step {
            case .preparation(let statement):
                if PQresultStatus(result) != PGRES_COMMAND_OK { prepared.remove(statement.name) }
                PQclear(result)
            case .command(let expectation):
                let answer = Rows(result)
                if failure == nil, let expectation, answer.touched != expectation.rows {
                    failure = expectation.otherwise
                }
                rows.append(answer)
            }
            while let more = try nextResult() { PQclear(more) }
        }
        guard let end = try nextResult() else { throw lost() }
        let isEnd = PQresultStatus(end) == PGRES_PIPELINE_SYNC
        PQclear(end)
        guard isEnd else { throw lost() }
        if let failure { return .failure(failure) }
        return .success(rows)
    }

    // MARK: The wire

    /// The next result; `nil` where a command's results end.
    private func nextResult() throws(PostgresError) -> OpaquePointer? {
        let deadline = ContinuousClock.now.advanced(by: patience)
        while true {
            let pending = PQflush(handle)
            guard pending >= 0 else { throw lost() }
            if pending == 0, PQisBusy(handle) == 0 { return PQgetResult(handle) }
            try wait(until: deadline, alsoToWrite: pending == 1)
            guard PQconsumeInput(handle) == 1 else { throw lost() }
        }
    }

    private func wait(until deadline: ContinuousClock.Instant, alsoToWrite: Bool) throws(PostgresError) {
        let left = ContinuousClock.now.duration(to: deadline).components
        let milliseconds = left.seconds * 1_000 + left.attoseconds / 1_000_000_000_000_000
        guard milliseconds > 0 else { throw PostgresError(lost: "it did not answer within \(patience)") }
        var descriptor = pollfd()
        descriptor.fd = PQsocket(handle)
        descriptor.events = Int16(POLLIN) | (alsoToWrite ? Int16(POLLOUT) : 0)
        let ready = poll(&descriptor, 1, Int32(clamping: milliseconds))
        guard ready >= 0 || errno == EINTR else { throw lost() }
    }

    private func lost() -> PostgresError {
        let words = String(cString: PQerrorMessage(handle)).split(separator: "\n").first.map(String.init)
        return PostgresError(lost: words ?? "the connection was closed")
    }
}

private func connect(_ keywords: [String], _ values: [String]) -> OpaquePointer? {
    let keywords = keywords.map { strdup($0) } + [nil]
    let values = values.map { strdup($0) } + [nil]
    defer { for text in keywords + values { free(text) } }
    return PQconnectdbParams(keywords.map { UnsafePointer($0) }, values.map { UnsafePointer($0) }, 1)
}

extension PostgresError {
    /// What a result says that is an error; `nil` for one that is none, or that was not run because of one before it.
    fileprivate init?(failedResult result: OpaquePointer) {
        guard PQresultStatus(result) == PGRES_FATAL_ERROR || PQresultStatus(result) == PGRES_BAD_RESPONSE else {
            return nil
        }
        guard let state = kizuna_sqlstate(result) else {
            self.init(lost: String(cString: PQresultErrorMessage(result)))
            return
        }
        let words = kizuna_primary_message(result).map { String(cString: $0) } ?? ""
        self.init(SQLState(code: String(cString: state)), words: words)
    }
}

import Dispatch
import KizunaSwitch
import Synchronization

/// Says that this node is alive, and takes over the work of those that are not.
///
/// Sendable because its session is used on its queue only.
final class Housekeeper: @unchecked Sendable {
    /// How often a node shows itself.
    private static let pulse = DispatchTimeInterval.seconds(1)
    /// How often the next months' partitions are seen to, in pulses: every hour.
    private static let pulsesBetweenMonths = 3_600

    private static let show = Statement(
        "UPDATE nodes SET seen_at = clock_timestamp() WHERE number = $1::int4 AND left_at IS NULL"
    )
    /// The same, with the version of the program; from the shape on that has it.
    private static let showProgram = Statement(
        """
        UPDATE nodes SET seen_at = clock_timestamp(), program = $2::int4 WHERE number = $1::int4 AND left_at IS NULL
        """
    )
    private static let giveUpSilent = Statement(
        """
        UPDATE nodes SET left_at = clock_timestamp() WHERE number IN (
            SELECT number FROM nodes WHERE left_at IS NULL AND seen_at < clock_timestamp() - \(Node.patience)
                AND number <> $1::int4 FOR UPDATE SKIP LOCKED
        )
        """
    )
    private static let lockDeparted = Statement(
        "SELECT number FROM nodes WHERE left_at IS NOT NULL AND NOT is_settled LIMIT 1 FOR UPDATE SKIP LOCKED"
    )
    private static let takeMessages = Statement("UPDATE messages SET node = $1::int4 WHERE node = $2::int4")
    private static let takeTimers = Statement("UPDATE timers SET node = $1::int4 WHERE node = $2::int4")
    private static let settle = Statement("UPDATE nodes SET is_settled = true WHERE number = $1::int4")
    private static let extendJournal = Statement("SELECT kizuna.extend_journal(3)")

    private let session: Session
    private let health: Health
    private let node: @Sendable () -> Int32?
    private let queue = DispatchQueue(label: "kizuna.postgres.housekeeping")
    private var timer: (any DispatchSourceTimer)?
    private var pulses = 0
    private var steadiness = Steadiness()
    /// The version that the database had at the last pulse; a migration comes while switches serve.
    private var version = 0

    init(to server: ServerAddress, _ health: Health, node: @escaping @Sendable () -> Int32?) {
        session = Session(to: server, for: .switching)
        self.health = health
        self.node = node
    }

    /// Begins. Work that nobody has is taken over before this returns.
    func start() {
        queue.sync {
            takeOver()
            let timer = DispatchSource.makeTimerSource(queue: queue)
            timer.schedule(deadline: .now() + Housekeeper.pulse, repeating: Housekeeper.pulse)
            timer.setEventHandler { [weak self] in self?.beat() }
            timer.resume()
            self.timer = timer
        }
    }

    func stop() {
        queue.sync {
            timer?.cancel()
            timer = nil
            session.close()
        }
    }

    private func beat() {
        let number = node()
        pulses += 1
        health.beginPulse()
        do throws(PostgresError) {
            try show(number)
            health.endPulse()
            guard let number else { return steadiness.miss() }
            if steadiness.beat(at: .now) { _ = try session.run(command(Housekeeper.giveUpSilent, number)) }
            if pulses % Housekeeper.pulsesBetweenMonths == 1 { _ = try session.run(Housekeeper.extendJournal) }
        } catch {
            health.endPulse(error.error)
            steadiness.miss()
            version = 0
        }
        takeOver()
    }

    /// Shows this node, and sees what has become of the database's shape. Without a number it changes nothing, but says
    /// all the same whether it could.
    private func show(_ number: Int32?) throws(PostgresError) {
        let knowsPrograms = version >= Migration.programs.version
        let pulse =
            knowsPrograms
            ? command(Housekeeper.showProgram, number ?? 0, Int32(Migration.currentVersion))
            : command(Housekeeper.show, number ?? 0)
        let shape = DatabaseShape(try session.run([pulse, PostgresCommand(DatabaseShape.select)])[1])
        version = shape.version
        health.note(shape)
    }

    /// Takes the work of every node that has left, one after the other; whoever is first has it.
    private func takeOver() {
        do throws(PostgresError) {
            while try takeOverOne() {}
        } catch {
            session.rollback()
        }
    }

    private func takeOverOne() throws(PostgresError) -> Bool {
        guard let number = node() else { return false }
        let rows = try session.run([PostgresCommand(.begin), PostgresCommand(Housekeeper.lockDeparted)])[1]
        let departed = (try? rows.first { columns in Int32(truncatingIfNeeded: columns.int64()) }) ?? nil
        guard let departed else {
            _ = try session.run(.rollback)
            return false
        }
        _ = try session.run([
            command(Housekeeper.takeMessages, number, departed), command(Housekeeper.takeTimers, number, departed),
            command(Housekeeper.settle, departed), PostgresCommand(.commit),
        ])
        return true
    }

    private func command(_ statement: Statement, _ numbers: Int32...) -> PostgresCommand {
        var command = PostgresCommand(statement)
        for number in numbers { command.parameters.add(number) }
        return command
    }
}

import Glibc
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSimulation
import KizunaSwitch
import KizunaWeb
import Synchronization

/// Drives full payments over real HTTP on loopback: resolve, quote, pay, the destination's answer, the commit, and the
/// word of it back at the payer's bank. The switch, the banks and the load share the machine.
struct PaymentsBenchmark {
    var seconds = 10
    var clients = 64
    /// Payments offered a second; `nil` lets each client begin the next when the last has ended.
    var rate: Int?
    /// How the banks come in.
    var door: GuardedDoor?

    struct Result {
        let flowsPerSecond: Double
        let latencies: Latencies
        let errors: Int
        let bytesPerPayment: Double
        let booksBalanced: Bool
        let payments: Int
    }

    private final class Tally: Sendable {
        private struct Counts {
            var latencies = Latencies()
            var errors = 0
        }

        private let counts = Mutex(Counts())

        func add(_ duration: Duration) { counts.withLock { $0.latencies.add(duration) } }
        func addError() { counts.withLock { $0.errors += 1 } }
        var latencies: Latencies { counts.withLock { $0.latencies } }
        var errors: Int { counts.withLock { $0.errors } }
    }

    /// Payments through a switch in this process.
    ///
    /// - Parameter size: the database's size in bytes, asked for before and after.
    func run(store: any Store, size: () throws -> Int64) async throws -> Result {
        let link = try await LocalLink(store: store, listen: .anyFree, guarded: door)
        let run = try await load(link.banks, size: size)
        await link.stop()
        return try run.result(in: store, link.banks, size: size)
    }

    /// Payments through a switch in a process of its own.
    func run(through watched: WatchedSwitch, size: () throws -> Int64) async throws -> Result {
        let run: Run
        do {
            run = try await load(watched.banks, size: size)
        } catch {
            await watched.stop()
            throw error
        }
        await watched.stop()
        return try run.result(in: watched.database.openForReading(), watched.banks, size: size)
    }

    /// What was seen while the load ran.
    private struct Run {
        let tally: Tally
        let elapsed: Duration
        let sizeBefore: Int64

        func result(in store: any Store, _ banks: SimulatedBanks, size: () throws -> Int64) throws -> Result {
            let (latencies, payments) = (tally.latencies, tally.latencies.count)
            return Result(
                flowsPerSecond: Double(payments) / (Double(elapsed.wholeMilliseconds) / 1_000),
                latencies: latencies,
                errors: tally.errors,
                bytesPerPayment: payments == 0 ? 0 : Double(try size() - sizeBefore) / Double(payments),
                booksBalanced: try PaymentsBenchmark.isBalanced(store, banks, payments: payments),
                payments: payments
            )
        }
    }

    private func load(_ banks: SimulatedBanks, size: () throws -> Int64) async throws -> Run {
        for number in 0..<20 { _ = try await pay(banks, client: clients, number: number) }
        let (before, tally, start) = (try size(), Tally(), ContinuousClock.now)
        let end = start.advanced(by: .seconds(seconds))
        await withDiscardingTaskGroup { group in
            for client in 0..<clients {
                group.addTask { await drive(banks, client: client, from: start, until: end, tally) }
            }
        }
        return Run(tally: tally, elapsed: start.duration(to: .now), sizeBefore: before)
    }

    private func drive(
        _ banks: SimulatedBanks,
        client: Int,
        from start: ContinuousClock.Instant,
        until end: ContinuousClock.Instant,
        _ tally: Tally
    ) async {
        var number = 0
        while true {
            let begun: ContinuousClock.Instant
            if let rate {
                // Each client owns every so-manieth slot of the schedule; lateness counts as latency.
                let slot = Double(number * clients + client) / Double(rate)
                begun = start.advanced(by: .seconds(slot))
                guard begun < end else { return }
                try? await Task.sleep(until: begun, clock: .continuous)
            } else {
                begun = .now
                guard begun < end else { return }
            }
            number += 1
            do {
                let story = try await pay(banks, client: client, number: number)
                if story.state == "COMPLETED" { tally.add(begun.duration(to: .now)) } else { tally.addError() }
            } catch {
                tally.addError()
            }
        }
    }

    /// How often one payer pays: less than the switch's limit for a day.
    private static let paymentsOfOnePayer = 25

    /// The account of one of many payers, opened when it is new.
    private func account(of payer: DemoPayer, at bank: SimulatedIssuer, client: Int, number: Int) throws -> String {
        let account = "\(payer.account)-\(client)-\(number / Self.paymentsOfOnePayer)"
        if bank.balance(of: account) == nil, let balance = bank.balance(of: payer.account)?.balance {
            bank.open(account, name: payer.name, balance: balance)
        }
        return account
    }

    /// Three of four pay in Japan from riel or dollars, one in Cambodia from yen.
    private func pay(_ banks: SimulatedBanks, client: Int, number: Int) async throws -> SimulatedIssuer.Story {
        let units = Int64(100 + (client * 37 + number * 101) % 800)
        switch (client + number) % 4 {
        case 0:
            return try await banks.yenWallet.pay(
                DemoShop.kizunaCafe.payload,
                amount: Money(minorUnits: units * 100_00, currency: .khr),
                from: try account(of: .yuki, at: banks.yenWallet, client: client, number: number)
            )
        case 1:
            return try await banks.rielBank.pay(
                DemoShop.kizunaShoten.payload,
                amount: Money(minorUnits: units, currency: .jpy),
                from: try account(of: .sokhaDollars, at: banks.rielBank, client: client, number: number)
            )
        default:
            return try await banks.rielBank.pay(
                DemoShop.kizunaShoten.payload,
                amount: Money(minorUnits: units, currency: .jpy),
                from: try account(of: .sokhaRiel, at: banks.rielBank, client: client, number: number)
            )
        }
    }

    /// The journal agrees with the balances, and the shops' banks have credited what the switch has committed.
    private static func isBalanced(_ store: any Store, _ banks: SimulatedBanks, payments: Int) throws -> Bool {
        let (audit, counts) = try store.read { reader throws(StoreError) in
            var audit = Audit()
            try reader.audit(&audit)
            return (audit, try reader.paymentCounts())
        }
        let credited = banks.rielAcquirer.credited.payments + banks.yenAcquirer.credited.payments
        return audit.violations.isEmpty && audit.openHoldIDs.isEmpty && counts[.completed, default: 0] == credited
            && credited >= payments
    }
}

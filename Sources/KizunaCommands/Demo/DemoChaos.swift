import KizunaLedger
import KizunaMoney
import KizunaPages
import KizunaPayments
import KizunaSimulation
import KizunaSwitch
import Synchronization

/// What the demo's chaos panel does to the simulated banks.
final class DemoChaos: ChaosControls {
    private let simulated = Mutex<SimulatedBanks?>(nil)
    private let before = Mutex(0)

    /// How many payments one push makes, each way.
    private static let fewEachWay = 5

    /// Gives the panel its banks, which are there only after the switch is.
    func connect(_ banks: SimulatedBanks, _ store: any Store) throws(StoreError) {
        let recorded = try store.read { reader throws(StoreError) in try reader.paymentCounts() }
            .reduce(0) { $1.key.isPaid ? $0 + $1.value : $0 }
        simulated.withLock { $0 = banks }
        before.withLock { $0 = recorded - banks.credited }
    }

    private var acquirers: [(id: ParticipantID, bank: SimulatedAcquirer)] {
        guard let banks = simulated.withLock({ $0 }) else { return [] }
        return [(Institution.angkorAcquiring, banks.rielAcquirer), (.naniwaAcquiring, banks.yenAcquirer)].map {
            ($0.participant(endpoint: nil).id, $1)
        }
    }

    var banks: [(id: ParticipantID, mood: BankMood)] {
        acquirers.map { ($0.id, BankMood(rawValue: $0.bank.mood.rawValue) ?? .well) }
    }

    func set(_ mood: BankMood, of bank: ParticipantID) {
        guard let mood = SimulatedAcquirer.Mood(rawValue: mood.rawValue) else { return }
        acquirers.first { $0.id == bank }?.bank.behave(mood)
    }

    var credited: (payments: Int, before: Int) {
        (acquirers.reduce(0) { $0 + $1.bank.credited.payments }, before.withLock { $0 })
    }

    /// The amount at which a simulated bank does not undo what it has credited.
    private static let wrongAmount = Money(minorUnits: 9_010_00, currency: .khr)

    func payWhatGoesWrong() {
        guard let banks = simulated.withLock({ $0 }) else { return }
        Task {
            _ = try? await banks.yenWallet.pay(
                DemoShop.kizunaCafe.payload,
                amount: DemoChaos.wrongAmount,
                from: DemoPayer.yuki.account
            )
        }
    }

    func payAFew() {
        guard let banks = simulated.withLock({ $0 }) else { return }
        for number in 0..<DemoChaos.fewEachWay {
            let yen = Money(minorUnits: Int64(500 + 10 * number), currency: .jpy)
            let riel = Money(minorUnits: Int64(12_000_00 + 100_00 * number), currency: .khr)
            // What becomes of them is on the pages.
            Task {
                _ = try? await banks.rielBank.pay(
                    DemoShop.kizunaShoten.payload,
                    amount: yen,
                    from: DemoPayer.sokhaRiel.account
                )
            }
            Task {
                _ = try? await banks.yenWallet.pay(
                    DemoShop.kizunaCafe.payload,
                    amount: riel,
                    from: DemoPayer.yuki.account
                )
            }
        }
    }
}

extension SimulatedBanks {
    /// How many payments the shops' banks have credited.
    fileprivate var credited: Int { [rielAcquirer, yenAcquirer].reduce(0) { $0 + $1.credited.payments } }
}

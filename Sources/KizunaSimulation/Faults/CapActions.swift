import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// The operator lets everybody owe more, so that who has come to a cap can pay again.
struct WidenCapsAction: Action {
    private static let factor: Int64 = 10

    var title: String { "everybody may owe \(WidenCapsAction.factor) times as much" }

    func perform(in world: World) {
        world.caps = world.caps.mapValues { $0 * WidenCapsAction.factor }
        for participant in world.cast.participants { world.setCaps(of: participant, to: world.caps) }
    }
}

extension World {
    /// How long a cap stays narrow, in milliseconds.
    private static let narrowTime: Int64 = 3_000

    /// The operator lets a participant owe an amount more than it does now, less so many minor units; for a while.
    func narrowCap(of participant: Participant, to amount: Money, missing: Int64, then: @escaping () -> Void) {
        let id = AccountID(owner: participant.id, role: .settlement, currency: amount.currency)
        let found = try? disk.read { reader throws(StoreError) in try reader.accounts(of: participant.id) }
        guard let account = found?.first(where: { $0.id == id }) else { return then() }
        let cap = amount.minorUnits - missing - account.positionMinorUnits + account.debitsHeld
        guard cap >= 0, cap < caps[amount.currency] ?? 0 else { return then() }
        count(Fault.capNarrowed)
        mischief.hasNarrowedCaps = true
        var narrowed = caps
        narrowed[amount.currency] = cap
        openStories += 1
        setCaps(of: participant, to: narrowed) { [self] in
            schedule(after: World.narrowTime) { [self] in
                setCaps(of: participant, to: caps) { [self] in endStory() }
            }
            then()
        }
    }

    func setCaps(of participant: Participant, to caps: [Currency: Int64], then: @escaping () -> Void = {}) {
        request(Submission(caller: .operations, command: .joinParticipant(participant, netDebitCaps: caps))) { _ in
            then()
        }
    }
}

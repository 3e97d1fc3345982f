import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// A bank cannot be reached for a while, or is reached and cannot make itself heard.
struct SilenceAction: Action {
    let bank: ParticipantID
    let length: Int64
    /// Whether messages reach it, and only its answers are lost.
    var isMute = false

    var title: String { "\(bank) is \(isMute ? "mute" : "silent") for \(length) ms" }

    func perform(in world: World) {
        world.count(isMute ? Fault.bankMute : .bankSilent)
        let place = isMute ? \Mischief.mute : \Mischief.silent
        world.mischief[keyPath: place][bank, default: 0] += 1
        world.troubleLasts(until: world.now + length)
        world.schedule(after: length) {
            let left = world.mischief[keyPath: place][bank, default: 1] - 1
            world.mischief[keyPath: place][bank] = left == 0 ? nil : left
        }
    }
}

/// A provider publishes nothing for a while, so that its rates grow stale.
struct IdleProviderAction: Action {
    let provider: ParticipantID
    let length: Int64

    var title: String { "\(provider) publishes nothing for \(length) ms" }

    func perform(in world: World) {
        world.count(Fault.ratesStale)
        world.mischief.idleProviders[provider, default: 0] += 1
        world.schedule(after: length) {
            let left = world.mischief.idleProviders[provider, default: 1] - 1
            world.mischief.idleProviders[provider] = left == 0 ? nil : left
        }
    }
}

/// The operator suspends a participant for a while.
struct SuspendAction: Action {
    let participant: ParticipantID
    let length: Int64

    var title: String { "\(participant) is suspended for \(length) ms" }

    func perform(in world: World) {
        world.count(Fault.participantSuspended)
        set(.suspended, in: world)
        world.schedule(after: length) { set(.active, in: world) }
    }

    private func set(_ status: Participant.Status, in world: World) {
        world.suspensions.insert(participant)
        world.request(Submission(caller: .operations, command: .setParticipantStatus(participant, status))) { _ in }
    }
}

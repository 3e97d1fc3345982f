import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// A world from its beginning until nothing goes on any more.
extension World {
    /// When the plan's time 0 is, in milliseconds: by then everybody has joined.
    static let planStart: Int64 = 2_000
    /// How long after the last trouble a world may take to fall quiet, in milliseconds: more than the ten business days
    /// that a recall may wait for its answer.
    private static let longestSettling: Int64 = 30 * 86_400_000
    /// What is so long overdue though nothing is in its way will never be done; longer than the clock jumps.
    private static let longestDelay = Duration.seconds(7_200)

    func live() {
        boot()
        for participant in cast.participants {
            setCaps(of: participant, to: caps)
        }
        schedule(at: World.planStart / 2) { [self] in
            for shop in cast.shops { register(shop) }
        }
        for step in plan.steps {
            schedule(at: World.planStart + step.at) { [self] in step.action.perform(in: self) }
        }
        run(until: World.planStart + plan.horizon)
        fallQuiet()
        if violations.isEmpty { for auditor in auditors { auditor.settled() } }
        end()
    }

    private func register(_ shop: Shop) {
        request(
            Submission(caller: .participant(shop.acquirer), command: .registerMerchant(shop.registration))
        ) { _ in }
    }

    /// No more trouble: what is under way comes to its end.
    private func fallQuiet() {
        mischief.disturbances = [:]
        mischief.storeFaults = []
        troubleLasts(until: now)
        let limit = now + World.longestSettling
        while violations.isEmpty, !isSettled, !isStuck, let next = nextEvent, next < limit { run(until: next) }
    }

    private var isStuck: Bool {
        process != nil && agenda.earliest.map { clock.now().since($0) > World.longestDelay } ?? false
    }

    private var isSettled: Bool {
        process != nil && agenda.earliest == nil && openRequests == 0 && openStories == 0
    }

    /// A wallet has submitted, or has come to nothing.
    func endStory() { openStories -= 1 }
}

package import KizunaMoney
package import KizunaSwitch
package import KizunaWeb

/// Plays the switch to a participant's own server, and judges what it answers.
///
/// Everything is spoken of in invented payments: no row is written anywhere, and no money of the switch's moves.
package struct Certification: Sendable {
    private let targets: [Target]
    private let checks: [Check]
    private let terms: Terms
    private let voice: Voice

    /// - Parameters:
    ///   - targets: what to try, one after the other.
    ///   - checks: which; each is tried at the targets that it is for.
    ///   - signer: what the switch signs with.
    ///   - certificateEnd: when a certificate in PEM ends; `nil` for what is none.
    package init(
        of targets: [Target],
        checks: [Check] = Check.all,
        terms: Terms,
        client: any TryingClient,
        signer: any MessageSigner,
        clock: any Clock,
        certificateEnd: @escaping @Sendable ([UInt8]) -> Timestamp?
    ) {
        self.targets = targets
        self.checks = checks
        self.terms = terms
        voice = Voice(client: client, signer: signer, clock: clock, readCertificateEnd: certificateEnd)
    }

    /// How many checks there will be.
    package var count: Int { targets.reduce(0) { $0 + checks(for: $1).count } }

    /// Tries every check, each after the one before.
    ///
    /// - Parameter progress: told after each check how many there have been.
    package func run(progress: (Int) -> Void = { _ in }) async -> Report {
        let began = voice.clock.now()
        var results: [Report.Result] = []
        for target in targets {
            var isReachable = true
            for check in checks(for: target) {
                let result = isReachable ? await run(check, at: target) : .unreachable(check, target)
                if check.id == Check.firstID, result.outcome == .failed { isReachable = false }
                results.append(result)
                progress(results.count)
            }
        }
        return Report(targets: targets, results: results, began: began, ended: voice.clock.now())
    }

    private func checks(for target: Target) -> [Check] { checks.filter { $0.isFor(target) } }

    private func run(_ check: Check, at target: Target) async -> Report.Result {
        let trial = Trial(target, voice, terms)
        let start = ContinuousClock.now
        var finding: Finding?
        do throws(Finding) { try await check.body(trial) } catch { finding = error }
        let result = Report.Result(check, target, finding, trial.exchanges, took: start.duration(to: .now))
        await trial.tidy()
        return result
    }
}

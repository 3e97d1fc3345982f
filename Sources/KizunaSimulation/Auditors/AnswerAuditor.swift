import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// One answer for each idempotency key, the same at every repeat, and none that is not on the disk.
final class AnswerAuditor: Auditor {
    private struct First {
        let fingerprint: UniqueID
        let result: Result<Reply, Refusal>
    }

    private unowned let world: World
    private var firsts: [IdempotencyKey: First] = [:]
    /// Calls that came while the switch had another one under their key in hand.
    private var overlapping: Set<Int> = []

    init(_ world: World) { self.world = world }

    func received(_ call: Call) {
        guard let token = call.submission.idempotency, world.openKeys[token.key, default: 0] > 1 else { return }
        overlapping.insert(call.number)
    }

    func answered(_ call: Call, _ outcome: Outcome) {
        checkDurability(of: outcome)
        if overlapping.remove(call.number) != nil, !outcome.isAboutItsKey {
            world.violate("keys-in-progress-are", "A key was carried out twice at once")
        }
        guard let token = call.submission.idempotency else { return }
        if case .failure(let refusal) = outcome.result {
            switch refusal.code {
            case .idempotencyInProgress:
                if world.openKeys[token.key, default: 0] < 1 {
                    world.violate("keys-in-progress-are", "A key is called in progress that nobody uses")
                }
                return
            case .idempotencyConflict: return checkConflict(token)
            default: break
            }
        }
        if let first = firsts[token.key] {
            if first.fingerprint != token.fingerprint {
                world.violate("one-answer-per-key", "Another body under a used key was answered")
            } else if first.result != outcome.result {
                world.violate("one-answer-per-key", "A repeat was answered otherwise than the first")
            } else if !outcome.isReplay {
                world.violate("one-answer-per-key", "A repeat was carried out again")
            }
            return
        }
        guard outcome.isDefinite else { return }
        firsts[token.key] = First(fingerprint: token.fingerprint, result: outcome.result)
    }

    /// Another body must be known to have come under this key, answered or not.
    private func checkConflict(_ token: IdempotencyToken) {
        if let first = firsts[token.key], first.fingerprint == token.fingerprint {
            world.violate("one-answer-per-key", "The same body under the same key is called a conflict")
        }
    }

    private func checkDurability(of outcome: Outcome) {
        guard case .success(let reply) = outcome.result else { return }
        let isThere = try? world.disk.read { reader throws(StoreError) -> Bool in
            switch reply {
            case .payment(let payment): try reader.payment(payment.id) != nil
            case .quote(let quote): try reader.quote(quote.id) != nil
            case .refund(let refund): try reader.refund(refund.id) != nil
            case .merchant(let merchant): try reader.merchant(merchant.id) != nil
            case .participant(let participant): try reader.participant(participant.id) != nil
            default: true
            }
        }
        if isThere != true {
            world.violate("answers-are-durable", "Something was answered that the disk does not have")
        }
    }
}

extension Outcome {
    /// Whether it says that its key is in use.
    fileprivate var isAboutItsKey: Bool {
        guard case .failure(let refusal) = result else { return false }
        return [.idempotencyInProgress, .idempotencyConflict].contains(refusal.code)
    }

    /// Whether a repeat must be answered the same: not what may be otherwise later.
    fileprivate var isDefinite: Bool {
        if case .failure(let refusal) = result { refusal.code.retry != .later } else { true }
    }
}

import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Proposing a key of a participant's, or the end of one, on the participant's page.
struct KeyForms {
    let visit: ConsoleVisit
    let participant: ParticipantID

    private var words: AccessWords { visit.words.access }
    private var path: String { "/console/participants/\(participant)/keys" }

    /// The form for a new key; nothing for those who may not propose.
    var newKey: Markup? {
        guard visit.may(.operator) else { return nil }
        let boxes = AccessFormPart.boxes(.ofParticipants, chosen: .ofParticipants) { "<code>\($0)</code>" }
        return """
            <form method="post" action="\(path)" class="card">\(visit.visit.tokenField)
            <h2>\(words.act(.makeKey))</h2>
            <fieldset class="choice"><legend>\(visit.words.participants.grants)</legend>\(boxes)</fieldset>
            <label for="days">\(words.validFor)</label>
            <input id="days" name="days" type="number" inputmode="numeric" min="1" max="\(AccessChange.mostDays)" \
            placeholder="\(words.untilRevoked)">
            \(AccessFormPart.note("note", words))
            <p class="buttons"><button type="submit">\(words.propose)</button></p></form>
            """
    }

    /// The form that ends a key; nothing for one that has ended.
    func revocation(of key: APIKey) -> Markup? {
        guard visit.may(.operator), key.revokedAt == nil else { return nil }
        return """
            <details><summary>\(words.act(.revokeKey))</summary>
            <form method="post" action="\(path)/\(key.id.description)">\(visit.visit.tokenField)
            \(AccessFormPart.note("note-\(key.id)", words))
            <button class="quiet" type="submit">\(words.propose)</button></form></details>
            """
    }
}

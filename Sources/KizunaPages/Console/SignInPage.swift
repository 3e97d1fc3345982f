package import KizunaPayments
import KizunaWeb

/// A person of a demonstration, and what the authenticator shows now.
package struct SignInHint: Sendable {
    let person: OperatorID
    let code: String

    package init(person: OperatorID, code: String) {
        self.person = person
        self.code = code
    }
}

/// Where people say who they are.
struct SignInPage {
    let visit: Visit
    let hints: [SignInHint]
    var failure: SignInDesk.Failure?

    private var words: SignInWords { visit.words.console.signIn }

    func response() -> HTTPResponse {
        var response = visit.page(
            words.title,
            status: status,
            options: .init(isNarrow: true),
            """
            <h1>\(words.title)</h1>
            \(notice)
            <form method="post" action="\(ConsoleDoor.path)" class="card">
            \(visit.tokenField)
            <label for="person">\(words.person)</label>
            <input id="person" name="person" autocomplete="username" autocapitalize="none" spellcheck="false" \
            required maxlength="20" value="\(visit.form["person"] ?? "")">
            <label for="password">\(words.password)</label>
            <input id="password" name="password" type="password" autocomplete="current-password" required \
            maxlength="\(SignInDesk.longestPassword)">
            <label for="code">\(words.code)</label>
            <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="7" \
            aria-describedby="code-hint">
            <p class="hint" id="code-hint">\(words.codeHint)</p>
            <p class="buttons"><button type="submit">\(words.enter)</button></p>
            </form>
            \(demonstration)
            """
        )
        if case .tooSoon(let seconds)? = failure { response.headers.add("Retry-After", "\(seconds)") }
        return response
    }

    private var demonstration: Markup? {
        guard !hints.isEmpty else { return nil }
        let codes = hints.map { "<li><code>\($0.person.description)</code> <strong>\($0.code)</strong></li>" as Markup }
        return Part.notice(.plain, "<p>\(words.demonstration)</p><ul>\(codes)</ul>")
    }

    private var status: Int {
        switch failure {
        case nil: 200
        case .wrong?: 401
        case .tooSoon?: 429
        case .busy?, .unavailable?: 503
        }
    }

    private var notice: Markup? {
        let sentence =
            switch failure {
            case nil: nil as String?
            case .wrong?: words.wrong
            case .tooSoon(let seconds)?: words.tooSoon(seconds)
            case .busy?: words.busy
            case .unavailable?: visit.words.frame.unavailable
            }
        return sentence.map { Part.notice(.bad, "<p>\($0)</p>") }
    }
}

import KizunaPayments

/// What the `type` of every problem leads to: all codes with what a program should do about them.
enum ProblemsPage {
    static var page: Page {
        let rows = ProblemCode.all.sorted { $0.name < $1.name }.map { code in
            "<tr id=\"\(code.name)\"><th scope=\"row\"><code>\(code.name)</code></th>"
                + "<td>\(Page.escape(code.title))</td><td class=\"number\">\(code.status)</td>"
                + "<td>\(code.isoReason ?? "–")</td><td>\(code.retry.sentence)</td><td>\(code.outcome.rawValue)</td></tr>"
        }
        return Page(
            title: "Kizuna – error codes",
            content: """
                <h1>Error codes</h1>
                <p class="soft">Every error is an <code>application/problem+json</code> of RFC 9457 with one of these
                codes. An outcome that is <em>unknown</em> is found out by asking, or by sending the same request again
                under the same <code>Idempotency-Key</code>.</p>
                <div class="scroll"><table>
                <thead><tr><th scope="col">Code</th><th scope="col">Means</th><th scope="col" class="number">HTTP</th>
                <th scope="col">ISO 20022</th><th scope="col">Then</th><th scope="col">Outcome</th></tr></thead>
                <tbody>
                \(rows.joined(separator: "\n"))
                </tbody>
                </table></div>
                """
        )
    }
}

extension RefusalCode.Retry {
    fileprivate var sentence: String {
        switch self {
        case .no: "Do not send it again."
        case .later: "Send it again later."
        case .newQuote: "Ask for a new quote."
        case .newCode: "Ask the shop for a new code."
        case .otherAmount: "Try another amount."
        case .askStatus: "Ask for the status."
        case .fix: "Mend the request."
        }
    }
}

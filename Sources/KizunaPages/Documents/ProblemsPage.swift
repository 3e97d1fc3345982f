import KizunaPayments
import KizunaWeb

/// What the `type` of every problem leads to: all codes with what a program should do about them.
struct ProblemsPage {
    func response(to visit: Visit) -> HTTPResponse {
        let rows = ProblemCode.all.sorted { $0.name < $1.name }.map { code -> Markup in
            """
            <tr id="\(code.name)"><th scope="row"><code>\(code.name)</code></th><td>\(code.title)</td>\
            <td class="number">\(code.status)</td><td>\(code.isoReason ?? "–")</td>\
            <td>\(code.retry.sentence)</td><td>\(code.outcome.rawValue)</td></tr>
            """
        }
        return visit.page(
            visit.words.status.errorCodes,
            """
            \(visit.words.documents.wayBack)
            <h1>\(visit.words.status.errorCodes)</h1>
            \(visit.words.documents.note(in: visit.language))
            <article class="prose" lang="en">
            <p>Every error is an <code>application/problem+json</code> of RFC 9457 with one of these codes. An outcome that
            is <em>unknown</em> is found out by asking, or by sending the same request again under the same
            <code>Idempotency-Key</code>.</p>
            <div class="scroll" tabindex="0" role="region" aria-label="Error codes"><table>
            <thead><tr><th scope="col">Code</th><th scope="col">Means</th><th scope="col" class="number">HTTP</th>
            <th scope="col">ISO 20022</th><th scope="col">Then</th><th scope="col">Outcome</th></tr></thead>
            <tbody>
            \(rows)
            </tbody>
            </table></div>
            </article>
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

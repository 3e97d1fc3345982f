import KizunaPayments

/// The API's reference for people: every operation with what it takes, what it answers, and an example of both.
struct ReferencePage {
    let routes: [Route]

    var page: Page {
        Page(title: "Kizuna – the API", content: ([heading] + chapters.map(section)).joined(separator: "\n"))
    }

    private var chapters: [Chapter] {
        Chapter.allCases.filter { chapter in chapter != .pages && routes.contains { $0.chapter == chapter } }
    }

    private var heading: String {
        let links = chapters.map { "<li><a href=\"#\($0.rawValue.lowercased())\">\($0.rawValue)</a></li>" }
        return """
            <h1>The API</h1>
            <p class="soft">JSON over HTTP, version \(KizunaAPI.version). For programs:
            <a href="/v1/openapi.json">OpenAPI 3.1</a>. What errors mean: <a href="/docs/problems">error codes</a>.</p>
            <p>A participant, or a person who works for the switch, sends its key as <code>Authorization: Bearer kz_…</code>.
            Every <code>POST</code> bears an <code>Idempotency-Key</code> that is new for every new request; the same key with
            the same body gets the first answer again. Amounts are text in major units with their currency.</p>
            <ul class="chapters">
            \(links.joined(separator: "\n"))
            </ul>
            """
    }

    private func section(_ chapter: Chapter) -> String {
        let operations = routes.filter { $0.chapter == chapter }.map { OperationSection(route: $0).html }
        return """
            <h2 id="\(chapter.rawValue.lowercased())">\(chapter.rawValue)</h2>
            <p class="soft">\(Page.escape(chapter.summary))</p>
            \(operations.joined(separator: "\n"))
            """
    }
}

/// One operation on the page.
private struct OperationSection {
    let route: Route

    var html: String {
        """
        <details id="\(route.name)">
        <summary><code><b>\(route.method.rawValue)</b> \(path)</code> <span class="soft">\(summary)</span></summary>
        \(query)
        <h3>Request</h3>
        \(requestFields)
        <pre>\(Page.escape(request))</pre>
        \(answers)
        <h3>Problems</h3>
        \(problems)
        </details>
        """
    }

    private var path: String { Page.escape(route.path.description) }
    private var summary: String { Page.escape(route.summary) }

    // MARK: What it takes

    private var query: String {
        guard !route.query.isEmpty else { return "" }
        let rows = route.query.map { parameter in
            "<tr><th scope=\"row\"><code>\(parameter.name)</code></th><td>\(Page.escape(parameter.summary))"
                + "\(parameter.isRequired ? " Needed." : "")</td></tr>"
        }
        return "<h3>Query</h3>\n" + table(rows)
    }

    private var requestFields: String {
        guard case .json(let schema) = route.body else { return "" }
        return FieldTable(schema: schema).html
    }

    /// The request as it goes over the wire, but for what belongs to the connection.
    private var request: String {
        var lines = ["\(route.method.rawValue) \(examplePath) HTTP/1.1"]
        if route.needsKey { lines.append("Authorization: Bearer kz_…") }
        if route.idempotency != .notNeeded { lines.append("Idempotency-Key: b0a8c6c2-order-4711") }
        switch route.body {
        case .none: break
        case .json(let schema): lines += ["Content-Type: application/json", "", schema.example.pretty()]
        case .file: lines += ["Content-Type: text/plain", "", "Delivered on Monday to the door."]
        }
        return lines.joined(separator: "\n")
    }

    private var examplePath: String {
        let parts = route.path.segments.map { segment in
            switch segment {
            case .fixed(let text): text
            case .variable(let name, let kind): kind.schema(of: name).example.text ?? ""
            }
        }
        let needed = route.query.filter(\.isRequired).map { "\($0.name)=\($0.schema.example.text ?? "")" }
        return "/" + parts.joined(separator: "/") + (needed.isEmpty ? "" : "?" + needed.joined(separator: "&"))
    }

    // MARK: What it answers

    private var answers: String { route.answers.map(html).joined(separator: "\n") }

    private func html(of answer: Answer) -> String {
        let heading = "<h3>\(answer.status) <span class=\"soft\">\(Page.escape(answer.summary))</span></h3>"
        guard case .json(let schema) = answer.content else { return heading }
        return """
            \(heading)
            <pre>\(Page.escape(schema.example.pretty()))</pre>
            \(FieldTable(schema: schema).html)
            """
    }

    private var problems: String {
        let rows = route.problemsByStatus.map { status, codes in
            let links = codes.map { "<a href=\"/docs/problems#\($0.name)\"><code>\($0.name)</code></a>" }
            return "<tr><th scope=\"row\" class=\"number\">\(status)</th><td>\(links.joined(separator: ", "))</td></tr>"
        }
        return table(rows)
    }
}

private func table(_ rows: [String]) -> String {
    "<div class=\"scroll\"><table><tbody>\n\(rows.joined(separator: "\n"))\n</tbody></table></div>"
}

/// The members of a schema, as rows.
private struct FieldTable {
    let schema: Schema

    var html: String {
        let rows = FieldTable.rows(of: schema, under: "", deep: 0)
        return rows.isEmpty ? "" : "<details><summary class=\"soft\">Fields</summary>\n\(table(rows))\n</details>"
    }

    /// Deeper than this, nothing of ours is nested.
    private static let deepest = 5

    private static func rows(of schema: Schema, under path: String, deep: Int) -> [String] {
        guard deep < deepest else { return [] }
        switch schema.shape {
        case .object(let members, _):
            return members.flatMap { member in
                let place = path.isEmpty ? member.name : "\(path).\(member.name)"
                return [row(place, member.schema)] + rows(of: member.schema, under: place, deep: deep + 1)
            }
        case .list(let item, _): return rows(of: item, under: "\(path)[]", deep: deep + 1)
        case .choice(let schemas):
            return schemas.enumerated().flatMap { number, schema in
                (number == 0 ? [] : ["<tr><td colspan=\"2\" class=\"soft\">or</td></tr>"])
                    + rows(of: schema, under: path, deep: deep + 1)
            }
        case .text, .words, .integer, .boolean, .anything: return []
        }
    }

    private static func row(_ place: String, _ schema: Schema) -> String {
        let words = [schema.kind, schema.isOptional ? "may be left out" : nil, schema.isNullable ? "or null" : nil]
        let kind = words.compactMap { $0 }.joined(separator: ", ")
        let meaning = schema.note.map { " \(Page.escape($0))" } ?? ""
        return "<tr><th scope=\"row\"><code>\(Page.escape(place))</code></th>"
            + "<td><span class=\"soft\">\(Page.escape(kind)).</span>\(meaning)</td></tr>"
    }
}

extension Schema {
    /// The longest list of words that a reader is shown.
    private static let mostWords = 40

    /// What it is, in a few words.
    fileprivate var kind: String {
        switch shape {
        case .text(let text):
            switch (text.length, text.format) {
            case (_, let format?): format == "uuid" ? "id" : "moment"
            case (let length?, nil): "text of \(length.lowerBound) to \(length.upperBound)"
            case (nil, nil): "text"
            }
        case .words(let words):
            words.count > Schema.mostWords ? "a code" : words.joined(separator: ", ")
        case .integer: "whole number"
        case .boolean: "true or false"
        case .list: "list"
        case .object, .choice: "object"
        case .anything: "any"
        }
    }
}

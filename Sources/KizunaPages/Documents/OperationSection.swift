import KizunaPayments
import KizunaWeb

/// One operation in the reference.
struct OperationSection {
    let route: Route

    var markup: Markup {
        """
        <section class="operation">
        <h2 id="\(route.name)"><code><b>\(route.method.rawValue)</b> \(route.path.description)</code></h2>
        <p>\(route.summary)</p>
        \(query)
        <h3>Request</h3>
        \(requestFields)
        <pre tabindex="0">\(request)</pre>
        \(route.answers.map(section))
        <h3>Problems</h3>
        \(problems)
        </section>
        """
    }

    // MARK: What it takes

    private var query: Markup? {
        guard !route.query.isEmpty else { return nil }
        let rows = route.query.map { parameter -> Markup in
            """
            <tr><th scope="row"><code>\(parameter.name)</code></th>\
            <td>\(parameter.summary)\(parameter.isRequired ? " Needed." : "")</td></tr>
            """
        }
        return "<h3>Query</h3>\n\(table(rows, "Query of \(route.name)"))"
    }

    private var requestFields: Markup? {
        guard case .json(let schema) = route.body else { return nil }
        return FieldTable(schema: schema, label: "Request of \(route.name)").markup
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

    private func section(of answer: Answer) -> Markup {
        let heading: Markup = "<h3>\(answer.status) <span class=\"soft\">\(answer.summary)</span></h3>"
        guard case .json(let schema) = answer.content else { return heading }
        return """
            \(heading)
            <pre tabindex="0">\(schema.example.pretty())</pre>
            \(FieldTable(schema: schema, label: "Answer \(answer.status) of \(route.name)").markup)
            """
    }

    private var problems: Markup {
        let rows = route.problemsByStatus.map { status, codes -> Markup in
            let links = codes.map { code -> Markup in
                "<a href=\"/docs/problems#\(code.name)\"><code>\(code.name)</code></a>"
            }
            return "<tr><th scope=\"row\" class=\"number\">\(status)</th><td class=\"codes\">\(links)</td></tr>"
        }
        return table(rows, "Problems of \(route.name)")
    }
}

private func table(_ rows: [Markup], _ label: String) -> Markup {
    """
    <div class="scroll" tabindex="0" role="region" aria-label="\(label)"><table><tbody>
    \(rows)
    </tbody></table></div>
    """
}

/// The members of a schema, as rows.
private struct FieldTable {
    let schema: Schema
    let label: String

    var markup: Markup? {
        let rows = FieldTable.rows(of: schema, under: "", deep: 0)
        guard !rows.isEmpty else { return nil }
        return "<details><summary>Fields</summary>\n\(table(rows, "Fields: \(label)"))\n</details>"
    }

    /// Deeper than this, nothing of ours is nested.
    private static let deepest = 5

    private static func rows(of schema: Schema, under path: String, deep: Int) -> [Markup] {
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

    private static func row(_ place: String, _ schema: Schema) -> Markup {
        let words = [schema.kind, schema.isOptional ? "may be left out" : nil, schema.isNullable ? "or null" : nil]
        let kind = words.compactMap { $0 }.joined(separator: ", ")
        return """
            <tr><th scope="row"><code>\(place)</code></th>\
            <td><span class="soft">\(kind).</span>\(schema.note.map { " \($0)" as Markup })</td></tr>
            """
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

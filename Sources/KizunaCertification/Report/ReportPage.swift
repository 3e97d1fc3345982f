import KizunaMoney
package import KizunaSwitch
import KizunaWeb

/// A report as one page of HTML that needs nothing from elsewhere: no script, in light and dark, on screen and on paper.
package struct ReportPage {
    private let report: Report
    private let digester: any Digester

    package init(_ report: Report, digester: any Digester) {
        self.report = report
        self.digester = digester
    }

    package var html: String {
        let hash = Base64.standard.encode(digester.sha256(Array(ReportPage.style.utf8)))
        let policy = "default-src 'none'; style-src 'sha256-\(hash)'; base-uri 'none'; form-action 'none'"
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <title>\(text("Certification of \(report.name)"))</title>
            <style>\(ReportPage.style)</style>
            </head>
            <body>
            <main>
            \(heading)
            \(needsWork)
            \(Check.Group.allCases.map(section).joined())
            <p class="soft">Every message spoke of an invented payment: nothing was written and no money moved at the
            switch.</p>
            </main>
            </body>
            </html>

            """
    }

    // MARK: Parts

    private var heading: String {
        let verdict =
            report.isCertified
            ? "<p class=\"verdict good\">Certified</p>" : "<p class=\"verdict bad\">Not certified yet</p>"
        let figures = Report.Outcome.allCases.map {
            "<li class=\"\($0.rawValue)\"><b>\(report.count($0))</b>\($0.words)</li>"
        }
        let addresses = report.addresses.map {
            "\($0.side.rawValue)\($0.url.isEmpty ? "" : " at <code>\(text($0.url))</code>")"
        }
        return """
            <header>
            <p class="soft">Kizuna 絆 · certification</p>
            <h1>\(text(report.name)) <small>\(text(report.participant))</small></h1>
            \(verdict)
            <p>As \(addresses.joined(separator: ", as "))<br>
            <span class="soft">\(report.began.rfc3339) to \(report.ended.rfc3339)</span></p>
            <ul class="figures">\(figures.joined())</ul>
            </header>
            """
    }

    /// First of all what is to be done, in one list.
    private var needsWork: String {
        let open = report.results.filter { $0.outcome == .failed || $0.outcome == .advised }
        guard !open.isEmpty else { return "" }
        let items = open.map {
            "<li><a href=\"#\($0.anchor)\">\(text($0.check.title))</a><br>\(text($0.found ?? ""))</li>"
        }
        return "<section><h2>What to mend</h2><ol class=\"mend\">\(items.joined())</ol></section>"
    }

    private func section(_ group: Check.Group) -> String {
        let results = report.results.filter { $0.check.group == group }
        guard !results.isEmpty else { return "" }
        return "<section><h2>\(text(group.title))</h2>\(results.map(item).joined(separator: "\n"))</section>\n"
    }

    private func item(_ result: Report.Result) -> String {
        let isOpen = result.outcome == .failed ? " open" : ""
        let found = result.found.map { "<p><b>Found:</b> \(text($0))</p>" } ?? ""
        return """
            <details id="\(result.anchor)" class="\(result.outcome.rawValue)"\(isOpen)>
            <summary><span class="mark">\(result.outcome.mark)</span> \(text(result.check.title))
            <small>\(text(result.check.id)) · \(result.side.rawValue) · \(result.outcome.words)</small></summary>
            \(found)
            <p><b>Why it matters:</b> \(text(result.check.why)) <small>\(text(result.check.section.rawValue))</small></p>
            \(result.exchanges.prefix(ReportPage.mostExchanges).map(exchange).joined(separator: "\n"))
            \(more(than: ReportPage.mostExchanges, result.exchanges.count))
            </details>
            """
    }

    /// Thirty alike say no more than the first ones.
    private static let mostExchanges = 6

    private func more(than shown: Int, _ count: Int) -> String {
        count > shown ? "<p class=\"soft\">… and \(count - shown) more messages; the JSON has all.</p>" : ""
    }

    private func exchange(_ exchange: Exchange) -> String {
        let fields = exchange.fields.map { "\($0.name): \($0.value)\n" }.joined()
        let status = exchange.status.map { "\($0)" } ?? "no answer"
        return """
            <div class="exchange"><pre tabindex="0">\(text(exchange.line))
            \(text(fields))
            \(text(exchange.sent))</pre>
            <pre tabindex="0">\(status) · \(exchange.milliseconds) ms

            \(text(exchange.came))</pre></div>
            """
    }

    /// Text as it may stand between tags and inside quoted attributes. Letters that turn the direction of what follows
    /// are shown by their numbers.
    private func text(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": escaped += "U+\(String(scalar.value, radix: 16))"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
    }
}

extension Report.Result {
    fileprivate var anchor: String { "\(side.rawValue)-\(check.id)" }
}

extension Report.Outcome {
    /// For people.
    package var words: String {
        switch self {
        case .passed: "passed"
        case .failed: "failed"
        case .advised: "advice"
        case .notApplicable: "not applicable"
        case .notTried: "not tried"
        }
    }

    package var mark: String {
        switch self {
        case .passed: "✔"
        case .failed: "✘"
        case .advised: "!"
        case .notApplicable, .notTried: "–"
        }
    }
}

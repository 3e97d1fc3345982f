import KizunaWeb

/// Where to begin reading.
struct DocumentsPage {
    let guides: [Guide]

    func response(to visit: Visit) -> HTTPResponse {
        let (words, own) = (visit.words.documents, visit.words.publicWords)
        return visit.page(
            words.title,
            """
            <h1>\(words.title)</h1>
            <p class="lead">\(words.lead)</p>
            <ul class="cards broad">
            \(card("/docs/api", own.apiTitle, own.apiText))
            \(card("/docs/problems", visit.words.status.errorCodes, words.problemsText))
            \(card("/v1/openapi.json", "OpenAPI 3.1", words.openAPIText))
            </ul>
            \(words.note(in: visit.language))
            <h2>\(words.joining)</h2>
            \(list(.joining))
            <h2>\(words.running)</h2>
            \(list(.running))
            """
        )
    }

    private func card(_ path: String, _ title: String, _ text: String) -> Markup {
        "<li><a href=\"\(path)\"><h2>\(title)</h2><p class=\"soft\">\(text)</p></a></li>"
    }

    private func list(_ audience: Guide.Audience) -> Markup {
        let items = guides.filter { $0.audience == audience }.map { guide -> Markup in
            "<li><a href=\"\(Guide.path(of: guide.name))\" lang=\"en\">\(guide.title)</a></li>"
        }
        return "<ul class=\"list\">\n\(items)\n</ul>"
    }
}

/// One guide.
struct GuidePage {
    let guide: Guide

    /// With fewer parts than this, a page needs no list of them.
    private static let fewSections = 3

    func response(to visit: Visit) -> HTTPResponse {
        let words = visit.words.documents
        return visit.page(
            guide.title,
            """
            \(words.wayBack)
            \(words.note(in: visit.language))
            \(contents(words))
            <article class="prose" lang="en">
            \(guide.content)
            </article>
            """
        )
    }

    private func contents(_ words: DocumentWords) -> Markup? {
        guard guide.sections.count >= GuidePage.fewSections else { return nil }
        let items = guide.sections.map { "<li><a href=\"#\($0.id)\">\($0.title)</a></li>" as Markup }
        return """
            <details class="contents no-print"><summary>\(words.onThisPage)</summary>
            <ul lang="en">
            \(items)
            </ul></details>
            """
    }
}

extension DocumentWords {
    /// The way to the list of all documents.
    var wayBack: Markup { "<p class=\"no-print\"><a href=\"/docs\">← \(title)</a></p>" }

    /// Tells those who read in another language that a text is in English.
    func note(in language: Language) -> Markup? {
        language == .english ? nil : "<p class=\"soft small\">\(inEnglish)</p>"
    }
}

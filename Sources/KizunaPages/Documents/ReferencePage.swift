import KizunaWeb

/// The API's reference for people, first page: every operation by its chapter.
struct ReferencePage {
    let routes: [Route]

    func response(to visit: Visit) -> HTTPResponse {
        let chapters = Chapter.allCases.filter { chapter in routes.contains { $0.chapter == chapter } }
        return visit.page(
            visit.words.publicWords.apiTitle,
            """
            \(visit.words.documents.wayBack)
            <h1>\(visit.words.publicWords.apiTitle)</h1>
            \(visit.words.documents.note(in: visit.language))
            <article class="prose" lang="en">
            <p>JSON over HTTP, version \(KizunaAPI.version). For programs:
            <a href="/v1/openapi.json">OpenAPI 3.1</a>. What errors mean: <a href="/docs/problems">error codes</a>.</p>
            <p>A participant, or a person who works for the switch, sends its key as <code>Authorization: Bearer
            kz_…</code>. Every <code>POST</code> bears an <code>Idempotency-Key</code> that is new for every new request;
            the same key with the same body gets the first answer again. Amounts are text in major units with their
            currency.</p>
            \(chapters.map(section))
            </article>
            """
        )
    }

    private func section(_ chapter: Chapter) -> Markup {
        let operations = routes.filter { $0.chapter == chapter }.map { route -> Markup in
            """
            <li><a href="\(chapter.page)#\(route.name)"><code><b>\(route.method.rawValue)</b> \(route.path.description)\
            </code> <span class="soft">\(route.summary)</span></a></li>
            """
        }
        return """
            <h2 id="\(chapter.name)"><a href="\(chapter.page)">\(chapter.rawValue)</a></h2>
            <p class="soft">\(chapter.summary)</p>
            <ul class="list operations">
            \(operations)
            </ul>
            """
    }
}

extension Chapter {
    /// What the address of its page ends with.
    var name: String { rawValue.lowercased() }
    fileprivate var page: String { "/docs/api/\(name)" }
}

/// One chapter of the reference: each operation with what it takes, what it answers, and an example of both.
struct ChapterPage {
    let chapter: Chapter
    let routes: [Route]

    func response(to visit: Visit) -> HTTPResponse {
        let title = visit.words.publicWords.apiTitle
        return visit.page(
            "\(chapter.rawValue) – \(title)",
            """
            <p class="no-print"><a href="/docs/api">← \(title)</a></p>
            \(visit.words.documents.note(in: visit.language))
            <article class="prose" lang="en">
            <h1>\(chapter.rawValue)</h1>
            <p class="lead">\(chapter.summary)</p>
            \(routes.map { OperationSection(route: $0).markup })
            </article>
            """
        )
    }
}

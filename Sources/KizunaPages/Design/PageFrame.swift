import KizunaWeb

/// A whole page: the head, the way around, the content.
package struct PageFrame: Sendable {
    package struct Options: Sendable {
        /// For a page that is read like a phone's screen.
        package var isNarrow = false
        /// For tables and pictures that need room.
        package var isWide = false
        /// Seconds after which a browser without script loads again; `nil` for never. Others have ``Part/live(_:id:_:)``,
        /// which leaves the reader's place alone.
        package var refreshSeconds: Int?

        package init(isNarrow: Bool = false, isWide: Bool = false, refreshSeconds: Int? = nil) {
            self.isNarrow = isNarrow
            self.isWide = isWide
            self.refreshSeconds = refreshSeconds
        }
    }

    let title: String
    let options: Options
    let content: Markup

    func response(to visit: Visit, status: Int) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: [
                "Content-Type": "text/html; charset=utf-8", "Content-Language": visit.language.rawValue,
                "Vary": "Accept-Language, Cookie",
            ],
            body: Array(document(visit).html.utf8)
        )
    }

    private func document(_ visit: Visit) -> Markup {
        """
        <!doctype html>
        <html lang="\(visit.language.rawValue)">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="theme-color" content="#c8321f">
        \(refresh)<title>\(title) – Kizuna 絆</title>
        <link rel="icon" href="\(visit.assets.emblem.path)" type="image/svg+xml">
        <link rel="stylesheet" href="\(visit.assets.style.path)">
        <script src="\(visit.assets.script.path)" defer></script>
        </head>
        <body>
        <a class="skip" href="#content">\(visit.words.frame.skipToContent)</a>
        \(head(visit))
        <main id="content"\(width)>
        \(content)
        </main>
        \(foot(visit))
        </body>
        </html>

        """
    }

    private var refresh: Markup? {
        options.refreshSeconds.map { seconds in
            "<noscript><meta http-equiv=\"refresh\" content=\"\(seconds)\"></noscript>\n"
        }
    }

    private var width: Markup? {
        if options.isNarrow { return " class=\"narrow\"" }
        return options.isWide ? " class=\"wide\"" : nil
    }

    private func head(_ visit: Visit) -> Markup {
        let frame = visit.words.frame
        let areas = visit.site.areas.map { entry in
            let isHere = visit.request.path == entry.path || visit.request.path.hasPrefix("\(entry.path)/")
            let mark: Markup? = isHere ? " aria-current=\"page\"" : nil
            return "<a href=\"\(entry.path)\"\(mark)>\(entry.title(visit.words))</a>" as Markup
        }
        return """
            <header class="top"><div>
            \(brand(visit))
            \(areas.isEmpty ? nil : "<nav class=\"areas\" aria-label=\"\(frame.areas)\">\n\(areas)\n</nav>" as Markup)
            <nav class="languages" aria-label="\(frame.languages)">
            \(Language.allCases.map { language(visit, $0) })
            </nav>
            </div></header>
            """
    }

    private func language(_ visit: Visit, _ language: Language) -> Markup {
        let mark: Markup? = language == visit.language ? " aria-current=\"true\"" : nil
        let tag = language.rawValue
        return "<a href=\"?lang=\(tag)\" lang=\"\(tag)\" hreflang=\"\(tag)\"\(mark)>\(language.ownName)</a>"
    }

    private func brand(_ visit: Visit) -> Markup {
        let content: Markup = "\(Emblem.markup(in: visit.assets))<span>Kizuna <span lang=\"ja\">絆</span></span>"
        return visit.site.hasFront
            ? "<a class=\"brand\" href=\"/\">\(content)</a>" : "<span class=\"brand\">\(content)</span>"
    }

    private func foot(_ visit: Visit) -> Markup {
        let links = visit.site.foot.map { entry -> Markup in
            "<a href=\"\(entry.path)\">\(entry.title(visit.words))</a>"
        }
        return """
            <footer class="foot"><div>
            <p>Kizuna <span lang="ja">絆</span> · KHQR ⇄ JPQR · \(visit.words.frame.tagline)</p>
            \(links.isEmpty ? nil : "<nav aria-label=\"Kizuna\">\n\(links)\n</nav>" as Markup)
            </div></footer>
            """
    }
}

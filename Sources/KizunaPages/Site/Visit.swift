package import KizunaMoney
package import KizunaWeb

/// A request for a page, with who asks and in which language.
package struct Visit: Sendable {
    package let request: HTTPRequest
    package let parameters: PathParameters
    package let query: Query
    /// What a form brought; empty for pages.
    package let form: Form
    package let words: Words
    package let now: Timestamp
    /// Goes into every form, and comes back with it.
    package let formToken: String
    /// Holds answers until there is something to tell.
    package let live: LiveSeats
    let site: SiteMap
    let assets: Assets

    package var language: Language { words.language }

    /// The hidden field that every form of ours has.
    package var tokenField: Markup {
        "<input type=\"hidden\" name=\"\(FormGuard.field)\" value=\"\(formToken)\">"
    }

    /// A whole page around some content.
    package func page(
        _ title: String,
        status: Int = 200,
        options: PageFrame.Options = .init(),
        _ content: Markup
    ) -> HTTPResponse {
        PageFrame(title: title, options: options, content: content).response(to: self, status: status)
    }

    /// Which ``LiveEvent`` the page has: the one that the browser had last, or else the one that the page came with.
    package var lastEvent: String? { request.headers["Last-Event-ID"] ?? query["after"] }

    /// Leads the browser on after a form, so that loading again repeats nothing.
    package func lead(to path: String) -> HTTPResponse { HTTPResponse(status: 303, headers: ["Location": path]) }

    /// A file for saving.
    package func file(_ bytes: [UInt8], type: String, name: String) -> HTTPResponse {
        HTTPResponse(
            status: 200,
            headers: ["Content-Type": type, "Content-Disposition": "attachment; filename=\"\(name)\""],
            body: bytes
        )
    }
}

/// A whole page of HTML that needs nothing from elsewhere.
package struct Page {
    let title: String
    /// Seconds after which a browser asks again; `nil` for never.
    var refreshSeconds: Int?
    /// What stands inside `<main>`, already escaped.
    let content: String

    func response(style: PageStyle) -> HTTPResponse {
        let refresh = refreshSeconds.map { "<meta http-equiv=\"refresh\" content=\"\($0)\">\n" } ?? ""
        let html = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            \(refresh)<title>\(Page.escape(title))</title>
            <style>\(PageStyle.sheet)</style>
            </head>
            <body>
            <main>
            \(content)
            </main>
            </body>
            </html>

            """
        return HTTPResponse(
            status: 200,
            headers: ["Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": style.policy],
            body: Array(html.utf8)
        )
    }

    /// Text as it may stand between tags and inside quoted attributes.
    package static func escape(_ text: String) -> String {
        text.reduce(into: "") { escaped, character in
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.append(character)
            }
        }
    }
}

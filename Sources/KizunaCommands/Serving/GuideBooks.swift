import KizunaGuides
import KizunaPages

/// The documents of the program as pages.
struct GuideBooks: GuideShelf {
    var guides: [Guide] {
        Guides.all.map { text in
            let page = text.html(leadingTo: GuideBooks.address)
            return Guide(
                name: GuideBooks.name(of: text.path),
                title: page.title,
                audience: text.audience == .joining ? .joining : .running,
                sections: page.sections,
                content: Markup(stringLiteral: page.html)
            )
        }
    }

    func file(_ name: String) -> (type: String, bytes: [UInt8])? {
        guard let file = Guides.files.first(where: { GuideBooks.name(of: $0.path) == name }) else { return nil }
        return (file.path.hasSuffix(".svg") ? "image/svg+xml" : "text/plain; charset=utf-8", file.bytes)
    }

    /// Where a path below `docs` is to be found in a running switch; `nil` for what is not in the program.
    private static func address(of path: String) -> String? {
        if Guides.all.contains(where: { $0.path == path }) { return Guide.path(of: name(of: path)) }
        return Guides.files.contains { $0.path == path } ? Guide.path(ofFile: name(of: path)) : nil
    }

    /// `integrate-issuer` for `integrate/issuer.md`, `integrate` for `integrate/README.md`.
    private static func name(of path: String) -> String {
        let short = ["/README.md", ".md"].first { path.hasSuffix($0) }.map { path.dropLast($0.count) } ?? path[...]
        return String(short.lowercased().map { $0 == "/" || $0 == "." ? "-" : $0 })
    }
}

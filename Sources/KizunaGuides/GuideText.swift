/// One page in Markdown: CommonMark with the tables of GitHub.
package struct GuideText: Sendable {
    /// Where it is below `docs`, such as `integrate/issuer.md`.
    package let path: String
    package let audience: Guides.Audience
    private let markdown: [UInt8]

    package init(_ path: String, for audience: Guides.Audience, _ markdown: [UInt8]) {
        self.path = path
        self.audience = audience
        self.markdown = markdown
    }

    /// A page as HTML.
    package struct Rendered: Sendable {
        /// The first heading's text.
        package let title: String
        package let html: String
        /// The headings of the second level, with the ids that addresses name them by.
        package let sections: [(id: String, title: String)]
    }

    /// The page as HTML.
    ///
    /// - Parameter address: where a path below `docs` is to be found; `nil` for what is nowhere.
    package func html(leadingTo address: @escaping (_ path: String) -> String?) -> Rendered {
        let writer = HTMLWriter { [path] link in
            GuideText.isOutside(link) ? link : GuideText.address(of: link, on: path, address)
        }
        writer.write(markdown)
        let sections = writer.headings.filter { $0.level == 2 }.map { (id: $0.id, title: $0.title) }
        return Rendered(title: writer.headings.first?.title ?? path, html: writer.html, sections: sections)
    }

    private static func isOutside(_ link: String) -> Bool { link.hasPrefix("https://") }

    /// Where a link on a page leads: to a place on the same page, or to another file, by the way from this one's folder.
    static func address(of link: String, on page: String, _ address: (String) -> String?) -> String? {
        let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let fragment = parts.count == 2 ? "#\(parts[1])" : ""
        guard !parts[0].isEmpty else { return fragment }
        var folders = page.split(separator: "/").dropLast()
        for part in parts[0].split(separator: "/") {
            if part == ".." {
                // Above docs lies what no page of ours shows.
                guard folders.popLast() != nil else { return nil }
            } else if part != "." {
                folders.append(part)
            }
        }
        return address(folders.joined(separator: "/")).map { $0 + fragment }
    }
}

package import KizunaWeb

/// A part of the site that belongs together, such as the wallet or the operators' console.
package protocol PageSection: Sendable {
    /// Where it stands in the navigation; `nil` for pages that others lead to.
    var entry: NavigationEntry? { get }
    /// What stands in the foot of every page.
    var footEntries: [NavigationEntry] { get }
    var routes: [PageRoute] { get }
}

extension PageSection {
    package var footEntries: [NavigationEntry] { [] }
}

/// A way into a section, in the head or the foot of every page.
package struct NavigationEntry: Sendable {
    /// Where it leads.
    package let path: String
    package let title: @Sendable (Words) -> String

    package init(path: String, title: @escaping @Sendable (Words) -> String) {
        self.path = path
        self.title = title
    }
}

/// A page, or a form's action, with its address.
package struct PageRoute: Sendable {
    package typealias Handler = @Sendable (Visit) async throws(PageRefusal) -> HTTPResponse

    package let method: Route.Method
    package let path: PathPattern
    /// Whether a form brings a file that is larger than a form's texts.
    package let takesFile: Bool
    let handler: Handler

    /// A page. It is asked for as often as anybody likes and changes nothing.
    package static func page(_ path: PathPattern, _ handler: @escaping Handler) -> PageRoute {
        PageRoute(method: .get, path: path, takesFile: false, handler: handler)
    }

    /// A form's action. The site has checked the form's token before it is called.
    package static func action(
        _ path: PathPattern,
        takesFile: Bool = false,
        _ handler: @escaping Handler
    ) -> PageRoute {
        PageRoute(method: .post, path: path, takesFile: takesFile, handler: handler)
    }
}

/// Why a page cannot be shown or an action not be done; the site has words for each.
package enum PageRefusal: Error, Sendable, Hashable {
    case notFound
    /// A form lacks something that its page asks for.
    case badForm
    /// The form's token is not this visitor's.
    case staleForm
    /// The records cannot be reached.
    case unavailable
    /// Somebody asks more often than people do.
    case tooMany

    var status: Int {
        switch self {
        case .notFound: 404
        case .badForm: 400
        case .staleForm: 403
        case .unavailable: 503
        case .tooMany: 429
        }
    }
}

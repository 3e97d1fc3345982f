package import KizunaWeb
import Synchronization

/// How to talk to the switch, and how to run one: the guides, the API's reference, the error codes.
///
/// The texts themselves are in English; what stands around them is in the reader's language.
package final class DocumentPages: PageSection {
    private let routesOfAPI: [Route]
    private let shelf: any GuideShelf
    /// Made when somebody first asks.
    private let guides = Mutex<[Guide]?>(nil)

    /// - Parameter routes: every operation of the API that the reference explains.
    package init(_ routes: [Route], guides shelf: any GuideShelf) {
        routesOfAPI = routes
        self.shelf = shelf
    }

    package let entry: NavigationEntry? = nil

    package let footEntries = NavigationEntry.documents

    package var routes: [PageRoute] {
        [
            .page("/docs") { [self] visit throws(PageRefusal) in
                DocumentsPage(guides: allGuides).response(to: visit)
            },
            .page("/docs/api") { [self] visit throws(PageRefusal) in
                ReferencePage(routes: routesOfAPI).response(to: visit)
            },
            .page("/docs/api/{chapter:name}") { [self] visit throws(PageRefusal) in
                try chapter(visit).response(to: visit)
            },
            .page("/docs/problems") { visit throws(PageRefusal) in ProblemsPage().response(to: visit) },
            .page("/docs/guides/{guide:name}") { [self] visit throws(PageRefusal) in
                try guide(visit).response(to: visit)
            },
            .page("/docs/files/{file:name}") { [self] visit throws(PageRefusal) in try file(visit) },
        ]
    }

    private var allGuides: [Guide] {
        guides.withLock { guides in
            let all = guides ?? shelf.guides
            guides = all
            return all
        }
    }

    private func guide(_ visit: Visit) throws(PageRefusal) -> GuidePage {
        let name = visit.parameters.name("guide")
        guard let guide = allGuides.first(where: { $0.name == name }) else { throw .notFound }
        return GuidePage(guide: guide)
    }

    private func chapter(_ visit: Visit) throws(PageRefusal) -> ChapterPage {
        let name = visit.parameters.name("chapter")
        guard let chapter = Chapter.allCases.first(where: { $0.name == name }) else { throw .notFound }
        let operations = routesOfAPI.filter { $0.chapter == chapter }
        guard !operations.isEmpty else { throw .notFound }
        return ChapterPage(chapter: chapter, routes: operations)
    }

    private func file(_ visit: Visit) throws(PageRefusal) -> HTTPResponse {
        guard let file = shelf.file(visit.parameters.name("file")) else { throw .notFound }
        return HTTPResponse(status: 200, headers: ["Content-Type": file.type], body: file.bytes)
    }
}

extension NavigationEntry {
    /// The ways to the documents.
    package static let documents = [
        NavigationEntry(path: "/docs") { $0.documents.title },
        NavigationEntry(path: "/docs/api") { $0.frame.forPrograms },
        NavigationEntry(path: "/docs/problems") { $0.status.errorCodes },
    ]
}

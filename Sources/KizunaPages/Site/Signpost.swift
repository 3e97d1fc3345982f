/// The way to pages that another process serves under the same address.
package struct Signpost: PageSection {
    package let entry: NavigationEntry?
    package let footEntries: [NavigationEntry]
    package let routes: [PageRoute] = []

    package init(to entry: NavigationEntry, foot: [NavigationEntry] = []) {
        self.entry = entry
        footEntries = foot
    }

    /// To the status page and the documents.
    package static let toPublicPages = Signpost(
        to: NavigationEntry.status,
        foot: [.status] + NavigationEntry.documents
    )

    package static let toConsole = Signpost(to: .console)
}

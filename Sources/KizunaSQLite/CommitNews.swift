/// What has been committed since records were fetched last, so that no commit waits for a fetch.
struct CommitNews {
    /// More are not kept: whoever fetches then reads anew.
    private static let most = 16

    private var changes: [GroupChanges] = []
    private var areWhole = true

    mutating func add(_ group: GroupChanges) {
        guard changes.count < CommitNews.most else { return forget() }
        changes.append(group)
    }

    /// Somebody else may have changed what was remembered.
    mutating func forget() { (changes, areWhole) = ([], false) }

    /// - Returns: what has been committed, in order; `nil` where that is not known.
    mutating func take() -> [GroupChanges]? {
        defer { self = CommitNews() }
        return areWhole ? changes : nil
    }
}

/// What is wrong in one place, and what would be right.
struct Finding: Hashable, Sendable, CustomStringConvertible {
    var path: String
    /// From 1; the first line when the whole file is meant.
    var line: Int = 1
    var problem: String
    var remedy: String

    var description: String { "\(path):\(line): \(problem). \(remedy)" }
}

/// Something that holds for every file of the package.
struct Rule: Sendable, CustomStringConvertible {
    var description: String
    var check: @Sendable (SourceTree) -> [Finding]

    static let all: [Rule] = [
        .arrowsPointInward, .everyModuleIsInTheTable, .manifestKeepsToTheTable, .cLibrariesHaveOneKeeper,
        .cFoldersHoldOnlyTheirFace, .coreIsPure, .filesAreShort, .coreIsDocumented, .secretsAreComparedInConstantTime,
        .constantTimeIsOpenSSLs,
    ]
}

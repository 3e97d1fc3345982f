import Testing

/// Waits until something is so. A test that runs out of patience has failed; the limit is far beyond what a loaded
/// machine needs.
func eventually(
    _ what: Comment,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ isSo: () async -> Bool
) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while await !isSo() {
        try #require(ContinuousClock.now < deadline, what, sourceLocation: sourceLocation)
        try await Task.sleep(for: .milliseconds(5))
    }
}

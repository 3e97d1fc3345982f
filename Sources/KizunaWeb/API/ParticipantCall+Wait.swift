extension ParticipantCall {
    /// How long a caller wants its answer held.
    struct Wait {
        let seconds: Int
        /// Whether it came as `Prefer: wait=…` (RFC 7240) and not in the query.
        let isPreference: Bool
    }

    /// What the query asks for, or else the `Prefer` header; a preference that is too long is cut, not refused.
    ///
    /// - Throws: ``RequestFault/fieldInvalid`` for a query that is no number of seconds from 0 to 25.
    func wait() throws(Problem) -> Wait? {
        if let seconds = try query.integer("wait", in: 0...Desk.longestWaitSeconds) {
            return Wait(seconds: seconds, isPreference: false)
        }
        guard let header = request.headers["Prefer"] else { return nil }
        for preference in header.lowercased().split(whereSeparator: { $0 == "," || $0 == ";" }) {
            let parts = preference.split(separator: "=").map { $0.filter { $0 != " " && $0 != "\"" } }
            guard parts.count == 2, parts[0] == "wait", let seconds = Int(parts[1]), seconds >= 0 else { continue }
            return Wait(seconds: min(seconds, Desk.longestWaitSeconds), isPreference: true)
        }
        return nil
    }
}

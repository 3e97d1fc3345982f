/// What a database is for, said once and for all when a switch first serves on it.
package enum Environment: String, Sendable, Hashable, CaseIterable {
    /// Payments of real money.
    case live
    /// Trials with simulated counterparts.
    case sandbox
}

extension Store {
    /// What the database is for, or is taken to be for where no switch has served on it since it was asked: one that
    /// participants have joined is live.
    package func environment() throws(StoreError) -> Environment? {
        try read { reader throws(StoreError) in
            if let environment = try reader.environment() { return environment }
            return try reader.participants().isEmpty ? nil : .live
        }
    }

    /// Makes sure that the database is for this, and marks it where nobody has said so yet.
    ///
    /// - Throws: ``StoreError/Code/notUsable`` for one that is for something else.
    package func enter(_ environment: Environment) throws(StoreError) {
        let known = try self.environment()
        guard known == nil || known == environment else { throw StoreError.otherEnvironment(than: environment) }
        try mark(environment)
        // Another switch may have been first.
        guard try self.environment() == environment else { throw StoreError.otherEnvironment(than: environment) }
    }
}

extension StoreError {
    fileprivate static func otherEnvironment(than wanted: Environment) -> StoreError {
        switch wanted {
        case .live:
            StoreError(
                .notUsable,
                "The database is a sandbox's, and stays one: serve on it with --sandbox, or choose another with --database."
            )
        case .sandbox:
            StoreError(
                .notUsable,
                "The database is live: a sandbox needs one of its own, such as --database sqlite:kizuna-sandbox.db."
            )
        }
    }
}

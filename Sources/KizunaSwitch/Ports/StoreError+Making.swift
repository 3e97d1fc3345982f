extension StoreError {
    /// A value that stands in the database and cannot be.
    package static func unreadable(_ what: String) -> StoreError {
        StoreError(.corrupt, "The database holds \(what) that makes no sense; restore a backup.")
    }

    /// A rule of the records that a store sees to itself.
    package static func brokenRule(_ rule: String) -> StoreError {
        StoreError(.constraint, "\(rule); this is a defect of the switch.")
    }
}

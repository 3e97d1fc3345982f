package import KizunaSwitch

extension Problem {
    /// Why a submission has no outcome.
    package init(_ error: SubmissionError) {
        switch error {
        case .overloaded:
            self.init(.overloaded, "Too many requests are waiting; send this one again in a moment.")
        case .stopping:
            self.init(.overloaded, "This server is stopping; send the request again, to another one if there is one.")
        case .storeFailed:
            self.init(
                .storeUnavailable,
                "Whether this was done is not known here; send the same request again under the same Idempotency-Key."
            )
        }
    }

    /// Why nothing could be read. The library's own words stay inside: they may name files.
    package init(_ error: StoreError) {
        self.init(.storeUnavailable, "The switch cannot read its records now; ask again in a moment.")
    }
}

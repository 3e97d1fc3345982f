import KizunaSwitch

/// The plain pages that stand beside the API.
extension Desk {
    var pageRoutes: [Route] {
        [
            Route(
                .get,
                "/docs/problems",
                name: "getProblemsPage",
                chapter: .pages,
                summary: "Explains every error code.",
                answers: .page,
                handler: .open { _ in ProblemsPage.page.response(style: self.style) }
            )
        ]
    }
}

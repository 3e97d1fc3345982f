import KizunaSwitch

/// The plain pages that stand beside the API.
extension Desk {
    var pageRoutes: [Route] {
        [
            Route(
                .get,
                "/",
                name: "getStatusPage",
                chapter: .pages,
                summary: "Shows people how the switch is doing.",
                answers: .page,
                handler: .open { _ throws(Problem) in
                    StatusPage(
                        facts: try self.status.facts(),
                        backlog: self.engine.backlog,
                        environment: self.environment
                    )
                    .page.response(style: self.style)
                }
            ),
            Route(
                .get,
                "/docs/problems",
                name: "getProblemsPage",
                chapter: .pages,
                summary: "Explains every error code.",
                answers: .page,
                handler: .open { _ in ProblemsPage.page.response(style: self.style) }
            ),
        ]
    }
}

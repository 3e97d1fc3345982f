import KizunaSwitch

/// The plain pages that stand beside the API.
extension Desk {
    var pageRoutes: [Route] {
        [
            Route(
                .get,
                "/",
                name: "getStatusPage",
                summary: "Shows people how the switch is doing.",
                handler: .open { _ throws(Problem) in
                    StatusPage(facts: try self.status.facts(), backlog: self.engine.backlog).page
                        .response(style: self.style)
                }
            ),
            Route(
                .get,
                "/docs/problems",
                name: "getProblemsPage",
                summary: "Explains every error code.",
                handler: .open { _ in ProblemsPage.page.response(style: self.style) }
            ),
        ]
    }
}

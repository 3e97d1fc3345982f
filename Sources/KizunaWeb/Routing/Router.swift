/// Finds the operation for a method and a path.
package struct Router: Sendable {
    package let routes: [Route]

    package init(_ routes: [Route]) {
        let places = routes.map { "\($0.method.rawValue) \($0.path)" }
        precondition(Set(places).count == places.count, "Two operations are in one place: \(places)")
        self.routes = routes
    }

    /// The operation with the variable parts of the path. `HEAD` is answered as `GET` is, without the body.
    ///
    /// - Throws: ``RequestFault/malformedRequest``, ``RefusalCode/notFound``, or ``RequestFault/methodNotAllowed``
    ///   with the methods that there are.
    func find(_ method: String, _ path: String) throws(Problem) -> (route: Route, parameters: PathParameters) {
        let segments = try Router.segments(of: path)
        var others: [Route.Method] = []
        for route in routes {
            guard let parameters = route.path.match(segments) else { continue }
            if route.method.rawValue == (method == "HEAD" ? "GET" : method) { return (route, parameters) }
            others.append(route.method)
        }
        guard !others.isEmpty else { throw .notFound("There is nothing at this address.") }
        throw Problem(
            .request(.methodNotAllowed),
            "This address does not take that method.",
            allowedMethods: Route.Method.allCases.filter(others.contains).flatMap(\.names)
        )
    }

    /// The parts of a path, decoded. The root has none; a trailing slash makes an empty last one, which no pattern has.
    package static func segments(of path: String) throws(Problem) -> [String] {
        let slash = UInt8(ascii: "/")
        guard path.utf8.first == slash else { throw .notFound("There is nothing at this address.") }
        guard path.utf8.count > 1 else { return [] }
        var segments: [String] = []
        for part in path.utf8.dropFirst().split(separator: slash, omittingEmptySubsequences: false) {
            guard let segment = PercentEncoding.decode(Substring(part)), !segment.utf8.contains(slash) else {
                throw Problem(.malformedRequest, "The path is not percent-encoded as RFC 3986 has it.")
            }
            segments.append(segment)
        }
        return segments
    }
}

extension Route.Method {
    fileprivate var names: [String] {
        switch self {
        case .get: ["GET", "HEAD"]
        case .post: ["POST"]
        }
    }
}

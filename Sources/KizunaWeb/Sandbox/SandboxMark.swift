/// Lets every answer of a sandbox say that it is one's.
package struct SandboxMark: HTTPHandler {
    private let marked: any HTTPHandler

    package init(_ marked: any HTTPHandler) { self.marked = marked }

    package func respond(to request: HTTPRequest) async -> HTTPResponse { mark(await marked.respond(to: request)) }
    package func takesLargeBody(_ head: HTTPRequest) -> Bool { marked.takesLargeBody(head) }
    package func response(to refusal: ServerRefusal) -> HTTPResponse { mark(marked.response(to: refusal)) }

    private func mark(_ response: HTTPResponse) -> HTTPResponse {
        var response = response
        response.headers.add(AnswerHeader.environment.rawValue, "sandbox")
        return response
    }
}

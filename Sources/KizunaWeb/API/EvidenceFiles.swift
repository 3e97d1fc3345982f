package import KizunaPayments
import KizunaSwitch

/// Files of disputes: taken as they are, recognised by what is in them, and handed out so that no browser runs them.
extension Desk {
    var evidenceRoutes: [Route] {
        [
            Route(
                .post,
                "/v1/disputes/{disputeId:id}/evidence",
                name: "addEvidence",
                chapter: .disputes,
                summary: "Adds a file to a case: the body is a PDF, PNG, JPEG or plain text of at most 2 MiB.",
                body: .file,
                answers: .created(.evidence, "What is kept of the file.").located,
                refusals: [.disputeNotPossible],
                idempotency: .kept(.addEvidence),
                handler: .participant(addEvidence)
            ),
            Route(
                .get,
                "/v1/disputes/{disputeId:id}/evidence/{evidenceId:id}",
                name: "getEvidence",
                chapter: .disputes,
                summary: "Hands out a file of a case.",
                answers: .file,
                handler: .participant(getEvidence)
            ),
        ]
    }

    private func addEvidence(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        let bytes = call.request.body
        guard let mediaType = Evidence.MediaType(recognising: bytes) else {
            let names = Evidence.MediaType.allCases.map(\.name).joined(separator: ", ")
            throw Problem(.unsupportedMediaType, "This is none of \(names); a text is in UTF-8.")
        }
        guard call.request.headers["Content-Type"].map({ mediaType.isNamed(by: $0) }) ?? false else {
            throw Problem(.unsupportedMediaType, "By its bytes this is \(mediaType.name): send that as Content-Type.")
        }
        let command = AddEvidence(
            dispute: DisputeID(call.parameters.id("disputeId")),
            mediaType: mediaType,
            bytes: bytes,
            digest: engine.digester.sha256(bytes)
        )
        let (reply, isReplay) = try await submit(.addEvidence(command), for: call)
        guard case .evidence(let evidence) = reply else { unexpected(reply) }
        let location = "/v1/disputes/\(evidence.dispute)/evidence/\(evidence.id)"
        return .json(JSON(evidence), status: 201, location: location, isReplay: isReplay)
    }

    private func getEvidence(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        try evidence(EvidenceID(call.parameters.id("evidenceId")), of: try dispute(of: call).id)
    }

    func evidence(_ id: EvidenceID, of dispute: DisputeID) throws(Problem) -> HTTPResponse {
        let found = try read { reader throws(StoreError) in
            (evidence: try reader.evidence(id), bytes: try reader.bytes(of: id))
        }
        guard let evidence = found.evidence, let bytes = found.bytes, evidence.dispute == dispute else {
            throw .notFound("No such file in this case.")
        }
        return HTTPResponse(evidence, bytes)
    }
}

extension HTTPResponse {
    /// A file for saving, not for showing: other people chose its bytes.
    package init(_ evidence: Evidence, _ bytes: [UInt8]) {
        let type = evidence.mediaType
        self.init(
            status: 200,
            headers: [
                "Content-Type": type == .plainText ? "\(type.name); charset=utf-8" : type.name,
                "Content-Disposition": "attachment; filename=\"evidence-\(evidence.id).\(type.fileExtension)\"",
                "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
                // RFC 9530, section 3.
                "Repr-Digest": "sha-256=:\(Base64.standard.encode(evidence.digest)):",
            ],
            body: bytes
        )
    }
}

extension Evidence.MediaType {
    /// Whether a `Content-Type` says so. A text may say that it is in UTF-8, and nothing else.
    fileprivate func isNamed(by contentType: String) -> Bool {
        let parts = contentType.lowercased().split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
        guard parts.first == name else { return false }
        return parts.dropFirst().allSatisfy { part in
            self == .plainText && (part == "charset=utf-8" || part == "charset=\"utf-8\"")
        }
    }
}

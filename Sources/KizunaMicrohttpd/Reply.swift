import CMicrohttpd
import KizunaWeb

/// An answer in libmicrohttpd's keeping.
struct Reply: ~Copyable {
    private let response: OpaquePointer
    private let status: UInt32

    /// Fields that the server alone decides, for they say where the answer ends and when it was given.
    private static let ownFields: [StaticString] = ["content-length", "transfer-encoding", "connection", "date"]

    /// Nothing when a field or the status cannot be sent as it is: better no answer than half of one, or two.
    ///
    /// A field with an empty value is left out: libmicrohttpd cannot write it.
    static func make(_ response: HTTPResponse, closing: Bool) -> Reply? {
        guard 200...599 ~= response.status, let reply = Reply(status: UInt32(response.status), body: response.body)
        else { return nil }
        if closing { guard reply.add("Connection", "close") else { return nil } }
        for (name, value) in response.headers.fields where !value.isEmpty {
            if ownFields.contains(where: { HTTPSyntax.equals(name.utf8, $0) }) { continue }
            guard HTTPSyntax.isToken(name.utf8), HTTPSyntax.isFieldValue(value.utf8), reply.add(name, value)
            else { return nil }
        }
        return reply
    }

    private init?(status: UInt32, body: [UInt8]) {
        // libmicrohttpd copies the bytes; it promises not to write to them.
        let created = body.withUnsafeBytes { body in
            MHD_create_response_from_buffer(
                body.count,
                UnsafeMutableRawPointer(mutating: body.baseAddress),
                .RESPMEM_MUST_COPY
            )
        }
        guard let created else { return nil }
        self.response = created
        self.status = status
    }

    private func add(_ name: String, _ value: String) -> Bool { MHD_add_response_header(response, name, value) == .YES }

    deinit { MHD_destroy_response(response) }

    /// Gives the answer to a connection, which keeps it alive from then on.
    func queue(_ connection: OpaquePointer) -> MHD_Result { MHD_queue_response(connection, status, response) }
}

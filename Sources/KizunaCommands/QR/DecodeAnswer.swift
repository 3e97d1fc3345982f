import KizunaMoney
import KizunaQR

/// What programs are told about one code.
struct DecodeAnswer {
    let members: [JSON.Member]
    let isAccepted: Bool

    /// Reads a code as of a moment.
    init(_ payload: [UInt8], at now: Timestamp, md5: ([UInt8]) -> String) {
        do {
            let code = try QRCode.read(utf8: payload, at: now)
            members = Self.accepted(code, payload, at: now, md5: md5)
            isAccepted = true
        } catch {
            members = Self.refused(error)
            isAccepted = false
        }
    }

    private static func accepted(
        _ code: QRCode,
        _ payload: [UInt8],
        at now: Timestamp,
        md5: ([UInt8]) -> String
    ) -> [JSON.Member] {
        var members: [JSON.Member] = [.init("ok", .bool(true)), .init("scheme", .string(code.scheme.rawValue))]
        members += code.facts.facts.map { JSON.Member($0.name, JSON($0.value)) }
        guard case .khqr(let khqr) = code else { return members }
        members.append(.init("at", .number(now.milliseconds)))
        if let error = khqr.strictError { members.append(.init("strictError", .number(error.rawValue))) }
        members.append(.init("md5", .string(md5(payload))))
        return members
    }

    private static func refused(_ fault: QRFault) -> [JSON.Member] {
        var members: [JSON.Member] = [
            .init("ok", .bool(false)), .init("error", .string(fault.name)),
            .init("also", .array(fault.also.map { .string($0.name) })),
            .init("scheme", .optional(fault.scheme?.rawValue)),
            .init("position", fault.position.map { .number($0) } ?? .null),
            .init("message", .string(fault.message)),
        ]
        if let path = fault.path { members.append(.init("path", .string(path.description))) }
        if let network = fault.network { members.append(.init("network", .string(network.rawValue))) }
        return members
    }
}

extension JSON {
    /// A fact in the form of the vector files.
    init(_ value: QRFacts.Value) {
        switch value {
        case .text(let text): self = .string(text)
        case .number(let number): self = .number(number)
        case .list(let values): self = .array(values.map(JSON.init))
        case .fields(let facts): self = .object(facts.facts.map { JSON.Member($0.name, JSON($0.value)) })
        case .absent: self = .null
        }
    }
}

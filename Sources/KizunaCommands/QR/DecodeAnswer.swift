import KizunaMoney
import KizunaQR
import KizunaWeb

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
        var members: [JSON.Member] = [
            .init(name: "ok", value: .bool(true)), .init(name: "scheme", value: .string(code.scheme.rawValue)),
        ]
        members += code.facts.facts.map { JSON.Member(name: $0.name, value: JSON($0.value)) }
        guard case .khqr(let khqr) = code else { return members }
        members.append(.init(name: "at", value: JSON(now.milliseconds)))
        if let error = khqr.strictError { members.append(.init(name: "strictError", value: JSON(error.rawValue))) }
        members.append(.init(name: "md5", value: .string(md5(payload))))
        return members
    }

    private static func refused(_ fault: QRFault) -> [JSON.Member] {
        var members: [JSON.Member] = [
            .init(name: "ok", value: .bool(false)), .init(name: "error", value: .string(fault.name)),
            .init(name: "also", value: .array(fault.also.map { .string($0.name) })),
            .init(name: "scheme", value: JSON(fault.scheme?.rawValue)),
            .init(name: "position", value: fault.position.map { JSON($0) } ?? .null),
            .init(name: "message", value: .string(fault.message)),
        ]
        if let path = fault.path { members.append(.init(name: "path", value: .string(path.description))) }
        if let network = fault.network { members.append(.init(name: "network", value: .string(network.rawValue))) }
        return members
    }
}

extension JSON {
    /// A fact in the form of the vector files.
    init(_ value: QRFacts.Value) {
        switch value {
        case .text(let text): self = .string(text)
        case .number(let number): self = JSON(number)
        case .list(let values): self = .array(values.map(JSON.init))
        case .fields(let facts): self = .object(facts.facts.map { JSON.Member(name: $0.name, value: JSON($0.value)) })
        case .absent: self = .null
        }
    }
}

import CMicrohttpd
import KizunaWeb

/// One pass over the header fields where libmicrohttpd keeps them, in the buffer that they arrived in.
///
/// There it has put a zero in the place of each colon and each byte of a line end. So each name must begin two bytes
/// behind the value before it: where it does not, a line was folded, ended without a carriage return, or held a NUL.
struct HeaderScan {
    private(set) var fields: HTTPHeaders = [:]
    private(set) var refusal: ServerRefusal?
    private(set) var expectsContinue = false
    private var lengths: [UnsafeBufferPointer<UInt8>] = []
    private var codings: [UnsafeBufferPointer<UInt8>] = []
    private var hosts = 0
    private var count = 0
    private var expectedName: UnsafePointer<CChar>
    private let mostFields: Int

    init(after requestLine: UnsafePointer<CChar>, mostFields: Int) {
        self.expectedName = requestLine
        self.mostFields = mostFields
    }

    mutating func take(name: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>) -> Bool {
        count += 1
        if count > mostFields {
            refusal = .headTooLarge
        } else if !follows(name: name, value: value) {
            refusal = .malformed(.field)
        } else if !HTTPSyntax.isToken(name) || !HTTPSyntax.isFieldValue(value) {
            refusal = .malformed(.fieldCharacter)
        } else {
            note(name: name, value: value)
        }
        return refusal == nil
    }

    /// Whether the last line end is followed by the empty line and nothing else.
    func endsHead(from start: UnsafePointer<CChar>, size: Int) -> Bool { expectedName + 2 == start + size }

    /// - Throws: ``ServerRefusal`` with 400 where the end of the body, or whom the request is for, could be read in two ways.
    func framing(isVersion1_0: Bool) throws(ServerRefusal) -> RequestHead.Framing {
        guard hosts == 1 || hosts == 0 && isVersion1_0 else { throw .malformed(.host) }
        guard lengths.count <= 1, codings.isEmpty || lengths.isEmpty else {
            throw .malformed(.lengthTwice)
        }
        if let coding = codings.first {
            guard codings.count == 1, HTTPSyntax.equals(coding, "chunked"), !isVersion1_0 else {
                throw .malformed(.transferCoding)
            }
            return .chunked
        }
        guard let digits = lengths.first else { return .length(0) }
        guard let length = Int(String(decoding: digits, as: UTF8.self)), length >= 0,
            digits.allSatisfy({ 0x30...0x39 ~= $0 })
        else { throw .malformed(.length) }
        return .length(length)
    }

    private mutating func follows(name: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let nameStart = name.baseAddress, let valueStart = value.baseAddress else { return false }
        let expected = UnsafeRawPointer(expectedName)
        let gap = UnsafeRawPointer(valueStart) - UnsafeRawPointer(nameStart) - name.count
        expectedName = UnsafeRawPointer(valueStart + value.count + 2).assumingMemoryBound(to: CChar.self)
        guard UnsafeRawPointer(nameStart) == expected, gap >= 1 else { return false }
        return UnsafeBufferPointer(start: nameStart + name.count + 1, count: gap - 1).allSatisfy(Self.isBlank)
    }

    private mutating func note(name: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>) {
        switch name.count {
        case 4 where HTTPSyntax.equals(name, "host"): hosts += 1
        case 6 where HTTPSyntax.equals(name, "expect"): expectsContinue = HTTPSyntax.equals(value, "100-continue")
        case 14 where HTTPSyntax.equals(name, "content-length"): lengths.append(value)
        case 17 where HTTPSyntax.equals(name, "transfer-encoding"): codings.append(value)
        default: break
        }
        var end = value.count
        while end > 0, Self.isBlank(value[end - 1]) { end -= 1 }
        fields.add(
            String(decoding: name, as: UTF8.self),
            String(decoding: UnsafeBufferPointer(rebasing: value[..<end]), as: UTF8.self)
        )
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}

func bytes(at start: UnsafePointer<CChar>, count: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: UnsafeRawPointer(start).assumingMemoryBound(to: UInt8.self), count: count)
}

/// libmicrohttpd's iterator over header fields; the context is a ``HeaderScan``.
func headerArrived(
    context: UnsafeMutableRawPointer?,
    kind: MHD_ValueKind,
    name: UnsafePointer<CChar>?,
    nameCount: Int,
    value: UnsafePointer<CChar>?,
    valueCount: Int
) -> MHD_Result {
    guard let context, let name, let value else { return .NO }
    let scan = context.assumingMemoryBound(to: HeaderScan.self)
    return scan.pointee.take(name: bytes(at: name, count: nameCount), value: bytes(at: value, count: valueCount))
        ? .YES : .NO
}

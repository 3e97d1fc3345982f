extension ConsumerCode {
    /// Reads the text of a consumer's code.
    ///
    /// - Throws: ``QRFault``; positions count characters of the base64 text.
    public init(utf8 text: [UInt8]) throws(QRFault) {
        guard text.count <= Self.longestCharacters else {
            throw QRFault(
                QRFinding(.tooLong(found: text.count, limit: Self.longestCharacters, unit: .characters)))
        }
        guard let bytes = Base64.decode(text) else {
            throw QRFault(QRFinding(.tlvMalformed(.invalidBase64)), scheme: Self.seenScheme(text))
        }
        var reader = ConsumerReader(bytes: bytes)
        do {
            self = try reader.code()
        } catch {
            let position = error.offset * 4 / 3
            throw QRFault(QRFinding(error.kind, position: position), scheme: reader.scheme)
        }
    }

    /// The scheme by the format indicator, as far as base64 shows it: `hQVKUFFS` is 85 05 "JPQR".
    private static func seenScheme(_ text: [UInt8]) -> QRScheme {
        text.starts(with: Array("hQVKUFFS".utf8)) ? .jpqrConsumer : .emvcoConsumer
    }
}

/// Reads the decoded bytes of a consumer's code (EMVCo CPM 4; the JPQR CPM guideline 1.2).
private struct ConsumerReader {
    let bytes: [UInt8]
    /// The scheme, once the format indicator told it.
    var scheme: QRScheme?

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func code() throws(BERError) -> ConsumerCode {
        let root = try BERObject.row(bytes, bytes.indices)
        let format = try format(of: root)
        var applications: [ConsumerTemplate] = []
        var common: ConsumerTemplate?
        var others: [BERObject] = []
        for object in root.dropFirst() {
            switch object.tag {
            case 0x61 where applications.count < 2: applications.append(try application(object, format))
            case 0x62 where common == nil: common = try template(object, transparentTag: 0x64)
            case 0x61, 0x62, 0x85: throw BERError(kind: .tagDuplicate(Self.path(object.tag)), offset: object.start)
            default: others.append(object)
            }
        }
        guard !applications.isEmpty else { throw BERError(kind: .consumerWithoutApplication, offset: bytes.count) }
        return ConsumerCode(format: format, applications: applications, common: common, others: others)
    }

    /// 85 stands first and holds the form and its version.
    private mutating func format(of root: [BERObject]) throws(BERError) -> ConsumerCode.Format {
        guard let first = root.first, first.tag == 0x85 else {
            throw BERError(kind: .fieldMissing(Self.path(0x85)), offset: 0)
        }
        guard let text = String(validating: first.value, as: UTF8.self), let format = ConsumerCode.Format(rawValue: text)
        else {
            throw BERError(kind: .fieldValue(Self.path(0x85), .oneOf(["CPV01", "JPQR1"])), offset: first.start)
        }
        scheme = format == .jpqr ? .jpqrConsumer : .emvcoConsumer
        return format
    }

    /// An application template must name its application (4F), by 5 to 16 bytes in EMVCo's form.
    private func application(_ object: BERObject, _ format: ConsumerCode.Format) throws(BERError) -> ConsumerTemplate {
        let template = try template(object, transparentTag: 0x63)
        let path = TagPath(0x61, 0x4F, notation: .hexadecimal)
        guard let identifier = template.objects.first(where: { $0.tag == 0x4F }) else {
            throw BERError(kind: .fieldMissing(path), offset: object.start)
        }
        let allowed = format == .emvco ? 5...16 : 1...32
        guard allowed ~= identifier.value.count else {
            throw BERError(
                kind: .fieldLength(path, found: identifier.value.count, allowed: allowed), offset: identifier.start)
        }
        return template
    }

    private func template(_ object: BERObject, transparentTag: UInt16) throws(BERError) -> ConsumerTemplate {
        let row = try row(inside: object, path: Self.path(object.tag))
        var objects: [BERObject] = []
        var transparent: [BERObject]?
        for inner in row {
            if inner.tag == transparentTag {
                transparent = try self.row(
                    inside: inner, path: TagPath(object.tag, inner.tag, notation: .hexadecimal))
            } else {
                objects.append(inner)
            }
        }
        return ConsumerTemplate(objects: objects, transparentTag: transparentTag, transparent: transparent)
    }

    /// The objects inside a template, none of them twice.
    private func row(inside object: BERObject, path: TagPath) throws(BERError) -> [BERObject] {
        let row: [BERObject]
        do {
            row = try BERObject.row(bytes, object.start..<(object.start + object.value.count))
        } catch {
            throw BERError(kind: .templateMalformed(path), offset: error.offset)
        }
        var seen: Set<UInt16> = []
        for inner in row where !seen.insert(inner.tag).inserted {
            let twice =
                path.sub == nil
                ? TagPath(path.root, inner.tag, notation: .hexadecimal)
                : TagPath(path.root, path.sub, inner.tag, notation: .hexadecimal)
            throw BERError(kind: .subtagDuplicate(twice), offset: inner.start)
        }
        return row
    }

    private static func path(_ tag: UInt16) -> TagPath { TagPath(tag, notation: .hexadecimal) }
}

extension ConsumerCode {
    /// Reads the text of a consumer's code.
    ///
    /// - Throws: ``QRFault``; positions count characters of the base64 text.
    public init(utf8 text: [UInt8]) throws(QRFault) {
        guard text.count <= Self.longestCharacters else {
            throw QRFault(
                QRFinding(.tooLong(found: text.count, limit: Self.longestCharacters, unit: .characters))
            )
        }
        guard let bytes = Base64.decode(text) else {
            throw QRFault(QRFinding(.tlvMalformed(.invalidBase64)), scheme: Self.seenScheme(text))
        }
        var reader = ConsumerReader(bytes: bytes)
        do {
            self = try reader.code()
        } catch {
            let position = error.offset * 4 / 3
            throw QRFault(QRFinding(error.kind, position: position), scheme: reader.scheme ?? Self.seenScheme(text))
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
            case 0x61 where applications.count < 2: applications.append(try template(object, transparentTag: 0x63))
            case 0x62 where common == nil: common = try template(object, transparentTag: 0x64)
            case 0x61, 0x62, 0x85: throw BERError(kind: .tagDuplicate(Self.path(object.tag)), offset: object.start)
            default: others.append(object)
            }
        }
        guard applications.contains(where: { isEligible($0, format) }) else {
            throw BERError(kind: .consumerWithoutApplication, offset: bytes.count)
        }
        if let common { try checkCommon(common, applications) }
        return ConsumerCode(format: format, applications: applications, common: common, others: others)
    }

    /// 85 stands first and holds the form and its version.
    private mutating func format(of root: [BERObject]) throws(BERError) -> ConsumerCode.Format {
        guard let first = root.first, first.tag == 0x85 else {
            throw BERError(kind: .fieldMissing(Self.path(0x85)), offset: 0)
        }
        guard let text = String(validating: first.value, as: UTF8.self),
            let format = ConsumerCode.Format(rawValue: text)
        else {
            throw BERError(kind: .fieldValue(Self.path(0x85), .oneOf(["CPV01", "JPQR1"])), offset: first.start)
        }
        scheme = format == .jpqr ? .jpqrConsumer : .emvcoConsumer
        return format
    }

    /// Whether the template names its application (4F) by 5 to 16 bytes; readers pass over it otherwise (EMVCo CPM
    /// 5.1.4). JPQR writes the operator's code there in ASCII.
    private func isEligible(_ template: ConsumerTemplate, _ format: ConsumerCode.Format) -> Bool {
        guard let identifier = template[0x4F] else { return false }
        return (format == .emvco ? 5...16 : 1...32) ~= identifier.count
    }

    /// A template with its transparent one opened, or left closed when it is no row of objects: readers need not look
    /// inside (EMVCo CPM 5.1.7).
    private func template(_ object: BERObject, transparentTag: UInt16) throws(BERError) -> ConsumerTemplate {
        let row = try row(inside: object)
        guard let inner = row.first(where: { $0.tag == transparentTag }),
            let transparent = try? BERObject.row(bytes, inner.start..<(inner.start + inner.value.count))
        else { return ConsumerTemplate(objects: row, transparentTag: transparentTag, transparent: nil) }
        let objects = row.filter { $0.tag != transparentTag }
        return ConsumerTemplate(objects: objects, transparentTag: transparentTag, transparent: transparent)
    }

    /// The objects inside a template, none of them twice (EMVCo CPM 5.1.10).
    private func row(inside object: BERObject) throws(BERError) -> [BERObject] {
        let row: [BERObject]
        do {
            row = try BERObject.row(bytes, object.start..<(object.start + object.value.count))
        } catch {
            throw BERError(kind: .templateMalformed(Self.path(object.tag)), offset: error.offset)
        }
        var seen: Set<UInt16> = []
        for inner in row where !seen.insert(inner.tag).inserted { throw Self.repeated(inner, in: object.tag) }
        return row
    }

    /// An object of the common template must not stand in an application's as well (EMVCo CPM 3.1.1).
    private func checkCommon(_ common: ConsumerTemplate, _ applications: [ConsumerTemplate]) throws(BERError) {
        for object in common.objects where applications.contains(where: { $0[object.tag] != nil }) {
            throw Self.repeated(object, in: 0x62)
        }
    }

    private static func repeated(_ object: BERObject, in template: UInt16) -> BERError {
        let path = TagPath(template, object.tag, notation: .hexadecimal)
        return BERError(kind: .subtagDuplicate(path), offset: object.start)
    }

    private static func path(_ tag: UInt16) -> TagPath { TagPath(tag, notation: .hexadecimal) }
}

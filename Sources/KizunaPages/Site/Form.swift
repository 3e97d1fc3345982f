package import KizunaMoney
import KizunaWeb

/// The fields of a form that was sent, and the file that came with it.
package struct Form: Sendable {
    /// More than any of our forms has.
    private static let mostFields = 32
    /// The longest text of a field, in bytes: longer than any code that fits a symbol.
    static let longestText = 16 * 1_024
    /// The same where a file may come as text.
    static let longestPastedFile = 256 * 1_024

    private let longestText: Int
    private var texts: [String: String] = [:]
    /// What a file field brought; `nil` when nothing was chosen.
    package private(set) var file: [UInt8]?

    init() { longestText = Form.longestText }

    /// Reads the body by its content type; `nil` for what no form of ours sends.
    init?(_ request: HTTPRequest, longestText: Int = Form.longestText) {
        self.longestText = longestText
        let type = request.headers["Content-Type"] ?? ""
        let kind = type.prefix { $0 != ";" }.lowercased()
        switch kind {
        case "application/x-www-form-urlencoded": guard readURLEncoded(request.body) else { return nil }
        case "multipart/form-data":
            guard let boundary = Form.boundary(of: type), readParts(request.body, boundary) else { return nil }
        case "image/jpeg", "image/png": file = request.body
        default: return nil
        }
    }

    /// The text of a field without blanks around it; `nil` where it is missing or empty.
    package subscript(name: String) -> String? {
        guard let text = texts[name] else { return nil }
        let isBlank = { (character: Character) in character.isWhitespace || character.isNewline }
        let trimmed = text.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
        return trimmed.isEmpty ? nil : String(trimmed)
    }

    /// An amount in major units, with or without commas between its digits.
    package func money(_ name: String, _ currency: Currency) -> Money? {
        let digits = self[name]?.filter { $0 != "," && $0 != " " } ?? ""
        return try? Money(majorUnits: digits, currency: currency)
    }

    /// The text of a field exactly as it was sent.
    package func exactly(_ name: String) -> String? { texts[name] }

    private mutating func readURLEncoded(_ body: [UInt8]) -> Bool {
        guard let text = String(validating: body, as: UTF8.self) else { return false }
        let pairs = text.split(separator: "&")
        guard pairs.count <= Form.mostFields else { return false }
        for pair in pairs {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.utf8.count <= longestText * 3, let name = PercentEncoding.decodeForm(parts[0]),
                let value = PercentEncoding.decodeForm(parts.count == 2 ? parts[1] : "")
            else { return false }
            texts[name] = value
        }
        return true
    }
}

/// Parts between boundaries (RFC 7578), as browsers send files.
extension Form {
    private static func boundary(of type: String) -> [UInt8]? {
        guard let range = type.firstRange(of: "boundary=") else { return nil }
        let text = type[range.upperBound...].prefix { $0 != ";" }.filter { $0 != "\"" }
        return 1...70 ~= text.utf8.count ? Array("--\(text)".utf8) : nil
    }

    private mutating func readParts(_ body: [UInt8], _ boundary: [UInt8]) -> Bool {
        var rest = body[...]
        guard rest.starts(with: boundary) else { return false }
        var count = 0
        while let end = rest.dropFirst(boundary.count).firstRange(of: [13, 10] + boundary) {
            count += 1
            guard count <= Form.mostFields else { return false }
            guard readPart(rest[(rest.startIndex + boundary.count)..<end.lowerBound]) else { return false }
            rest = rest[(end.lowerBound + 2)...]
        }
        return count > 0
    }

    private mutating func readPart(_ part: ArraySlice<UInt8>) -> Bool {
        guard let gap = part.firstRange(of: [13, 10, 13, 10]),
            let head = String(validating: part[..<gap.lowerBound], as: UTF8.self),
            let name = Form.parameter("name", of: head)
        else { return false }
        let content = part[gap.upperBound...]
        if Form.parameter("filename", of: head) != nil {
            if !content.isEmpty { file = Array(content) }
            return true
        }
        guard content.count <= longestText, let text = String(validating: content, as: UTF8.self) else {
            return false
        }
        texts[name] = text
        return true
    }

    private static func parameter(_ name: String, of head: String) -> String? {
        guard let range = head.firstRange(of: "; \(name)=\"") else { return nil }
        return String(head[range.upperBound...].prefix { $0 != "\"" })
    }
}

internal import CMarkdown

/// Writes HTML as md4c reads Markdown.
final class HTMLWriter {
    struct Heading {
        let level: Int
        let id: String
        let title: String
    }

    private(set) var html = ""
    private(set) var headings: [Heading] = []

    private let address: (String) -> String?
    /// The heading that is being read: what was written before it, and its text so far.
    private var heading: (before: String, title: String)?
    /// The text in the place of a picture that is being read.
    private var alternative: String?
    /// For each link that is open, whether it is one on the page too.
    private var links: [Bool] = []
    private var isInHead = false
    /// How often each id has been asked for.
    private var titlesBefore: [String: Int] = [:]

    /// - Parameter address: where a link or picture leads on the page; `nil` for nowhere.
    init(leadingTo address: @escaping (String) -> String?) { self.address = address }

    func write(_ markdown: [UInt8]) {
        var parser = MD_PARSER()
        parser.flags = UInt32(MD_FLAG_TABLES | MD_FLAG_NOHTML)
        parser.enter_block = { kind, detail, writer in HTMLWriter.at(writer) { $0.enter(kind, detail) } }
        parser.leave_block = { kind, detail, writer in HTMLWriter.at(writer) { $0.leave(kind, detail) } }
        parser.enter_span = { kind, detail, writer in HTMLWriter.at(writer) { $0.enter(kind, detail) } }
        parser.leave_span = { kind, detail, writer in HTMLWriter.at(writer) { $0.leave(kind, detail) } }
        parser.text = { kind, text, count, writer in
            HTMLWriter.at(writer) { $0.add(kind, HTMLWriter.text(text, count)) }
        }
        let status = markdown.withUnsafeBytes { bytes in
            let text = bytes.assumingMemoryBound(to: MD_CHAR.self)
            return md_parse(text.baseAddress, MD_SIZE(text.count), &parser, Unmanaged.passUnretained(self).toOpaque())
        }
        precondition(status == 0, "md4c found no memory")
    }

    /// The writer stands while `md_parse` runs, which is all the time that md4c has its address.
    private static func at(_ address: UnsafeMutableRawPointer?, _ body: (HTMLWriter) -> Void) -> Int32 {
        if let address { body(Unmanaged<HTMLWriter>.fromOpaque(address).takeUnretainedValue()) }
        return 0
    }

    private static func text(_ start: UnsafePointer<MD_CHAR>?, _ count: MD_SIZE) -> String {
        let bytes = UnsafeRawBufferPointer(start: start, count: Int(count))
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: Blocks

    private func enter(_ block: MD_BLOCKTYPE, _ detail: UnsafeMutableRawPointer?) {
        switch block {
        case MD_BLOCK_H:
            heading = (html, "")
            html = ""
        case MD_BLOCK_OL:
            let start = detail?.load(as: MD_BLOCK_OL_DETAIL.self).start ?? 1
            html += start == 1 ? "<ol>" : "<ol start=\"\(start)\">"
        case MD_BLOCK_CODE: html += "<pre tabindex=\"0\"><code>"
        case MD_BLOCK_TABLE:
            let label = headings.last?.title ?? ""
            html +=
                "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(HTMLWriter.escaped(label))\"><table>\n"
        case MD_BLOCK_THEAD:
            isInHead = true
            html += "<thead>"
        case MD_BLOCK_TH, MD_BLOCK_TD: html += openCell(detail)
        case MD_BLOCK_HR: html += "<hr>\n"
        default: html += HTMLWriter.names[block.rawValue].map { "<\($0)>" } ?? ""
        }
    }

    private func leave(_ block: MD_BLOCKTYPE, _ detail: UnsafeMutableRawPointer?) {
        switch block {
        case MD_BLOCK_H: closeHeading(level: Int(detail?.load(as: MD_BLOCK_H_DETAIL.self).level ?? 1))
        case MD_BLOCK_OL: html += "</ol>\n"
        case MD_BLOCK_CODE: html += "</code></pre>\n"
        case MD_BLOCK_TABLE: html += "</table></div>\n"
        case MD_BLOCK_THEAD:
            isInHead = false
            html += "</thead>\n"
        case MD_BLOCK_TH, MD_BLOCK_TD: html += isInHead ? "</th>" : "</td>"
        case MD_BLOCK_HR: break
        default: html += HTMLWriter.names[block.rawValue].map { "</\($0)>\n" } ?? ""
        }
    }

    private func openCell(_ detail: UnsafeMutableRawPointer?) -> String {
        let look = detail?.load(as: MD_BLOCK_TD_DETAIL.self).align == MD_ALIGN_RIGHT ? " class=\"number\"" : ""
        return isInHead ? "<th scope=\"col\"\(look)>" : "<td\(look)>"
    }

    private func closeHeading(level: Int) {
        guard let open = heading else { return }
        let id = freeID(for: open.title)
        html = "\(open.before)<h\(level) id=\"\(id)\">\(html)</h\(level)>\n"
        headings.append(Heading(level: level, id: id, title: open.title))
        heading = nil
    }

    /// The heading's text as GitHub names places by it: small letters and hyphens, numbered where it comes again.
    private func freeID(for title: String) -> String {
        let id = title.lowercased().reduce(into: "") { id, character in
            if character.isLetter || character.isNumber || character == "-" { id.append(character) }
            if character == " " { id.append("-") }
        }
        let sameBefore = titlesBefore[id, default: 0]
        titlesBefore[id] = sameBefore + 1
        return sameBefore == 0 ? id : "\(id)-\(sameBefore)"
    }

    // MARK: Spans

    private func enter(_ span: MD_SPANTYPE, _ detail: UnsafeMutableRawPointer?) {
        switch span {
        case MD_SPAN_IMG: alternative = ""
        case MD_SPAN_A:
            let target = detail.flatMap { address(HTMLWriter.value($0.load(as: MD_SPAN_A_DETAIL.self).href)) }
            links.append(target != nil)
            guard let target else { return }
            let manners = target.hasPrefix("https://") ? " rel=\"noreferrer\"" : ""
            html += "<a href=\"\(HTMLWriter.escaped(target))\"\(manners)>"
        default: html += HTMLWriter.spanNames[span.rawValue].map { "<\($0)>" } ?? ""
        }
    }

    private func leave(_ span: MD_SPANTYPE, _ detail: UnsafeMutableRawPointer?) {
        switch span {
        case MD_SPAN_IMG: closePicture(detail)
        case MD_SPAN_A: html += links.popLast() == true ? "</a>" : ""
        default: html += HTMLWriter.spanNames[span.rawValue].map { "</\($0)>" } ?? ""
        }
    }

    private func closePicture(_ detail: UnsafeMutableRawPointer?) {
        let words = HTMLWriter.escaped(alternative ?? "")
        alternative = nil
        let source = detail.flatMap { address(HTMLWriter.value($0.load(as: MD_SPAN_IMG_DETAIL.self).src)) }
        // A picture that is nowhere leaves its words; one that is somewhere can be looked at in its full size.
        guard let source = source.map(HTMLWriter.escaped) else { return html += words }
        html += "<a href=\"\(source)\"><img src=\"\(source)\" alt=\"\(words)\"></a>"
    }

    private func add(_ kind: MD_TEXTTYPE, _ text: String) {
        if alternative != nil {
            alternative?.append(text)
            return
        }
        heading?.title.append(kind == MD_TEXT_SOFTBR ? " " : text)
        switch kind {
        case MD_TEXT_NULLCHAR: html += "\u{FFFD}"
        case MD_TEXT_BR: html += "<br>\n"
        case MD_TEXT_SOFTBR: html += "\n"
        case MD_TEXT_ENTITY: html += text
        default: html += HTMLWriter.escaped(text)
        }
    }

    // MARK: Names

    private static let names: [UInt32: String] = [
        MD_BLOCK_QUOTE.rawValue: "blockquote", MD_BLOCK_UL.rawValue: "ul", MD_BLOCK_LI.rawValue: "li",
        MD_BLOCK_P.rawValue: "p", MD_BLOCK_TBODY.rawValue: "tbody", MD_BLOCK_TR.rawValue: "tr",
    ]

    private static let spanNames: [UInt32: String] = [
        MD_SPAN_EM.rawValue: "em", MD_SPAN_STRONG.rawValue: "strong", MD_SPAN_CODE.rawValue: "code",
    ]

    private static func value(_ attribute: MD_ATTRIBUTE) -> String { text(attribute.text, attribute.size) }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { escaped, character in
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.append(character)
            }
        }
    }
}

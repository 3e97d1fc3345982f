extension Sheet {
    /// The sheet as an SVG file. Fonts are named, not embedded: it looks right where they are installed.
    var svg: String {
        let size = "\(Self.number(width)) \(Self.number(height))"
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" width="\(Self.number(width))mm" height="\(Self.number(height))mm" \
            viewBox="0 0 \(size)">
            <title>\(Self.escaped(title))</title>
            <rect width="100%" height="100%" fill="\(Colour.white.hex)"/>
            \(elements.map(Self.svg).joined(separator: "\n"))
            </svg>

            """
    }

    private static func svg(_ element: Element) -> String {
        switch element {
        case .box(let frame, let radius, let fill, let outline):
            "<rect x=\"\(number(frame.x))\" y=\"\(number(frame.y))\" width=\"\(number(frame.width))\" "
                + "height=\"\(number(frame.height))\" rx=\"\(number(radius))\" fill=\"\(fill?.hex ?? "none")\""
                + "\(outline.map(svg) ?? "")/>"
        case .line(let from, let to, let outline):
            "<line x1=\"\(number(from.x))\" y1=\"\(number(from.y))\" x2=\"\(number(to.x))\" y2=\"\(number(to.y))\""
                + "\(svg(outline))/>"
        case .text(let text, let font, let colour, let point, let anchor): svg(text, font, colour, point, anchor)
        case .code(let code, let frame, let colour):
            "<path transform=\"translate(\(number(frame.x)) \(number(frame.y))) "
                + "scale(\(number(frame.width / Double(code.width), decimals: 6)))\" shape-rendering=\"crispEdges\" "
                + "fill=\"\(colour.hex)\" d=\"\(path(code))\"/>"
        case .halfTurned(let elements, let centre):
            "<g transform=\"rotate(180 \(number(centre.x)) \(number(centre.y)))\">\n"
                + elements.map(svg).joined(separator: "\n") + "\n</g>"
        }
    }

    private static func svg(_ text: String, _ font: Font, _ colour: Colour, _ point: Point, _ anchor: Anchor) -> String
    {
        let families = font.families.map { "'\($0)'" }.joined(separator: ", ") + ", sans-serif"
        let weight = font.isBold ? " font-weight=\"700\"" : ""
        let start = anchor == .middle ? " text-anchor=\"middle\"" : ""
        return "<text x=\"\(number(point.x))\" y=\"\(number(point.y))\"\(start) font-family=\"\(families)\" "
            + "font-size=\"\(number(font.sizeMillimetres))\"\(weight) fill=\"\(colour.hex)\">\(escaped(text))</text>"
    }

    private static func svg(_ outline: Outline) -> String {
        let dash = outline.dash.map { " stroke-dasharray=\"\(number($0))\"" } ?? ""
        return " stroke=\"\(outline.colour.hex)\" stroke-width=\"\(number(outline.width))\"\(dash)"
    }

    private static func path(_ code: CodeSquare) -> String {
        code.runs.map { row, columns in
            "M\(columns.lowerBound) \(row)h\(columns.count)v1h-\(columns.count)z"
        }.joined()
    }

    /// A number without needless digits: `12.5`.
    private static func number(_ value: Double, decimals: Int = 3) -> String {
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let text = String((value * scale).rounded() / scale)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// Text between tags. What XML 1.0 cannot hold at all is left out.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\u{0}"..."\u{1F}", "\u{7F}", "\u{FFFE}", "\u{FFFF}": continue
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

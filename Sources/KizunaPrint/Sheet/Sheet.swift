/// A page of shapes and lines of text. All lengths are millimetres, counted from the top left corner.
struct Sheet: Sendable {
    var width: Double
    var height: Double
    /// What the file's properties call it.
    var title: String
    var elements: [Element] = []

    /// What can be drawn, in the order in which it is drawn.
    indirect enum Element: Sendable {
        case box(Frame, cornerRadius: Double, fill: Colour?, outline: Outline?)
        case line(from: Point, to: Point, Outline)
        /// One line of text; the size is the font's.
        case text(String, Font, Colour, at: Point, Anchor)
        /// A symbol that fills a frame.
        case code(CodeSquare, Frame, Colour)
        /// Elements turned upside down around a point.
        case halfTurned([Element], around: Point)
    }

    struct Point: Sendable, Hashable {
        var x: Double
        var y: Double
    }

    struct Frame: Sendable, Hashable {
        var x: Double
        var y: Double
        var width: Double
        var height: Double

        var middle: Double { x + width / 2 }
        var right: Double { x + width }
        var bottom: Double { y + height }

        /// The frame without a border all around.
        func inset(by border: Double) -> Frame {
            Frame(x: x + border, y: y + border, width: width - 2 * border, height: height - 2 * border)
        }
    }

    struct Outline: Sendable, Hashable {
        var colour: Colour
        var width: Double
        /// Lengths of dash and gap; nil for an unbroken line.
        var dash: Double?
    }

    /// Where a line of text begins: at its point, or half its width before.
    enum Anchor: Sendable, Hashable {
        case start, middle
    }
}

/// Red, green and blue, 0 to 255 each.
struct Colour: Sendable, Hashable {
    var red: UInt8
    var green: UInt8
    var blue: UInt8

    init(_ hex: UInt32) {
        (red, green, blue) = (UInt8(hex >> 16 & 0xFF), UInt8(hex >> 8 & 0xFF), UInt8(hex & 0xFF))
    }

    /// As SVG writes it: `#0e6b5c`.
    var hex: String {
        "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    static let white = Colour(0xFFFFFF)
    static let ink = Colour(0x16181D)
    static let quiet = Colour(0x5B616E)
    static let faint = Colour(0x9AA1AE)
}

/// Letters of one family, weight and size. What a family lacks comes from the next one of its list.
struct Font: Sendable, Hashable {
    var families: [String]
    var isBold = false
    var sizeMillimetres: Double

    func sized(_ millimetres: Double) -> Font {
        var copy = self
        copy.sizeMillimetres = millimetres
        return copy
    }

    /// Latin, Japanese and Khmer in one voice.
    static func text(_ size: Double, isBold: Bool = false) -> Font {
        Font(families: ["Noto Sans CJK JP", "Khmer OS Battambang"], isBold: isBold, sizeMillimetres: size)
    }

    /// For a shop's name: Khmer signs are lettered in Muol, Latin and Japanese ones in bold.
    static func heading(_ size: Double, for text: String) -> Font {
        guard text.unicodeScalars.contains(where: { 0x1780...0x17FF ~= $0.value }) else {
            return .text(size, isBold: true)
        }
        return Font(families: ["Khmer OS Muol Light", "Noto Sans CJK JP"], sizeMillimetres: size)
    }
}

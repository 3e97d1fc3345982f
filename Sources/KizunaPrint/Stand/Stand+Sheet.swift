extension Stand {
    /// The stand as an SVG file that names its fonts.
    package func svg(on paper: StandPaper) throws(PrintError) -> String { try sheet(on: paper).svg }

    /// The stand as a PDF file that brings the letters it uses.
    package func pdf(on paper: StandPaper) throws(PrintError) -> [UInt8] { try sheet(on: paper).pdf() }

    func sheet(on paper: StandPaper) throws(PrintError) -> Sheet {
        let artist = try StandArtist(self)
        switch paper {
        case .a6: return try artist.card()
        case .tent: return try artist.tent()
        }
    }
}

/// Puts the parts of a stand on paper.
struct StandArtist: ~Copyable {
    typealias Frame = Sheet.Frame
    typealias Point = Sheet.Point

    let stand: Stand
    let words: StandWords
    let setter: TypeSetter

    init(_ stand: Stand) throws(PrintError) {
        self.stand = stand
        self.words = StandWords(stand: stand)
        self.setter = try TypeSetter()
    }

    /// Jade for Cambodia, indigo for Japan: neither scheme's own colours.
    var accent: Colour { stand.scheme == .khqr ? Colour(0x0E6B5C) : Colour(0x27387A) }

    var title: String { "\(stand.scheme.rawValue) · \(stand.name)" }

    /// A line in the middle of a frame's width, made smaller until it fits.
    func centred(
        _ text: String,
        _ font: Font,
        _ colour: Colour,
        in frame: Frame,
        baseline: Double
    ) throws(PrintError) -> Sheet.Element {
        let fitting = try setter.fitting(text, font, width: frame.width)
        return .text(text, fitting, colour, at: Point(x: frame.middle, y: baseline), .middle)
    }

    /// The code in a frame of its own, with at least the four quiet modules that the standard asks for.
    func code(in frame: Frame) -> [Sheet.Element] {
        let quiet = frame.width / Double(stand.code.width + 10) * 5
        return [
            .box(
                frame,
                cornerRadius: 3.5,
                fill: .white,
                outline: Sheet.Outline(colour: accent, width: 0.7)
            ),
            .code(stand.code, frame.inset(by: quiet), .ink),
        ]
    }

    /// The dashed place that the shop fills with the scheme's sticker.
    func markPlace(in frame: Frame) throws(PrintError) -> [Sheet.Element] {
        let (name, hint) = words.markPlace
        let inner = frame.inset(by: 1.5)
        return [
            .box(
                frame,
                cornerRadius: 2,
                fill: nil,
                outline: Sheet.Outline(colour: .faint, width: 0.25, dash: 1.2)
            ),
            try centred(name, .text(3.6, isBold: true), .quiet, in: inner, baseline: frame.y + frame.height / 2 + 0.2),
            try centred(hint, .text(1.9), .quiet, in: inner, baseline: frame.y + frame.height / 2 + 3.4),
        ]
    }

    /// The amount, white on the accent.
    func amount(in frame: Frame) throws(PrintError) -> [Sheet.Element] {
        guard let amount = words.amount else { return [] }
        let size = frame.height * 0.62
        return [
            .box(frame, cornerRadius: frame.height / 2, fill: accent, outline: nil),
            try centred(
                amount,
                .text(size, isBold: true),
                .white,
                in: frame.inset(by: 3),
                baseline: frame.y + frame.height / 2 + size * 0.36
            ),
        ]
    }

    /// What to do, in three languages, the first one larger.
    func instructions(in frame: Frame, from first: Double, size: Double) throws(PrintError) -> [Sheet.Element] {
        var elements: [Sheet.Element] = []
        for (index, line) in words.instructions.enumerated() {
            let font = Font.text(index == 0 ? size : size * 0.82, isBold: index == 0)
            let colour = index == 0 ? accent : Colour.quiet
            let baseline = first + Double(index) * size * 1.6
            elements.append(try centred(line, font, colour, in: frame, baseline: baseline))
        }
        return elements
    }
}

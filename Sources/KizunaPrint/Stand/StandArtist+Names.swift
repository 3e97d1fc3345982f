extension StandArtist {
    /// One line of the names, with its font as large as the frame's width lets it be.
    private struct NameLine {
        var text: String
        var font: Font
        var colour: Colour
        var ink: (above: Double, below: Double)
    }

    /// A name that would have to be set smaller than this share of its size takes two lines.
    private static let leastShare = 0.7

    /// The names and the place, one below the other, in the middle of a frame's height; smaller when they are too high.
    func names(in frame: Frame, size: Double) throws(PrintError) -> [Sheet.Element] {
        let lines = try nameLines(width: frame.width, size: size)
        let advances = zip(lines, lines.dropFirst()).map { above, below in
            max(below.font.sizeMillimetres * 1.4, above.ink.below + below.ink.above + size * 0.2)
        }
        guard let first = lines.first, let last = lines.last else { return [] }
        let height = first.ink.above + advances.reduce(0, +) + last.ink.below
        if height > frame.height { return try names(in: frame, size: size * 0.95 * frame.height / height) }
        var baseline = frame.y + (frame.height - height) / 2 + first.ink.above
        var elements: [Sheet.Element] = []
        for (line, advance) in zip(lines, [0] + advances) {
            baseline += advance
            elements.append(.text(line.text, line.font, line.colour, at: Point(x: frame.middle, y: baseline), .middle))
        }
        return elements
    }

    private func nameLines(width: Double, size: Double) throws(PrintError) -> [NameLine] {
        let heading = stand.localName ?? stand.name
        var lines = try headingLines(heading, .heading(size, for: heading), width: width)
        if stand.localName != nil { lines.append(try line(stand.name, .text(size * 0.6), .ink, width: width)) }
        if let place = stand.place { lines.append(try line(place, .text(size * 0.42), .quiet, width: width)) }
        return lines
    }

    private func headingLines(_ text: String, _ font: Font, width: Double) throws(PrintError) -> [NameLine] {
        let whole = try line(text, font, .ink, width: width)
        guard whole.font.sizeMillimetres < font.sizeMillimetres * Self.leastShare, let halves = Self.halves(of: text)
        else { return [whole] }
        let first = try line(halves.first, font, .ink, width: width)
        let second = try line(halves.second, font, .ink, width: width)
        // Both as large as the longer one.
        let common = min(first.font.sizeMillimetres, second.font.sizeMillimetres)
        return [
            try line(halves.first, font.sized(common), .ink, width: width),
            try line(halves.second, font.sized(common), .ink, width: width),
        ]
    }

    private func line(_ text: String, _ font: Font, _ colour: Colour, width: Double) throws(PrintError) -> NameLine {
        let fitting = try setter.fitting(text, font, width: width)
        return NameLine(text: text, font: fitting, colour: colour, ink: try setter.ink(text, fitting))
    }

    /// A long name in two parts: at the blank nearest its middle or, in Japanese, where a line may end; nil for a word
    /// that cannot be parted.
    static func halves(of text: String) -> (first: String, second: String)? {
        let letters = Array(text)
        let breaks = letters.indices.dropFirst().filter { index in
            if letters[index - 1] == " " { return true }
            return isJapanese(letters[index - 1]) && isJapanese(letters[index]) && !mayNotBegin.contains(letters[index])
        }
        guard let best = breaks.min(by: { abs(2 * $0 - letters.count) < abs(2 * $1 - letters.count) }) else {
            return nil
        }
        let end = letters[best - 1] == " " ? best - 1 : best
        return (String(letters[..<end]), String(letters[best...]))
    }

    private static func isJapanese(_ letter: Character) -> Bool {
        letter.unicodeScalars.allSatisfy { 0x3001...0x30FF ~= $0.value || 0x4E00...0x9FFF ~= $0.value }
    }

    /// What no line begins with (JIS X 4051): small kana, the long vowel, repetition, closing marks.
    private static let mayNotBegin = Set("ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶー々ゝゞヽヾ、。・」』】〉》〕")
}

import Testing

@testable import KizunaPages

/// Ink can be read on its ground, in the light and in the dark (WCAG 2.2, 1.4.3 and 1.4.11), computed from the sheet.
@Suite struct ContrastTests {
    static let texts = [
        ("ink", "paper"), ("ink", "card"), ("soft", "paper"), ("soft", "card"), ("accent", "paper"), ("accent", "card"),
        ("on-accent", "accent"), ("good", "card"), ("good", "paper"), ("good", "good-ground"), ("warn", "card"),
        ("warn", "paper"), ("warn", "warn-ground"), ("bad", "card"), ("bad", "bad-ground"), ("ink", "good-ground"),
        ("ink", "warn-ground"), ("ink", "bad-ground"), ("ink", "line"),
    ]

    @Test(arguments: [0, 1], texts)
    func lettersAreReadable(scheme: Int, pair: (ink: String, ground: String)) throws {
        #expect(try contrast(pair.ink, pair.ground, scheme) >= 4.5)
    }

    @Test(arguments: [0, 1], [("field", "card"), ("field", "paper"), ("second", "paper"), ("second", "card")])
    func edgesAreVisible(scheme: Int, pair: (edge: String, ground: String)) throws {
        #expect(try contrast(pair.edge, pair.ground, scheme) >= 3)
    }

    private func contrast(_ first: String, _ second: String, _ scheme: Int) throws -> Double {
        let (one, two) = (try luminance(of: first, scheme), try luminance(of: second, scheme))
        return (max(one, two) + 0.05) / (min(one, two) + 0.05)
    }

    /// Relative luminance as WCAG 2.2 defines it.
    private func luminance(of name: String, _ scheme: Int) throws -> Double {
        // The first block is for the light, the second for the dark.
        let blocks = StyleSheet.colours.split(separator: ":root{", omittingEmptySubsequences: true)
        let block = try #require(blocks.dropFirst(scheme).first)
        let start = try #require(block.firstRange(of: "--\(name):#"), "\(name)")
        let number = try #require(Int(block[start.upperBound...].prefix(6), radix: 16))
        let parts = [number >> 16, number >> 8 & 255, number & 255].map { part -> Double in
            let value = Double(part) / 255
            return value <= 0.04045 ? value / 12.92 : power((value + 0.055) / 1.055)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    /// `x` to the power 2.4, which is `x²` times the fifth root of `x²`.
    private func power(_ x: Double) -> Double {
        let square = x * x
        var root = 1.0
        for _ in 0..<60 { root = (4 * root + square / (root * root * root * root)) / 5 }
        return square * root
    }
}

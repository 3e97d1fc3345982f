/// A PNG file of any kind that the format has, written by hand: stored deflate blocks, no filters.
struct PNGFile {
    enum Colours: UInt8, CaseIterable {
        case grey = 0
        case colour = 2
        case palette = 3
        case greyAlpha = 4
        case colourAlpha = 6

        var channels: Int { [.grey: 1, .colour: 3, .palette: 1, .greyAlpha: 2, .colourAlpha: 4][self] ?? 1 }
        var depths: [Int] {
            switch self {
            case .grey: [1, 2, 4, 8, 16]
            case .palette: [1, 2, 4, 8]
            case .colour, .greyAlpha, .colourAlpha: [8, 16]
            }
        }
    }

    var width: Int
    var height: Int
    var colours = Colours.grey
    var depth = 8
    var isInterlaced = false
    /// Chunks between the head and the pixels.
    var extra: [UInt8] = []
    /// The samples of a pixel, each from 0 to the depth's largest.
    var pixel: (_ x: Int, _ y: Int) -> [Int] = { _, _ in [0] }

    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    var bytes: [UInt8] { Self.file(head: head, extra: extra, packed: Self.stored(scanlines)) }

    static func file(head: [UInt8], extra: [UInt8] = [], packed: [UInt8]) -> [UInt8] {
        signature + chunk("IHDR", head) + extra + chunk("IDAT", packed) + chunk("IEND", [])
    }

    var head: [UInt8] {
        Self.bigEndian(width) + Self.bigEndian(height) + [UInt8(depth), colours.rawValue, 0, 0, isInterlaced ? 1 : 0]
    }

    static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + data
        return bigEndian(data.count) + body + bigEndian(Int(crc(body)))
    }

    static func bigEndian(_ number: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
    }

    /// Rows with their filter byte; for interlaced pictures those of the seven passes (PNG 8.2).
    private var scanlines: [UInt8] {
        let passes =
            isInterlaced
            ? [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
            : [(0, 0, 1, 1)]
        return passes.flatMap { left, top, stepX, stepY in
            stride(from: top, to: height, by: stepY).flatMap { y -> [UInt8] in
                guard left < width else { return [] }
                return [0] + row(stride(from: left, to: width, by: stepX).flatMap { pixel($0, y) })
            }
        }
    }

    private func row(_ samples: [Int]) -> [UInt8] {
        if depth == 16 { return samples.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } }
        var row = [UInt8](repeating: 0, count: (samples.count * depth + 7) / 8)
        for (index, sample) in samples.enumerated() {
            let bit = index * depth
            row[bit / 8] |= UInt8(sample << (8 - depth - bit % 8))
        }
        return row
    }

    /// A zlib stream without compression.
    static func stored(_ data: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = [0x78, 0x01]
        var rest = data[...]
        repeat {
            let block = rest.prefix(65_535)
            rest = rest.dropFirst(65_535)
            let count = UInt16(block.count)
            stream += [rest.isEmpty ? 1 : 0, UInt8(count & 0xFF), UInt8(count >> 8)]
            stream += [UInt8(~count & 0xFF), UInt8(~count >> 8)] + block
        } while !rest.isEmpty
        return stream + bigEndian(Int(adler(data)))
    }

    /// A zlib stream that says a million zero bytes in 6 kB: one literal, then copies of 258 bytes in 13 bits each.
    static func zeros(atLeast count: Int) -> [UInt8] {
        var stream: [UInt8] = [0x78, 0x01]
        var bits = 0
        var bitCount = 0
        func put(_ value: Int, _ width: Int) {
            bits |= value << bitCount
            bitCount += width
            while bitCount >= 8 {
                stream.append(UInt8(bits & 0xFF))
                bits >>= 8
                bitCount -= 8
            }
        }
        put(0b011, 3)  // The last block, with the fixed codes of RFC 1951, 3.2.6.
        put(0b0000_1100, 8)  // The literal 0, its code's bits reversed.
        for _ in 0..<(count + 257) / 258 { put(0b0_0000_1010_0011, 13) }  // Length 258, distance 1.
        put(0, 7)
        put(0, 7)
        return stream + bigEndian(1)
    }

    private static func adler(_ data: [UInt8]) -> UInt32 {
        var (a, b): (UInt32, UInt32) = (1, 0)
        for byte in data {
            a = (a + UInt32(byte)) % 65_521
            b = (b + a) % 65_521
        }
        return b << 16 | a
    }

    private static func crc(_ data: [UInt8]) -> UInt32 {
        ~data.reduce(~0) { crc, byte in
            (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
    }
}

/// A progressive JPEG that is all one grey, written by hand: its size and its number of passes are free.
struct JPEGFile {
    var width: Int
    var height: Int
    /// Passes that say nothing new, each over the whole picture.
    var idlePasses: Int

    var bytes: [UInt8] {
        let quantisation = segment(0xDB, [0] + [UInt8](repeating: 1, count: 64))
        let frame = segment(0xC2, [8] + big(height) + big(width) + [1, 1, 0x11, 0])
        // One code each, a single zero bit: no difference to the block before; a run of blocks without content.
        let first = segment(0xC4, [0x00] + lengths + [0x00])
        let idle = segment(0xC4, [0x10] + lengths + [0xE0])
        let blocks = ((width + 7) / 8) * ((height + 7) / 8)
        let dc = segment(0xDA, [1, 1, 0x00, 0, 0, 0x00]) + [UInt8](repeating: 0, count: (blocks + 7) / 8)
        let ac = segment(0xDA, [1, 1, 0x00, 1, 63, 0x00]) + idleScan(blocks)
        let passes = Array(repeatElement(ac, count: idlePasses).joined())
        return [0xFF, 0xD8] + quantisation + frame + first + idle + dc + passes + [0xFF, 0xD9]
    }

    private var lengths: [UInt8] { [1] + [UInt8](repeating: 0, count: 15) }

    /// Runs of 16,384 blocks: the code's one bit, then 14 zero bits.
    private func idleScan(_ blocks: Int) -> [UInt8] {
        let runs = (blocks + 16_383) / 16_384
        return [UInt8](repeating: 0, count: (runs * 15 + 7) / 8)
    }

    private func segment(_ marker: UInt8, _ body: [UInt8]) -> [UInt8] { [0xFF, marker] + big(body.count + 2) + body }

    private func big(_ number: Int) -> [UInt8] { [UInt8(number >> 8), UInt8(number & 0xFF)] }
}

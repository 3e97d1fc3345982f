import CPictures
import Glibc

extension QRPicture {
    /// The picture as a PNG file: black and white, one bit a pixel.
    ///
    /// - Throws: ``PictureError`` when there is not enough memory.
    package func png() throws(PictureError) -> [UInt8] {
        let rows = bitRows
        var bytes: UnsafeMutablePointer<UInt8>?
        var count = 0
        let message = MessageRoom()
        let status = kizuna_png_write(rows, UInt32(widthPixels), UInt32(widthPixels), &bytes, &count, message.start)
        defer { free(bytes) }
        if let error = PictureError(status, format: "PNG", message: message.text) { throw error }
        return Array(UnsafeBufferPointer(start: bytes, count: count))
    }

    /// Rows of bits, highest first, each row starting on a byte; 1 is white.
    private var bitRows: [UInt8] {
        let rowBytes = (widthPixels + 7) / 8
        var rows: [UInt8] = []
        rows.reserveCapacity(rowBytes * widthPixels)
        for row in 0..<widthModules {
            var bits = [UInt8](repeating: 0xFF, count: rowBytes)
            for column in 0..<widthModules where isDark(column: column, row: row) {
                for pixel in column * modulePixels..<(column + 1) * modulePixels {
                    bits[pixel / 8] &= ~(0x80 >> UInt8(pixel % 8))
                }
            }
            for _ in 0..<modulePixels { rows += bits }
        }
        return rows
    }
}

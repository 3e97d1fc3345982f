import CPictures

/// How much a picture may ask of the machine.
package enum PictureLimits {
    /// A telephone's best JPEG stays well below; more is not a photograph of a code.
    package static let fileBytes = 20_000_000
    /// Today's telephones send 12 to 24 megapixels; a page scanned at 600 dpi has 35.
    package static let pixels = 40_000_000
    /// A row of 16-bit colour with this many pixels takes 160 kB; nothing with a code on it is longer.
    package static let sidePixels = 20_000
    /// What is kept for reading. A code that a camera caught at all is still sharp at half the side of 40 megapixels.
    package static let keptPixels = 16_000_000
    /// Processor time for unpacking; 40 honest megapixels take half a second.
    package static let seconds = 5.0
    /// What libpng and libjpeg may allocate for themselves: 40 megapixels in progressive JPEG take 240 MB.
    package static let libraryBytes = 256_000_000
    /// A sheet of labels holds dozens; the library counts in a byte.
    package static let codes = 255

    static var forC: kizuna_picture_limits {
        kizuna_picture_limits(
            pixels: UInt64(pixels),
            side: UInt32(sidePixels),
            kept_pixels: UInt64(keptPixels),
            seconds: seconds,
            memory_bytes: libraryBytes
        )
    }
}

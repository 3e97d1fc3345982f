import CPictures

/// How much a picture may ask of the machine.
package struct PictureLimits: Sendable, Hashable {
    /// The size of the file.
    package var fileBytes: Int
    /// Width times height.
    package var pixels: Int
    /// Width, and height.
    package var sidePixels: Int
    /// What is kept of it for reading; a larger picture is made smaller while it is unpacked.
    package var keptPixels: Int
    /// Processor time for unpacking.
    package var unpackingSeconds: Double
    /// Processor time after which no further way of looking at it is tried.
    package var readingSeconds: Double
    /// What libpng and libjpeg may allocate for themselves.
    package var libraryBytes: Int

    /// What a counter, a wallet or a back office sends stays well below.
    ///
    /// - A telephone's best JPEG has 10 MB; 20 MB is no photograph of a code.
    /// - Telephones send 12 to 24 megapixels, and a page scanned at 600 dpi has 35: 40 are enough.
    /// - A row of 20,000 pixels takes 160 kB in 16-bit colour; nothing with a code on it is longer.
    /// - A code that a camera caught at all is still sharp at half the side, so 16 megapixels are kept.
    /// - 40 honest megapixels are unpacked in half a second: 5 seconds are for hostile ones.
    /// - A photograph of a code is read within a second, or never.
    /// - 40 megapixels of progressive JPEG take 240 MB inside libjpeg.
    package static let standard = PictureLimits(
        fileBytes: 20_000_000,
        pixels: 40_000_000,
        sidePixels: 20_000,
        keptPixels: 16_000_000,
        unpackingSeconds: 5,
        readingSeconds: 3,
        libraryBytes: 256_000_000
    )

    /// A sheet of labels holds dozens of codes; the library counts in a byte.
    static let codes = 255

    var forC: kizuna_picture_limits {
        kizuna_picture_limits(
            pixels: UInt64(pixels),
            side: UInt32(sidePixels),
            kept_pixels: UInt64(keptPixels),
            seconds: unpackingSeconds,
            memory_bytes: libraryBytes
        )
    }
}

import CPictures
import CZXing
import Glibc

/// Reads the QR codes of a photograph, a scan or a screenshot.
package struct PictureReader: Sendable {
    package let limits: PictureLimits

    package init(limits: PictureLimits = .standard) { self.limits = limits }

    /// Every QR code in a PNG or JPEG file, in reading order; none at all when nothing could be read for certain.
    ///
    /// - Throws: ``PictureError`` when the file is not a picture, or not one within ``PictureLimits``.
    package func codes(in file: [UInt8]) throws(PictureError) -> [FoundCode] {
        try codes(in: try GreyPicture(file: file, limits: limits))
    }

    /// The codes of a symbol that was drawn and never left memory, as a reader of its pixels sees them.
    package func codes(in picture: QRPicture) throws(PictureError) -> [FoundCode] {
        var options = ReadingAttempt.first.options
        options.is_pure = true
        return try Self.read(try GreyPicture(picture), options).codes
    }

    /// Attempt after attempt, until one leaves nothing open. A code that any attempt read counts, once for its place.
    func codes(in picture: borrowing GreyPicture) throws(PictureError) -> [FoundCode] {
        let deadline = Self.processorSeconds + limits.readingSeconds
        var found: [FoundCode] = []
        for attempt in ReadingAttempt.all where attempt.fits(picture) {
            let reading = try attempt.read(picture)
            for code in reading.codes where !found.contains(where: { $0.isWhere(code) || code.isWhere($0) }) {
                found.append(code)
            }
            let isComplete = !found.isEmpty && reading.unread == 0
            if isComplete || Self.processorSeconds > deadline { break }
        }
        return found.sorted { $0.isBefore($1) }
    }

    /// What the library sees in some pixels.
    static func read(
        _ picture: borrowing GreyPicture,
        _ options: kizuna_reading_options
    ) throws(PictureError) -> (codes: [FoundCode], unread: Int) {
        var codes = kizuna_read_codes()
        let (width, height) = (Int32(picture.width), Int32(picture.height))
        let status = picture.withPixels { kizuna_codes_read($0, width, height, options, &codes) }
        defer { kizuna_codes_free(&codes) }
        switch status {
        case KIZUNA_READING_DONE: break
        case KIZUNA_READING_OUT_OF_MEMORY: throw PictureError(.outOfMemory, "no memory to read the picture")
        default: return ([], 0)
        }
        let scale = picture.scale
        return (UnsafeBufferPointer(start: codes.codes, count: codes.count).map { FoundCode($0, scale) }, codes.unread)
    }

    /// Processor time of this thread, so that a busy machine does not cut a reading short.
    private static var processorSeconds: Double {
        var now = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
        return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
    }
}

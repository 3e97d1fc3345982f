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
        let grey = try GreyPicture(picture)
        var options = ReadingAttempt().options
        options.is_pure = true
        var codes = kizuna_read_codes()
        let (width, height) = (Int32(grey.width), Int32(grey.height))
        let status = grey.withPixels { kizuna_codes_read($0, width, height, options, &codes) }
        return try Self.taking(&codes, status, grey.scale).codes
    }

    /// Attempt after attempt, until one leaves nothing open. A code that any attempt read counts, once for its place.
    func codes(in picture: borrowing GreyPicture) throws(PictureError) -> [FoundCode] {
        var search = Search(seconds: limits.readingSeconds)
        do {
            try search.run(ReadingAttempt.quick, on: picture)
            try search.runThoroughly(on: picture)
        } catch  where error.code == .tooSlow && !search.found.isEmpty {
            // What was found stays found.
        }
        return search.found.inReadingOrder
    }

    /// What the library sees in some pixels, within some seconds.
    static func read(
        _ picture: borrowing GreyPicture,
        _ options: kizuna_reading_options,
        seconds: UInt32
    ) throws(PictureError) -> Reading {
        var codes = kizuna_read_codes()
        let (width, height) = (Int32(picture.width), Int32(picture.height))
        let status = picture.withPixels { kizuna_codes_read_apart($0, width, height, options, seconds, &codes) }
        return try taking(&codes, status, picture.scale)
    }

    /// The library's answer as values; what it allocated is given back.
    private static func taking(
        _ codes: inout kizuna_read_codes,
        _ status: kizuna_reading_status,
        _ scale: GreyPicture.Scale
    ) throws(PictureError) -> Reading {
        defer { kizuna_codes_free(&codes) }
        switch status {
        case KIZUNA_READING_DONE: break
        case KIZUNA_READING_OUT_OF_MEMORY: throw PictureError(.outOfMemory, "no memory to read the picture")
        case KIZUNA_READING_TOO_SLOW: throw PictureError(.tooSlow, "the picture takes too long to read")
        default: throw PictureError(.damaged, "the picture cannot be read")
        }
        let found = UnsafeBufferPointer(start: codes.codes, count: codes.count).map { FoundCode($0, scale) }
        return Reading(codes: found, unread: codes.unread, seconds: codes.seconds)
    }
}

/// What one attempt came to.
struct Reading {
    var codes: [FoundCode]
    /// How many codes were seen that could not be read.
    var unread: Int
    /// Processor time of the process that read.
    var seconds: Double
}

/// What was found so far, and how long the search may go on.
private struct Search {
    /// Processor time for all attempts together: a busy machine does not cut a search short.
    private let seconds: Double
    /// Of this thread, when the search began.
    private let start = Self.threadSeconds
    /// Of the processes that read.
    private var spentApart = 0.0
    private(set) var found: [FoundCode] = []
    /// Whether an attempt read all that it saw.
    private var isComplete = false

    init(seconds: Double) { self.seconds = seconds }

    mutating func run(_ attempts: [ReadingAttempt], on picture: borrowing GreyPicture) throws(PictureError) {
        for attempt in attempts where !isOver {
            // The system counts in whole seconds.
            let reading = try attempt.read(picture, seconds: UInt32(max(1, secondsLeft.rounded(.up))))
            spentApart += reading.seconds
            for code in reading.codes where !found.contains(where: { $0.isWhere(code) || code.isWhere($0) }) {
                found.append(code)
            }
            isComplete = !found.isEmpty && reading.unread == 0
        }
    }

    /// On a copy of a size at which all attempts can be made.
    mutating func runThoroughly(on picture: borrowing GreyPicture) throws(PictureError) {
        guard !isOver else { return }
        if picture.width * picture.height > ReadingAttempt.thoroughPixels {
            try runThoroughly(on: try picture.applying(.halve))
        } else {
            try run(ReadingAttempt.thorough, on: picture)
        }
    }

    private var isOver: Bool { isComplete || secondsLeft <= 0 }

    private var secondsLeft: Double { seconds - spentApart - (Self.threadSeconds - start) }

    private static var threadSeconds: Double {
        var now = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
        return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
    }
}

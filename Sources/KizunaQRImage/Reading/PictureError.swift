import CPictures

/// Why a file is not a picture that can be read.
package struct PictureError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One case for each thing that the person with the picture would do differently.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// The file has no bytes.
        case empty = "picture-empty"
        /// More bytes than ``PictureLimits/fileBytes``.
        case tooManyBytes = "picture-too-large"
        /// More pixels, or a longer side, than ``PictureLimits``.
        case tooManyPixels = "picture-too-many-pixels"
        /// The bytes begin like no picture.
        case notAPicture = "picture-unknown"
        /// A picture of a kind that is not read, such as GIF or a rare variety of PNG or JPEG.
        case unsupported = "picture-unsupported"
        /// Several pictures one after the other: nobody can say which one counts.
        case animated = "picture-animated"
        /// Inks instead of light (CMYK).
        case printColours = "picture-cmyk"
        /// The file ends too early.
        case truncated = "picture-truncated"
        /// The bytes are not what the format says.
        case damaged = "picture-damaged"
        /// It would take more time than ``PictureLimits/unpackingSeconds``.
        case tooSlow = "picture-too-slow"
        /// It would take more memory than there is, or than ``PictureLimits/libraryBytes``.
        case outOfMemory = "picture-out-of-memory"
    }

    package var code: Code
    /// One sentence for the person with the picture.
    package var message: String
    /// The library's own words; for logs.
    package var detail: String?

    package var description: String { message }

    init(_ code: Code, _ message: String, detail: String? = nil) {
        self.code = code
        self.message = message
        self.detail = detail
    }

    /// The error of a C function's answer, or nil when all went well.
    init?(_ status: kizuna_picture_status, format: String, limits: PictureLimits = .standard, message: String) {
        let detail = message.isEmpty ? nil : message
        switch status {
        case KIZUNA_PICTURE_DONE: return nil
        case KIZUNA_PICTURE_TRUNCATED: self.init(.truncated, "the \(format) file ends too early", detail: detail)
        case KIZUNA_PICTURE_TOO_LARGE:
            self.init(
                .tooManyPixels,
                "the picture has more than \(limits.pixels / 1_000_000) megapixels or a side over "
                    + "\(limits.sidePixels) pixels",
                detail: detail
            )
        case KIZUNA_PICTURE_ANIMATED:
            self.init(.animated, "the \(format) file holds several pictures; save the one that counts", detail: detail)
        case KIZUNA_PICTURE_INKS:
            self.init(.printColours, "the \(format) file has colours for print (CMYK); save it as RGB", detail: detail)
        case KIZUNA_PICTURE_UNSUPPORTED:
            self.init(.unsupported, "this variety of \(format) is not read; save it as a plain PNG", detail: detail)
        case KIZUNA_PICTURE_TOO_SLOW:
            self.init(.tooSlow, "the \(format) file takes too long to unpack", detail: detail)
        case KIZUNA_PICTURE_OUT_OF_MEMORY:
            self.init(.outOfMemory, "the \(format) file needs too much memory", detail: detail)
        default: self.init(.damaged, "the \(format) file is damaged", detail: detail)
        }
    }
}

/// Where a C function leaves what a library says.
final class MessageRoom {
    let start = UnsafeMutablePointer<CChar>.allocate(capacity: Int(KIZUNA_PICTURE_MESSAGE))

    init() { start.initialize(repeating: 0, count: Int(KIZUNA_PICTURE_MESSAGE)) }

    deinit { start.deallocate() }

    var text: String { String(cString: start) }
}

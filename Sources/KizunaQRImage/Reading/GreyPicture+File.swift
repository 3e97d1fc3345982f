import CPictures

extension GreyPicture {
    /// Unpacks a PNG or JPEG file.
    init(file: [UInt8], limits: PictureLimits = .standard) throws(PictureError) {
        guard !file.isEmpty else { throw PictureError(.empty, "the file is empty") }
        guard file.count <= limits.fileBytes else { throw PictureError.tooManyBytes(limits) }
        guard let format = PictureFormat(file) else { throw PictureError(.notAPicture, "the file is no PNG or JPEG") }
        var grey = kizuna_grey()
        let message = MessageRoom()
        let status: kizuna_picture_status
        switch format {
        case .png: status = kizuna_png_read(file, file.count, limits.forC, &grey, message.start)
        case .jpeg: status = kizuna_jpeg_read(file, file.count, limits.forC, &grey, message.start)
        case .other(let name):
            throw PictureError(.unsupported, "the file is \(name); PNG and JPEG are read")
        }
        if let error = PictureError(status, format: format.name, limits: limits, message: message.text) { throw error }
        guard let pixels = grey.pixels else { throw PictureError(.outOfMemory, "no memory for the pixels") }
        self.init(
            taking: pixels,
            width: Int(grey.width),
            height: Int(grey.height),
            scale: Scale(numerator: Int(grey.reduction), denominator: 1)
        )
    }
}

extension PictureError {
    /// For who reads files: found before the bytes are in memory.
    package static func tooManyBytes(_ limits: PictureLimits) -> PictureError {
        PictureError(.tooManyBytes, "the file has more than \(limits.fileBytes / 1_000_000) MB")
    }
}

/// What a file is, by its first bytes.
enum PictureFormat: Hashable {
    case png, jpeg
    /// Known by name, not read.
    case other(String)

    init?(_ file: [UInt8]) {
        for (start, format) in Self.starts where file.starts(with: start) {
            self = format
            return
        }
        guard file.count >= 12 else { return nil }
        // Containers say what they hold behind four bytes, or eight, of length.
        switch (String(decoding: file[0..<4], as: UTF8.self), String(decoding: file[4..<12], as: UTF8.self)) {
        case ("RIFF", let rest) where rest.hasSuffix("WEBP"): self = .other("WebP")
        case (_, "ftypheic"), (_, "ftypheix"), (_, "ftypmif1"): self = .other("HEIC")
        case (_, "ftypavif"): self = .other("AVIF")
        default: return nil
        }
    }

    var name: String {
        switch self {
        case .png: "PNG"
        case .jpeg: "JPEG"
        case .other(let name): name
        }
    }

    private static let starts: [([UInt8], PictureFormat)] = [
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .png),
        ([0xFF, 0xD8, 0xFF], .jpeg),
        (Array("GIF8".utf8), .other("GIF")),
        (Array("%PDF".utf8), .other("PDF")),
        (Array("BM".utf8), .other("BMP")),
        ([0x49, 0x49, 0x2A, 0x00], .other("TIFF")),
        ([0x4D, 0x4D, 0x00, 0x2A], .other("TIFF")),
    ]
}

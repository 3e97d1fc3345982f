import CPictures
import Glibc

/// Grey pixels in memory of their own.
struct GreyPicture: ~Copyable {
    let width: Int
    let height: Int
    /// Where a pixel of this picture lies in the picture it was made from.
    let scale: Scale
    private let pixels: UnsafeMutablePointer<UInt8>

    /// How many pixels of the file's picture lie along a side of one here, as a fraction.
    struct Scale: Sendable, Hashable {
        var numerator: Int
        var denominator: Int

        static let one = Scale(numerator: 1, denominator: 1)

        /// A coordinate here as one of the file's picture.
        func original(_ coordinate: Int32) -> Int { Int(coordinate) * numerator / denominator }
    }

    /// Takes over pixels from `malloc`.
    init(taking pixels: UnsafeMutablePointer<UInt8>, width: Int, height: Int, scale: Scale) {
        self.pixels = pixels
        self.width = width
        self.height = height
        self.scale = scale
    }

    /// Unfilled pixels.
    private init(width: Int, height: Int, scale: Scale) throws(PictureError) {
        guard let room = malloc(width * height) else { throw PictureError(.outOfMemory, "no memory for the pixels") }
        self.init(
            taking: room.assumingMemoryBound(to: UInt8.self),
            width: width,
            height: height,
            scale: scale
        )
    }

    deinit { free(pixels) }

    /// Lends the pixels, top row first.
    func withPixels<Answer>(_ body: (UnsafePointer<UInt8>) -> Answer) -> Answer { body(UnsafePointer(pixels)) }
}

extension GreyPicture {
    /// A symbol drawn in black on white.
    init(_ picture: QRPicture) throws(PictureError) {
        let side = picture.widthPixels
        try self.init(width: side, height: side, scale: .one)
        memset(pixels, 255, side * side)
        let (size, width) = (picture.modulePixels, picture.symbol.width)
        let corner = pixels + picture.quietModules * size * (side + 1)
        picture.symbol.modules.withUnsafeBufferPointer { modules in
            for row in 0..<width {
                let first = corner + row * size * side
                for column in 0..<width where modules[row * width + column] { memset(first + column * size, 0, size) }
                for copy in 1..<max(size, 1) { memcpy(first + copy * side, first, width * size) }
            }
        }
    }

    /// A copy on which one step was done.
    func applying(_ filter: GreyFilter) throws(PictureError) -> GreyPicture {
        let copy = try roomy(for: filter)
        let (width, height) = (UInt32(width), UInt32(height))
        var isDone = true
        switch filter {
        case .halve: kizuna_grey_halve(pixels, width, height, copy.pixels)
        case .double: kizuna_grey_double(pixels, width, height, copy.pixels)
        case .invert: kizuna_grey_invert(pixels, width, height, copy.pixels)
        case .level(let reach):
            isDone = kizuna_grey_level(pixels, width, height, radius(of: reach), copy.pixels)
        case .soften(let radius): isDone = kizuna_grey_sharpen(pixels, width, height, radius, -100, copy.pixels)
        case .sharpen(let radius, let percent):
            isDone = kizuna_grey_sharpen(pixels, width, height, radius, percent, copy.pixels)
        }
        guard isDone else { throw PictureError(.outOfMemory, "no memory for the pixels") }
        return copy
    }

    /// The unfilled picture that a filter writes to.
    private func roomy(for filter: GreyFilter) throws(PictureError) -> GreyPicture {
        switch filter {
        case .halve:
            let scale = Scale(numerator: scale.numerator * 2, denominator: scale.denominator)
            return try GreyPicture(width: max(width / 2, 1), height: max(height / 2, 1), scale: scale)
        case .double:
            let scale = Scale(numerator: scale.numerator, denominator: scale.denominator * 2)
            return try GreyPicture(width: width * 2, height: height * 2, scale: scale)
        case .invert, .level, .soften, .sharpen: return try GreyPicture(width: width, height: height, scale: scale)
        }
    }

    private func radius(of reach: GreyFilter.Reach) -> UInt32 {
        let side = min(width, height)
        return switch reach {
        case .wide: UInt32(min(max(side / 16, 16), 100))
        case .narrow: UInt32(min(max(side / 48, 6), 100))
        }
    }
}

/// One step of making a picture easier to read.
enum GreyFilter: Sendable, Hashable {
    /// For coarse grain: half the side.
    case halve
    /// For modules of two pixels or less: twice the side, smooth between the old pixels.
    case double
    /// For light codes on dark ground.
    case invert
    /// For shadows and pale ink.
    case level(Reach)
    /// For noise: each pixel becomes the mean of its neighbours.
    case soften(radius: UInt32)
    /// For blur.
    case sharpen(radius: UInt32, percent: Int32)

    /// How far around a pixel its surroundings reach.
    enum Reach: Sendable, Hashable {
        /// Far enough to see ink and paper wherever a code may be.
        case wide
        /// Some modules of a code that fills the picture: for the sharp edges of shadows.
        case narrow
    }
}

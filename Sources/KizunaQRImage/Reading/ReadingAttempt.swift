import CZXing

/// One way of looking at a picture.
struct ReadingAttempt: Sendable {
    /// What is done to the pixels first.
    var filters: [GreyFilter] = []
    var binarizer = KIZUNA_BINARIZER_LOCAL

    /// What is enough for nearly every picture.
    static let first = ReadingAttempt()

    /// In the order in which they help most often; `Benchmarks/pictures` shows what each is worth.
    static let all: [ReadingAttempt] = [
        first,
        ReadingAttempt(binarizer: KIZUNA_BINARIZER_GLOBAL),
        ReadingAttempt(filters: [.level]),
        ReadingAttempt(filters: [.level, .sharpen(radius: 3, percent: 300)]),
        ReadingAttempt(filters: [.level, .sharpen(radius: 6, percent: 300)]),
        ReadingAttempt(filters: [.soften(radius: 1), .level], binarizer: KIZUNA_BINARIZER_FIXED),
        ReadingAttempt(filters: [.double, .level]),
        ReadingAttempt(
            filters: [.double, .level, .sharpen(radius: 3, percent: 300)],
            binarizer: KIZUNA_BINARIZER_FIXED
        ),
        ReadingAttempt(filters: [.halve, .level]),
        ReadingAttempt(filters: [.halve, .level, .sharpen(radius: 3, percent: 300)]),
        ReadingAttempt(filters: [.invert]),
        ReadingAttempt(filters: [.invert, .level]),
    ]

    /// Larger pictures show their codes large enough.
    private static let doubledPixels = 3_000_000
    /// Smaller pictures have nothing to give away.
    private static let halvedSidePixels = 400

    /// Whether the attempt makes sense for a picture's size.
    func fits(_ picture: borrowing GreyPicture) -> Bool {
        switch filters.first {
        case .double: picture.width * picture.height <= Self.doubledPixels
        case .halve: min(picture.width, picture.height) >= Self.halvedSidePixels
        default: true
        }
    }

    func read(_ picture: borrowing GreyPicture) throws(PictureError) -> (codes: [FoundCode], unread: Int) {
        guard let first = filters.first else { return try PictureReader.read(picture, options) }
        var prepared = try picture.applying(first)
        for filter in filters.dropFirst() { prepared = try prepared.applying(filter) }
        return try PictureReader.read(prepared, options)
    }

    var options: kizuna_reading_options {
        kizuna_reading_options(
            binarizer: binarizer,
            is_pure: false,
            is_thorough: true,
            maximum_codes: UInt8(PictureLimits.codes)
        )
    }
}

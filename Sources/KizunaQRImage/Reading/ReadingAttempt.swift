import CZXing

/// One way of looking at a picture.
struct ReadingAttempt: Sendable {
    /// What is done to the pixels first.
    var filters: [GreyFilter] = []
    var binarizer = KIZUNA_BINARIZER_LOCAL

    /// What is enough for nearly every picture.
    static let quick: [ReadingAttempt] = [
        ReadingAttempt(),
        ReadingAttempt(filters: [.level(.wide)]),
    ]

    /// For what the quick ones leave open, in rising order of cost. Each reads pictures of the set in
    /// `Benchmarks/pictures` that none of the others reads.
    static let thorough: [ReadingAttempt] = [
        ReadingAttempt(filters: [.level(.wide), .sharpen(radius: 3, percent: 300)]),
        ReadingAttempt(filters: [.soften(radius: 2), .level(.wide)]),
        ReadingAttempt(filters: [.soften(radius: 2), .level(.wide), .sharpen(radius: 5, percent: 800)]),
        ReadingAttempt(filters: [.sharpen(radius: 5, percent: 500), .level(.wide)]),
        ReadingAttempt(filters: [.level(.wide), .sharpen(radius: 8, percent: 400)]),
        ReadingAttempt(filters: [.invert]),
        ReadingAttempt(filters: [.level(.narrow)]),
        ReadingAttempt(filters: [.sharpen(radius: 5, percent: 800), .level(.wide)], binarizer: fixed),
        ReadingAttempt(filters: [.level(.wide), .sharpen(radius: 3, percent: 600)], binarizer: fixed),
        ReadingAttempt(filters: [.double, .level(.wide), .sharpen(radius: 9, percent: 400)]),
        ReadingAttempt(filters: [.double, .sharpen(radius: 12, percent: 600), .level(.wide)]),
        ReadingAttempt(filters: [.double, .soften(radius: 2), .level(.wide)]),
        ReadingAttempt(filters: [.double, .sharpen(radius: 5, percent: 500), .level(.wide)], binarizer: fixed),
        ReadingAttempt(filters: [.double, .level(.wide), .sharpen(radius: 9, percent: 800)], binarizer: fixed),
        ReadingAttempt(filters: [.double, .sharpen(radius: 8, percent: 1_000), .level(.narrow)]),
        ReadingAttempt(filters: [.double, .sharpen(radius: 5, percent: 500), .level(.wide)], binarizer: global),
        ReadingAttempt(filters: [.halve, .level(.wide)]),
        ReadingAttempt(filters: [.invert, .level(.wide)]),
    ]

    private static let fixed = KIZUNA_BINARIZER_FIXED
    private static let global = KIZUNA_BINARIZER_GLOBAL

    /// Larger pictures are halved before the thorough attempts: their codes are large enough.
    static let thoroughPixels = 3_000_000

    func read(
        _ picture: borrowing GreyPicture,
        seconds: UInt32
    ) throws(PictureError) -> Reading {
        guard let first = filters.first else { return try PictureReader.read(picture, options, seconds: seconds) }
        var prepared = try picture.applying(first)
        for filter in filters.dropFirst() { prepared = try prepared.applying(filter) }
        return try PictureReader.read(prepared, options, seconds: seconds)
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

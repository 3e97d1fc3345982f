import Glibc

/// Any bytes, taken for a PNG or JPEG file: unpacked within small limits, and what comes out looked at for codes.
///
/// The checksums of PNG are mended first, for random bytes stop at the first one.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    var file = Array(UnsafeBufferPointer(start: start, count: count))
    mendChecksums(&file)
    var grey = kizuna_grey()
    var message = [CChar](repeating: 0, count: Int(KIZUNA_PICTURE_MESSAGE))
    let isPNG = file.starts(with: [0x89, 0x50, 0x4E, 0x47])
    let status =
        isPNG
        ? kizuna_png_read(file, file.count, limits, &grey, &message)
        : kizuna_jpeg_read(file, file.count, limits, &grey, &message)
    guard status == KIZUNA_PICTURE_DONE else {
        promise(grey.pixels == nil, "a file that is refused leaves no pixels")
        return 0
    }
    let pixels = UInt64(grey.width) * UInt64(grey.height)
    promise(grey.pixels != nil && pixels > 0 && pixels <= limits.kept_pixels, "a picture keeps to the limits")
    look(at: grey)
    free(grey.pixels)
    return 0
}

/// Small, so that the library's search among corner marks stays short.
private let limits = kizuna_picture_limits(
    pixels: 65_536,
    side: 4_096,
    kept_pixels: 16_384,
    seconds: 2,
    memory_bytes: 16_000_000
)

private func look(at grey: kizuna_grey) {
    var levelled = [UInt8](repeating: 0, count: Int(grey.width * grey.height))
    promise(kizuna_grey_level(grey.pixels, grey.width, grey.height, 16, &levelled), "there is memory")
    let options = kizuna_reading_options(
        binarizer: KIZUNA_BINARIZER_LOCAL,
        is_pure: false,
        is_thorough: false,
        maximum_codes: 16
    )
    for pixels in [Array(UnsafeBufferPointer(start: grey.pixels, count: levelled.count)), levelled] {
        var codes = kizuna_read_codes()
        let status = kizuna_codes_read(pixels, Int32(grey.width), Int32(grey.height), options, &codes)
        promise(status == KIZUNA_READING_DONE, "what was unpacked can be looked at")
        for code in UnsafeBufferPointer(start: codes.codes, count: codes.count) {
            let text = UnsafeBufferPointer(start: code.text, count: code.text_bytes)
            promise(String(validating: text, as: UTF8.self) != nil, "a text is UTF-8")
        }
        kizuna_codes_free(&codes)
    }
}

/// Gives each chunk of a PNG the checksum that its bytes have.
private func mendChecksums(_ file: inout [UInt8]) {
    var place = 8
    while place + 12 <= file.count {
        let length = file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
        guard place + 12 + length <= file.count else { return }
        let end = place + 8 + length
        let sum = checksum(file[place + 4..<end])
        for index in 0..<4 { file[end + index] = UInt8(truncatingIfNeeded: sum >> UInt32(24 - 8 * index)) }
        place = end + 4
    }
}

private func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in sum >> 8 ^ table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] }
}

private let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
}

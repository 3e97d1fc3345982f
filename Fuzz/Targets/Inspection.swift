import KizunaMoney
import KizunaQR

/// Any bytes, taken for a merchant's code, through the reader's quickest way in: the target for very many inputs.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let bytes = UnsafeBufferPointer(start: start, count: count).span
    do {
        let index = try QRReader.inspect(bytes, at: fuzzingTime)
        promise(index.contains(63) && index.range(of: 63)?.upperBound == count, "an accepted text ends in its checksum")
    } catch {
        for finding in [error.main] + error.also {
            if let position = finding.position { promise(0...count ~= position, "a fault lies within the text") }
        }
    }
    return 0
}

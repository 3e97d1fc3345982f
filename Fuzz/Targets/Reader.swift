/// Any bytes, taken for the text of a code.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    checkReading(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

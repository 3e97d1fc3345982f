/// Mutates one field and mends lengths and checksum, so that the rules behind them are reached; or any bytes at all.
@_cdecl("LLVMFuzzerCustomMutator")
func mutate(_ start: UnsafeMutablePointer<UInt8>, _ count: Int, _ capacity: Int, _ seed: UInt32) -> Int {
    PayloadMutator(UnsafeMutableBufferPointer(start: start, count: capacity), seed: seed).mutate(count: count)
}

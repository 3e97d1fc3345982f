/// Stops the run with a sentence when a promise is broken; libFuzzer then keeps the input.
func promise(_ isKept: Bool, _ sentence: StaticString) {
    guard !isKept else { return }
    fatalError("Broken promise: \(sentence)")
}

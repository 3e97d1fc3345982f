// The standard library normalises for its own string comparison, and offers the result under this name only.
@_spi(_Unicode) import Swift

/// Whether a text is in Unicode's normalisation form C, in which EMVCo wants text sent (MPM 4.5).
func isComposed(_ text: String) -> Bool { text._nfc.elementsEqual(text.unicodeScalars) }

import CQRencode

/// A QR symbol: a square of dark and light modules that says a text.
package struct QRSymbol: Sendable, Hashable {
    /// How many modules lie along a side, without the quiet zone around.
    package let width: Int
    /// Row by row from the top: true is dark.
    package let modules: [Bool]

    /// Makes the smallest symbol that holds a text.
    ///
    /// Byte mode, as EMVCo asks (MPM 4.12.1); text beyond ASCII is announced as UTF-8 by ECI 000026.
    ///
    /// - Throws: ``QRSymbolError/empty`` or ``QRSymbolError/tooLong(bytes:limitBytes:)``.
    package init(_ text: String, correction: ErrorCorrection = .medium) throws(QRSymbolError) {
        guard !text.isEmpty else { throw .empty }
        let bytes = Array(text.utf8)
        let isASCII = bytes.allSatisfy { $0 < 0x80 }
        let limit = correction.limitBytes(isASCII: isASCII)
        guard bytes.count <= limit else { throw .tooLong(bytes: bytes.count, limitBytes: limit) }
        let input = try SymbolInput(correction)
        if !isASCII { try input.announceUTF8() }
        try input.append(bytes)
        (width, modules) = try input.encoded()
    }

    /// Whether the module in a column and a row is dark; outside, all is light.
    package func isDark(column: Int, row: Int) -> Bool {
        guard 0..<width ~= column, 0..<width ~= row else { return false }
        return modules[row * width + column]
    }
}

/// How much of a symbol may be lost before it can no longer be read.
package enum ErrorCorrection: String, Sendable, Hashable, CaseIterable {
    /// About 7 %.
    case low = "L"
    /// About 15 %: what EMVCo recommends for payment codes.
    case medium = "M"
    /// About 25 %.
    case quartile = "Q"
    /// About 30 %.
    case high = "H"

    /// How many bytes the largest symbol (version 40) holds in byte mode: ISO/IEC 18004, table 7. The announcement of
    /// UTF-8 takes the room of one.
    package func limitBytes(isASCII: Bool) -> Int {
        let plain =
            switch self {
            case .low: 2953
            case .medium: 2331
            case .quartile: 1663
            case .high: 1273
            }
        return isASCII ? plain : plain - 1
    }

    fileprivate var level: QRecLevel {
        switch self {
        case .low: QR_ECLEVEL_L
        case .medium: QR_ECLEVEL_M
        case .quartile: QR_ECLEVEL_Q
        case .high: QR_ECLEVEL_H
        }
    }
}

/// Why a text became no symbol.
package enum QRSymbolError: Error, Sendable, Hashable, CustomStringConvertible {
    /// There is no text.
    case empty
    /// The text has more bytes than the largest symbol holds at this error correction.
    case tooLong(bytes: Int, limitBytes: Int)
    /// The library gave up, most likely for want of memory.
    case failed(code: Int32)

    package var description: String {
        switch self {
        case .empty: "there is no text to put into a symbol"
        case .tooLong(let bytes, let limit):
            "the text has \(bytes) bytes, and a symbol with this error correction holds \(limit)"
        case .failed(let code): "no symbol could be made (error \(code))"
        }
    }
}

/// What a symbol is to hold, piece by piece.
private struct SymbolInput: ~Copyable {
    private let handle: OpaquePointer

    /// ECI assignment 000026.
    private static let utf8: UInt32 = 26

    init(_ correction: ErrorCorrection) throws(QRSymbolError) {
        guard let handle = QRinput_new2(0, correction.level) else { throw .failed(code: ENOMEM) }
        self.handle = handle
    }

    deinit { QRinput_free(handle) }

    func announceUTF8() throws(QRSymbolError) {
        guard QRinput_appendECIheader(handle, Self.utf8) == 0 else { throw .failed(code: EINVAL) }
    }

    func append(_ bytes: [UInt8]) throws(QRSymbolError) {
        guard QRinput_append(handle, QR_MODE_8, Int32(bytes.count), bytes) == 0 else { throw .failed(code: EINVAL) }
    }

    func encoded() throws(QRSymbolError) -> (width: Int, modules: [Bool]) {
        var code: Int32 = 0
        guard let symbol = kizuna_qr_encode(handle, &code) else { throw .failed(code: code) }
        defer { QRcode_free(symbol) }
        let width = Int(symbol.pointee.width)
        // The lowest bit of each byte is the module; the others say what it is for.
        let modules = (0..<width * width).map { symbol.pointee.data[$0] & 1 == 1 }
        return (width, modules)
    }
}

import Dispatch
import KizunaPages
import KizunaPrint
import KizunaQR
import KizunaQRImage
import Synchronization

/// Draws codes, and reads them from photographs: one at a time, for each takes a processor for as long as a second.
final class PictureDesk: CodePictures {
    /// Readers in a row at most; who comes then hears that nothing was found, and tries again with the next frame.
    private static let longestQueue = 8

    private let queue = DispatchQueue(label: "kizuna.pictures")
    private let waiting = Mutex(0)

    func svg(of text: String) -> [UInt8]? { (try? QRSymbol(text)).map { Array(QRPicture($0).svg.utf8) } }

    func codes(in file: [UInt8]) async -> [String] {
        let isTaken = waiting.withLock { waiting in
            guard waiting < PictureDesk.longestQueue else { return false }
            waiting += 1
            return true
        }
        guard isTaken else { return [] }
        defer { waiting.withLock { $0 -= 1 } }
        return await withCheckedContinuation { continuation in
            queue.async {
                let found = (try? PictureReader().codes(in: file)) ?? []
                continuation.resume(returning: found.map(\.text))
            }
        }
    }
}

/// Sheets for the counter as KizunaPrint sets them.
struct PrintedSheets: CounterSheets {
    func pdf(_ sheet: CounterSheet, of payload: String) -> [UInt8]? {
        guard let code = try? MerchantPayload(utf8: Array(payload.utf8), at: nil), let symbol = try? QRSymbol(payload)
        else { return nil }
        return try? Stand(code, symbol).pdf(on: sheet.paper)
    }
}

extension CounterSheet {
    fileprivate var paper: StandPaper {
        switch self {
        case .card: .a6
        case .tent: .tent
        }
    }
}

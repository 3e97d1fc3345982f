import Foundation

/// How far a long run has come, on the terminal of whoever started it; nowhere when there is none.
enum Progress {
    private static let terminal = FileHandle(forWritingAtPath: "/dev/tty")
    private static let width = 40

    static func show(_ done: Int, of count: Int, _ what: String) {
        let full = width * done / max(count, 1)
        let bar = String(repeating: "█", count: full) + String(repeating: "░", count: width - full)
        write("\r\(bar) \(done) of \(count) \(what)\u{1B}[K")
    }

    static func clear() { write("\r\u{1B}[K") }

    private static func write(_ text: String) { try? terminal?.write(contentsOf: Data(text.utf8)) }
}

import Foundation

/// A bar on standard error that shows how far long work has come, when a person watches.
enum ProgressLine {
    private static let width = 40

    /// Draws the bar again at every hundredth, and ends the line with the last.
    static func show(_ done: Int, of whole: Int, _ unit: String) {
        let step = max(1, whole / 100)
        guard isatty(STDERR_FILENO) == 1, done % step == 0 || done == whole else { return }
        let filled = done * width / max(1, whole)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        let line = "\r\(bar) \(done) of \(whole) \(unit)" + (done == whole ? "\n" : "")
        FileHandle.standardError.write(Data(line.utf8))
    }
}

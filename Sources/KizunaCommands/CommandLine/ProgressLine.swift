import Foundation

/// A bar on standard error that shows how far long work has come, when a person watches.
enum ProgressLine {
    private static let width = 40

    /// Draws the bar again at every hundredth, and ends the line with the last.
    ///
    /// - Parameter before: how much was done when it was last called; one less unless told.
    static func show(_ done: Int, after before: Int? = nil, of whole: Int, _ unit: String) {
        let step = max(1, whole / 100)
        let isNext = done / step > (before ?? done - 1) / step
        guard isatty(STDERR_FILENO) == 1, isNext || done == whole else { return }
        let filled = done * width / max(1, whole)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        let line = "\r\(bar) \(done) of \(whole) \(unit)" + (done == whole ? "\n" : "")
        FileHandle.standardError.write(Data(line.utf8))
    }
}

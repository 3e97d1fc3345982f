import Foundation

/// Where a command writes: the answer to standard output, everything else to standard error.
package struct Console {
    /// Takes bytes of the answer.
    package var write: ([UInt8]) -> Void
    /// Takes a line for people.
    package var complain: (String) -> Void
    /// Whether a person sees the answer, so that colour helps.
    package var isTerminal: Bool

    package init(write: @escaping ([UInt8]) -> Void, complain: @escaping (String) -> Void, isTerminal: Bool) {
        self.write = write
        self.complain = complain
        self.isTerminal = isTerminal
    }

    /// The process's own.
    package static var standard: Console {
        let environment = ProcessInfo.processInfo.environment
        let wantsColour = environment["NO_COLOR"] == nil && environment["TERM"] != "dumb"
        return Console(
            write: { bytes in FileHandle.standardOutput.write(Data(bytes)) },
            complain: { line in FileHandle.standardError.write(Data((line + "\n").utf8)) },
            isTerminal: isatty(STDOUT_FILENO) == 1 && wantsColour
        )
    }

    package func write(_ text: String) { write(Array(text.utf8)) }
}

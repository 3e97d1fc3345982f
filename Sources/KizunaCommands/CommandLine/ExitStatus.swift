/// How a command ended, for the shell.
package enum ExitStatus {
    /// Done.
    package static let done: Int32 = 0
    /// The answer is "no": invalid, not found, violated.
    package static let no: Int32 = 1
    /// The command line was wrong; one line says what would be right.
    package static let usage: Int32 = 2
    /// A file, the network or the database failed.
    package static let environment: Int32 = 3
}

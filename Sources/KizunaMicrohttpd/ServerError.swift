import Glibc

/// Why a server did not start.
package struct ServerError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// The host is no address of this machine, or the port is not between 0 and 65535.
        case addressUnusable
        /// Another process listens there.
        case addressInUse
        /// A port below 1024 without the right to it.
        case notPermitted
        /// The system has no more sockets, threads or memory, or the options ask for too much.
        case outOfResources
        /// The certificate, its key or the authorities of clients are none, or do not belong together.
        case certificateUnusable
    }

    package var code: Code
    /// The system's own words.
    package var message: String

    package var description: String { "\(code.rawValue): \(message)" }

    init(code: Code, message: String) {
        self.code = code
        self.message = message
    }

    /// What an `errno` of `socket`, `bind` or `listen` means.
    init(errno number: Int32) {
        switch number {
        case EADDRINUSE: code = .addressInUse
        case EACCES, EPERM: code = .notPermitted
        case EMFILE, ENFILE, ENOBUFS, ENOMEM: code = .outOfResources
        default: code = .addressUnusable
        }
        message = String(cString: strerror(number))
    }
}
